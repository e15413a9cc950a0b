namespace DirectUpload.Crash.Tests;

/// <summary>
/// How much is killed: with DIRECTUPLOAD_CRASH=all every fault point, and 200 random instants, which takes an hour; else a few, others each
/// time.
/// </summary>
internal static class CrashTestScope
{
    private const int SampleSize = 8;

    private static bool IsAll => Engine.GetVariable("DIRECTUPLOAD_CRASH") == "all";

    public static int RandomKills => IsAll ? 100 : SampleSize;

    /// <summary>The number of uploads that wait for decisions.</summary>
    public static int ReviewedUploads => IsAll ? 1000 : 60;

    /// <summary>The points to die at in this run: as they come, from the first to the last.</summary>
    public static List<string> SelectPoints(List<string> points)
    {
        var step = IsAll ? 1 : Math.Max(1, points.Count / SampleSize);
        var first = Random.Shared.Next(step);
        return [.. points.Where((_, at) => at % step == first)];
    }
}
