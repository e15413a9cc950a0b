namespace DirectUpload.Crash.Tests;

/// <summary>How much is killed: with DIRECTUPLOAD_CRASH=all every fault point and 200 random instants; with =sample another eighth each time.</summary>
internal static class Effort
{
    private const int Share = 8;

    /// <summary>Ends the test as skipped unless it was asked for: a client's patience is not yet enough for a machine that is busy with something else.</summary>
    public static void Require()
    {
        if (Engine.Variable("DIRECTUPLOAD_CRASH") is null)
            Assert.Skip("Crash tests want a machine to themselves: set DIRECTUPLOAD_CRASH to sample (minutes) or all (an hour)");
    }

    public static bool IsAll => Engine.Variable("DIRECTUPLOAD_CRASH") == "all";

    public static int RandomKills => IsAll ? 100 : 25;

    /// <summary>The points to die at in this run.</summary>
    public static List<string> Sample(List<string> points)
    {
        var first = Random.Shared.Next(Share);
        return IsAll ? points : [.. points.Where((_, at) => at % Share == first)];
    }
}
