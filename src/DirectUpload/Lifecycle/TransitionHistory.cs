using DirectUpload.Primitives;
namespace DirectUpload.Lifecycle;

/// <summary>Adds transitions to the history of an upload, which holds the first 8 and the last 24.</summary>
internal static class TransitionHistory
{
    private const int MaxInitialTransitions = 8;
    private const int MaxRecentTransitions = 24;

    // Each transition has a time of its own, later than the one before, even where clocks stand still or differ: so its time identifies it.
    public static IReadOnlyList<UploadTransition> Add(IReadOnlyList<UploadTransition> history, UploadStatus status, DateTimeOffset now)
    {
        var last = history.Count == 0 ? DateTimeOffset.MinValue : history[^1].At;
        return Add(history, new UploadTransition(status, now > last ? now : last.AddTicks(1)));
    }

    // An upload is retried for as long as storage is unavailable; its record must not grow with that. Terminal transitions stay: the
    // lifetime of the write token starts with them.
    private static IReadOnlyList<UploadTransition> Add(IReadOnlyList<UploadTransition> history, UploadTransition transition)
    {
        if (history.Count < MaxInitialTransitions + MaxRecentTransitions)
            return [.. history, transition];
        var dropped = MaxInitialTransitions;
        while (dropped < history.Count - 1 && history[dropped].Status.IsTerminal())
            dropped++;
        return [.. history.Take(dropped), .. history.Skip(dropped + 1), transition];
    }
}
