using System.Runtime.CompilerServices;
using DirectUpload.Records;
using DirectUpload.Uploads;

namespace DirectUpload;

/// <summary>Follows one upload from step to step: at once where this process takes them, else by asking the store now and then.</summary>
internal sealed class UploadWatch(IUploadRecordStore store, RecordChanges changes, TimeProvider clock)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    public async IAsyncEnumerable<UploadChange> FollowAsync(UploadId id, DateTimeOffset? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var watch = changes.Begin(id);
        var last = after;
        for (var pause = ShortestPause; await store.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } record;)
        {
            foreach (var step in Since(record, last))
            {
                yield return new UploadChange(step, record);
                (last, pause) = (step.At, ShortestPause);
            }

            if (record.Status.IsSettled())
                yield break;
            await watch.WaitAsync(pause, clock, cancellationToken).ConfigureAwait(false);
            pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;
        }
    }

    // Whoever begins is told how it stands; whoever comes back, what they have missed. An unknown step is not ours: they begin anew.
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
