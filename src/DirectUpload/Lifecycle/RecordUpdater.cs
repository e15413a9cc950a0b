using DirectUpload.Stores;

namespace DirectUpload.Lifecycle;

/// <summary>Applies events to records, stores the changes by compare-and-set, and reports each stored transition.</summary>
internal sealed class RecordUpdater(IUploadRecordStore store, LifecyclePolicy policy, TransitionReporter reporter, TimeProvider clock)
{
    public IUploadRecordStore Store => store;

    public LifecyclePolicy Policy => policy;

    public TimeProvider Clock => clock;

    /// <summary>Applies an event to a record as it was read.</summary>
    /// <returns>The stored record; null when another caller changed it first, or it no longer exists.</returns>
    public ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord record, UploadEvent happened, CancellationToken cancellationToken) =>
        TryUpdateAsync(record, [happened], cancellationToken);

    /// <summary>Applies events that follow one another to a record as it was read, in one write.</summary>
    /// <returns>The stored record; null when another caller changed it first, or it no longer exists.</returns>
    public async ValueTask<UploadRecord?> TryUpdateAsync(
        UploadRecord record, UploadEvent[] happened, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var changed = record;
        foreach (var next in happened)
            changed = UploadLifecycle.Apply(changed, next, now, policy);
        if (await store.TryUpdateAsync(changed, cancellationToken).ConfigureAwait(false) is not { } stored)
            return null;
        foreach (var next in happened)
        {
            var after = ReferenceEquals(next, happened[^1]) ? stored : UploadLifecycle.Apply(record, next, now, policy);
            reporter.Report(record, next, after);
            record = after;
        }

        return stored;
    }

    /// <summary>Decides on an event and applies it; when another caller changed the record first, reads it and decides again.</summary>
    /// <param name="record">The record as it was read last.</param>
    /// <param name="decide">Decides on the event; null when there is nothing to do. May run several times.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The stored record, or the record as read when there was nothing to do; null when it no longer exists.</returns>
    public async Task<UploadRecord?> UpdateAsync(
        UploadRecord record, Func<UploadRecord, UploadEvent?> decide, CancellationToken cancellationToken)
    {
        for (UploadRecord? current = record; current is not null; current = await store.FindAsync(
            record.Id, cancellationToken).ConfigureAwait(false))
        {
            if (decide(current) is not { } happened)
                return current;
            if (await TryUpdateAsync(current, happened, cancellationToken).ConfigureAwait(false) is { } stored)
                return stored;
        }

        return null;
    }
}
