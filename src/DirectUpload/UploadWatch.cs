using System.Runtime.CompilerServices;
using DirectUpload.Records;
using DirectUpload.Uploads;

namespace DirectUpload;

/// <summary>Follows one upload from transition to transition: at once where this process takes them, else by the look-ups of one watcher that all followers of the upload share.</summary>
internal sealed class UploadWatch(IUploadRecordStore store, RecordChanges changes, TimeProvider clock)
{
    public async IAsyncEnumerable<UploadChange> FollowAsync(UploadId id, DateTimeOffset? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } found)
            yield break;
        await foreach (var change in FollowAsync(found, after, cancellationToken).ConfigureAwait(false))
            yield return change;
    }

    /// <summary>Follows an upload from a record on that was just read, so that it is not read once more.</summary>
    public async IAsyncEnumerable<UploadChange> FollowAsync(UploadRecord known, DateTimeOffset? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watch = changes.Join(known, cancelled => store.FindAsync(known.Id, cancelled), clock);
        try
        {
            var last = after;
            while (true)
            {
                var (newest, changed) = watch.Current;
                if (newest is not { } record)
                    yield break;
                foreach (var step in Since(record, last))
                {
                    yield return new UploadChange(step, record);
                    last = step.At;
                }

                if (record.Status.IsSettled())
                    yield break;
                await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            changes.Leave(watch, known.Id);
        }
    }

    // A new follower learns of the present status; one who comes back, of what it has missed. An unknown transition is not of this upload: then it begins with the present status.
    private static IEnumerable<UploadTransition> Since(UploadRecord record, DateTimeOffset? last)
    {
        var steps = record.Audit.Transitions;
        return last is { } known && steps.Any(step => step.At == known) ? steps.Where(step => step.At > known) : steps.TakeLast(1);
    }
}

/// <summary>One step of an upload that is being followed.</summary>
/// <param name="Step">The step, and when it was taken: no two of an upload's steps have the same time.</param>
/// <param name="Record">The record as it was when the step was seen; it may have gone on by then.</param>
public sealed record UploadChange(UploadTransition Step, UploadRecord Record);
