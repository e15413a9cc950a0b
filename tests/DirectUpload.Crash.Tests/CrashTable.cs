namespace DirectUpload.Crash.Tests;

/// <summary>Keeps the outcomes for docs/crash-matrix.md, when DIRECTUPLOAD_CRASH_TABLE names the file.</summary>
internal static class CrashTable
{
    private static readonly Lock Writing = new();

    public static void Write(string kind, int kills, int uploads, IReadOnlyCollection<string> faults) =>
        Append([string.Empty, $"## {kind}, at random", string.Empty, $"{kills} kills while {uploads} uploads were sent: {(faults.Count == 0 ? "0 lost, 0 stuck, 0 orphans" : string.Join("; ", faults))}."]);

    public static void Write(string kind, IEnumerable<Outcome> outcomes)
    {
        var rows = outcomes.Select(outcome =>
            $"| {outcome.Point} | {(outcome.Deaths == 0 ? "not passed this time" : "killed")} | {(outcome.Faults.Count == 0 ? "ends well" : string.Join("; ", outcome.Faults))} |");
        Append([string.Empty, $"## {kind}, at every fault point", string.Empty, "| fault point | host | story |", "|---|---|---|", .. rows]);
    }

    private static void Append(IEnumerable<string> lines)
    {
        if (Engine.Variable("DIRECTUPLOAD_CRASH_TABLE") is not { } file)
            return;
        lock (Writing)
            File.AppendAllLines(file, lines);
    }
}
