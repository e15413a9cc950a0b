namespace DirectUpload.Crash.Tests;

/// <summary>Keeps the outcomes for docs/crash-matrix.md, when DIRECTUPLOAD_CRASH_TABLE names the file.</summary>
internal static class CrashTable
{
    private static readonly Lock Writing = new();

    public static void Write(string kind, IEnumerable<Outcome> outcomes)
    {
        if (Engine.Variable("DIRECTUPLOAD_CRASH_TABLE") is not { } file)
            return;
        var rows = outcomes.Select(outcome =>
            $"| {outcome.Point} | {(outcome.Deaths == 0 ? "not passed this time" : "killed")} | {(outcome.Faults.Count == 0 ? "ends well" : string.Join("; ", outcome.Faults))} |");
        lock (Writing)
            File.AppendAllLines(file, [string.Empty, $"## {kind}", string.Empty, "| fault point | host | story |", "|---|---|---|", .. rows]);
    }
}
