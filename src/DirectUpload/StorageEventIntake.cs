using DirectUpload.Events;
using DirectUpload.Records;
using DirectUpload.Uploads;

namespace DirectUpload;

/// <summary>
/// Hears from storage that objects have arrived, and confirms their uploads by the same path as a client does: an event is a hint, and storage itself is asked. So an event that is doubled, late, out of
/// order or forged changes nothing. Safe for concurrent use.
/// </summary>
public sealed class StorageEventIntake
{
    private readonly IUploadRecordStore _store;
    private readonly DirectUploadService _uploads;

    internal StorageEventIntake(IUploadRecordStore store, DirectUploadService uploads) => (_store, _uploads) = (store, uploads);

    /// <summary>Takes one message, as a queue, a function or a webhook got it.</summary>
    /// <param name="message">Its body: JSON, see <see cref="StorageEventParser"/>.</param>
    /// <param name="cancellationToken">Ends the call; the message may be taken again.</param>
    /// <returns>How many uploads were confirmed and events ignored, or why the message can't be read. An outage throws: let the message be delivered again.</returns>
    public async Task<StorageEventOutcome> HandleAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        var read = StorageEventParser.Parse(message.Span);
        var outcome = new StorageEventOutcome(0, 0, read.Fault);
        foreach (var happened in read.Events)
        {
            var confirmed = happened.Kind == StorageEventKind.Created && await TryConfirmAsync(happened, cancellationToken).ConfigureAwait(false);
            outcome = confirmed ? outcome with { Confirmed = outcome.Confirmed + 1 } : outcome with { Ignored = outcome.Ignored + 1 };
        }

        return outcome;
    }

    // What is written to a final key is our own doing.
    private async Task<bool> TryConfirmAsync(StorageEvent created, CancellationToken cancellationToken) =>
        UploadId.TryFindIn(created.Key, out var id)
        && await _store.FindAsync(id, cancellationToken).ConfigureAwait(false) is { Status: UploadStatus.Requested } record
        && record.Bucket == created.Bucket && record.StagingKey == created.Key
        && (await _uploads.ConfirmByEventAsync(record, cancellationToken).ConfigureAwait(false)).Error?.Reason != UploadErrorReason.NotUploaded;
}

/// <summary>What came of a message of storage's.</summary>
/// <param name="Confirmed">How many events led to a confirm that found the object: its upload is ready, processing or rejected now.</param>
/// <param name="Ignored">How many were of no upload that waits: foreign, known already, or of another kind.</param>
/// <param name="Fault">Why the message could not be read; null when it could. It will never be readable: set it aside.</param>
public sealed record StorageEventOutcome(int Confirmed, int Ignored, string? Fault);
