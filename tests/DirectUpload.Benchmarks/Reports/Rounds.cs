namespace DirectUpload.Benchmarks.Reports;

/// <summary>The values of several rounds. What else the machine does in a round, all subjects of the round meet.</summary>
internal static class Rounds
{
    public static double Median(this IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    /// <summary>The median of the ratios of each round.</summary>
    public static double MedianRatio(this IEnumerable<double> values, IEnumerable<double> anchors) =>
        values.Zip(anchors, static (value, anchor) => value / anchor).Median();
}
