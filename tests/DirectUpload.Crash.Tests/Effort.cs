namespace DirectUpload.Crash.Tests;

/// <summary>How much is killed: with DIRECTUPLOAD_CRASH=all every fault point and 200 random instants; else a sample of another eighth each time, in a couple of minutes.</summary>
internal static class Effort
{
    private const int Share = 8;

    public static bool IsAll => Engine.Variable("DIRECTUPLOAD_CRASH") == "all";

    public static int RandomKills => IsAll ? 100 : 25;

    /// <summary>The points to die at in this run.</summary>
    public static List<string> Sample(List<string> points)
    {
        var first = Random.Shared.Next(Share);
        return IsAll ? points : [.. points.Where((_, at) => at % Share == first)];
    }
}
