namespace DirectUpload.Benchmarks.Growth;

/// <summary>What was found out about one subject.</summary>
/// <param name="Subject">Its name.</param>
/// <param name="Sizes">How many records, the fewest first.</param>
/// <param name="Operations">Verb by verb.</param>
internal sealed record GrowthResult(string Subject, IReadOnlyList<int> Sizes, IReadOnlyList<OperationResult> Operations);

/// <summary>What was found out about one verb.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Medians">What a call takes at each size.</param>
/// <param name="Plan">How the largest database goes about it; null for what looks nothing up.</param>
internal sealed record OperationResult(string Name, IReadOnlyList<TimeSpan> Medians, GrowthPlan? Plan)
{
    /// <summary>What a call takes at the largest size, relative to the smallest.</summary>
    public double Ratio => Medians[^1] / Medians[0];
}
