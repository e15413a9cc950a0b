using DirectUpload.Uploads;

namespace DirectUpload.Observers;

/// <summary>
/// What an observer has still to be told of an upload, read from the record alone: the steps that were taken after the last one it was told of. So nothing is noted twice, and nothing is lost with a process.
/// </summary>
internal static class ToldSteps
{
    /// <summary>For so long an observer that throws is called again.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    /// <summary>The steps that this observer has not been told of, in their order.</summary>
    public static IEnumerable<UploadTransition> Untold(UploadRecord record, string observer, DateTimeOffset now)
    {
        var until = record.Told.FirstOrDefault(told => told.Observer == observer)?.Until ?? DateTimeOffset.MinValue;
        var steps = record.Audit.Transitions;
        for (var at = 0; at < steps.Count; at++)
        {
            if (steps[at].At > until && steps[at].At > now - Patience && IsTold(steps, at))
                yield return steps[at];
        }
    }

    /// <summary>The record, once an observer was told of everything up to a step.</summary>
    public static IReadOnlyList<UploadTold> With(IReadOnlyList<UploadTold> told, UploadTold further) =>
        [.. told.Where(other => other.Observer != further.Observer), told.FirstOrDefault(other => other.Observer == further.Observer) is { } before && before.Until > further.Until ? before : further];

    private static bool IsTold(IReadOnlyList<UploadTransition> steps, int at) => UploadTransitions.Notifies(at > 0 ? steps[at - 1].Status : null, steps[at].Status);
}
