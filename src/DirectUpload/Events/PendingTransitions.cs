using DirectUpload.Lifecycle;
using DirectUpload.Stores;

namespace DirectUpload.Events;

/// <summary>Finds the transitions of a record that an event handler has not been notified of: those after its checkpoint.</summary>
/// <remarks>The record contains both the transitions and the checkpoints, so no notification is lost when a process crashes.</remarks>
internal static class PendingTransitions
{
    /// <summary>Gets the transitions that this event handler has not been notified of, in their order.</summary>
    public static IEnumerable<UploadTransition> Get(UploadRecord record, string handler, DateTimeOffset now)
    {
        var lastNotifiedAt = record.NotificationCheckpoints.GetValueOrDefault(handler);
        var transitions = record.Transitions;
        for (var at = 0; at < transitions.Count; at++)
        {
            if (transitions[at].At > lastNotifiedAt && transitions[at].At > now - LifecyclePolicy.NotificationWindow
                && RequiresNotification(transitions, at))
                yield return transitions[at];
        }
    }

    /// <summary>Merges new checkpoints into those of a record; no checkpoint goes back in time.</summary>
    public static IReadOnlyDictionary<string, DateTimeOffset> MergeCheckpoints(
        IReadOnlyDictionary<string, DateTimeOffset> checkpoints, IEnumerable<KeyValuePair<string, DateTimeOffset>> further)
    {
        var merged = new Dictionary<string, DateTimeOffset>(checkpoints);
        foreach (var (handler, time) in further)
            merged[handler] = merged.TryGetValue(handler, out var before) && before > time ? before : time;
        return merged;
    }

    private static bool RequiresNotification(IReadOnlyList<UploadTransition> transitions, int at) =>
        UploadTransitions.ShouldNotify(at > 0 ? transitions[at - 1].Status : null, transitions[at].Status);
}
