using System.Text.RegularExpressions;

namespace DirectUpload.Crash.Tests;

/// <summary>Appends what was found to the file that DIRECTUPLOAD_CRASH_TABLE names: docs/crash-matrix.md is made of it.</summary>
internal static partial class CrashTable
{
    private static readonly Lock Writing = new();

    public static void Write(string kind, int kills, int uploads, IReadOnlyCollection<string> faults) =>
        Append([string.Empty, $"## {kind}, at random", string.Empty, $"{kills} kills while {uploads} uploads were sent: {(faults.Count == 0 ? "0 lost, 0 stuck, 0 orphans" : string.Join("; ", faults))}."]);

    public static void Write(string kind, IEnumerable<Outcome> outcomes)
    {
        var rows = outcomes.GroupBy(outcome => Numbered().Replace(outcome.Point, string.Empty)).Select(times =>
        {
            var faults = times.SelectMany(outcome => outcome.Faults.Select(fault => $"{outcome.Point}: {fault}")).ToList();
            return $"| {times.Key} | {times.Count(outcome => outcome.Deaths > 0)} | {times.Count(outcome => outcome.Deaths == 0)} | {(faults.Count == 0 ? "all end well" : string.Join("; ", faults))} |";
        });
        Append([string.Empty, $"## {kind}, at every fault point", string.Empty, "| fault point | killed there | not come by | stories |", "|---|--:|--:|---|", .. rows]);
    }

    private static void Append(IEnumerable<string> lines)
    {
        if (Engine.Variable("DIRECTUPLOAD_CRASH_TABLE") is not { } file)
            return;
        lock (Writing)
            File.AppendAllLines(file, lines);
    }

    // Which time it was that the point was passed.
    [GeneratedRegex(@" #\d+$")]
    private static partial Regex Numbered();
}
