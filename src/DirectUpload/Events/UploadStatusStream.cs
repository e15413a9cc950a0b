using System.Runtime.CompilerServices;
using DirectUpload.Primitives;
using DirectUpload.Stores;

namespace DirectUpload.Events;

/// <summary>Streams the status transitions of one upload.</summary>
/// <remarks>
/// Transitions of this process are reported immediately. Those of other processes are found by polling; all streams of an upload in this
/// process share one poller.
/// </remarks>
internal sealed class UploadStatusStream(IUploadRecordStore store, RecordChangeNotifier changes, TimeProvider clock)
{
    /// <summary>Streams the transitions of an upload, starting with a record that the caller has already read.</summary>
    /// <param name="known">The record.</param>
    /// <param name="after">The time of the last transition that the caller knows; null to start with the current status.</param>
    /// <param name="cancellationToken">Cancels the stream.</param>
    /// <returns>
    /// The upload after each transition, at each repeated attempt to process it and after each progress, until its status is terminal.
    /// </returns>
    public async IAsyncEnumerable<Upload> WatchAsync(
        UploadRecord known, DateTimeOffset? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watch = changes.Subscribe(known, canceled => store.FindAsync(known.Id, canceled), clock);
        try
        {
            var last = after;
            var (attempts, progress) = (known.Attempts, (string?)null);
            while (true)
            {
                var (newest, changed) = watch.Current;
                if (newest is not { } record)
                    yield break;
                var isRepeated = record.Status == UploadStatus.Processing && record.Attempts > Math.Max(attempts, 1);
                isRepeated |= record.Progress is not null && record.Progress != progress;
                (attempts, progress) = (record.Attempts, record.Progress);
                foreach (var transition in GetTransitionsAfter(record, last))
                {
                    yield return Upload.From(record, transition);
                    last = transition.At;
                    isRepeated = false;
                }

                if (isRepeated)
                    yield return Upload.From(record, record.Transitions[^1]);
                if (record.Status.IsTerminal())
                    yield break;
                await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            changes.Unsubscribe(watch, known.Id);
        }
    }

    // A new stream starts with the current status; a resumed stream, with the transitions that it missed. A time that is not of this upload
    // counts as a new stream.
    private static IEnumerable<UploadTransition> GetTransitionsAfter(UploadRecord record, DateTimeOffset? last)
    {
        var transitions = record.Transitions;
        return last is { } known && transitions.Any(transition => transition.At == known)
            ? transitions.Where(transition => transition.At > known)
            : transitions.TakeLast(1);
    }
}
