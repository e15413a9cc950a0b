using System.Text.RegularExpressions;

namespace DirectUpload.Crash.Tests;

/// <summary>Appends what was found to the file that DIRECTUPLOAD_CRASH_TABLE names: docs/evidence/crash-matrix.md is made of it.</summary>
internal static partial class CrashReport
{
    private static readonly Lock Writing = new();

    public static void Write(string kind, int kills, int uploads, IReadOnlyCollection<string> faults) =>
        Append(
            [
                string.Empty, $"## {kind}, at random", string.Empty,
                $"{kills} kills while {uploads} uploads were sent: " +
                $"{(faults.Count == 0 ? "0 lost, 0 stuck, 0 orphans" : string.Join("; ", faults))}."]);

    public static void WriteDecisions(string kind, int kills, IReadOnlyCollection<ReviewedUpload> uploads, int faults) =>
        Append([
            string.Empty, $"## {kind}, decisions", string.Empty, $"{kills} kills while {uploads.Count} uploads waited: {faults} faults.",
            string.Empty, "| decision | uploads | ready | rejected by the reviewer | rejected at the deadline |", "|---|--:|--:|--:|--:|",
            .. uploads.GroupBy(upload => upload.Fate).OrderBy(group => group.Key).Select(group =>
                $"| {group.Key} | {group.Count()} | {group.Count(upload => upload.End == "ready")} | " +
                $"{group.Count(upload => upload.End == "refused")} | {group.Count(upload => upload.End == "decision-missing")} |")]);

    public static void Write(string kind, IEnumerable<ScenarioResult> outcomes)
    {
        var rows = outcomes.GroupBy(outcome => OccurrenceSuffix().Replace(outcome.Point, string.Empty)).Select(times =>
        {
            var faults = times.SelectMany(outcome => outcome.Violations.Select(fault => $"{outcome.Point}: {fault}")).ToList();
            var killed = times.Count(outcome => outcome.Crashes > 0);
            var result = faults.Count > 0 ? string.Join("; ", faults) : killed > 0 ? "as without a kill" : "not killed there";
            return $"| {times.Key} | {killed} | {times.Count() - killed} | {result} |";
        });
        Append([
            string.Empty, $"## {kind}, at every fault point", string.Empty, "| fault point | killed there | not reached | result |",
            "|---|--:|--:|---|", .. rows]);
    }

    /// <summary>Appends a result to the log beside the table, because all of them take an hour.</summary>
    public static void WriteProgress(string kind, ScenarioResult result) => Append(
        [$"{kind}, {result.Point}: {(result.Violations.Count == 0 ? "as without a kill" : string.Join("; ", result.Violations))}"], ".log");

    private static void Append(IEnumerable<string> lines, string end = "")
    {
        if (Engine.GetVariable("DIRECTUPLOAD_CRASH_TABLE") is not { } file)
            return;
        lock (Writing)
            File.AppendAllLines(file + end, lines);
    }

    // Which time it was that the point was passed.
    [GeneratedRegex(@" #\d+$")]
    private static partial Regex OccurrenceSuffix();
}
