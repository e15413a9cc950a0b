namespace DirectUpload.Crash.Tests;

/// <summary>How much is killed: with DIRECTUPLOAD_CRASH=all every fault point, and 200 random instants, which takes an hour; else a few, others each time.</summary>
internal static class Effort
{
    private const int Few = 12;

    private static bool IsAll => Engine.Variable("DIRECTUPLOAD_CRASH") == "all";

    public static int RandomKills => IsAll ? 100 : Few;

    /// <summary>The points to die at in this run: as they come, from the first to the last.</summary>
    public static List<string> Sample(List<string> points)
    {
        var step = IsAll ? 1 : Math.Max(1, points.Count / Few);
        var first = Random.Shared.Next(step);
        return [.. points.Where((_, at) => at % step == first)];
    }
}
