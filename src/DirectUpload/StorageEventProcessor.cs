using DirectUpload.Diagnostics;
using DirectUpload.Events;
using DirectUpload.Operations;
using DirectUpload.Stores;

namespace DirectUpload;

/// <summary>Processes storage event notifications: confirms the uploads whose objects have arrived, and stores results of scans.</summary>
/// <remarks>
/// <para>
/// The event of an object is only a hint: the upload is confirmed in the same way as by a client, with a request to storage. Such events
/// have no effect if they are repeated, late, out of order or forged.
/// </para>
/// <para>
/// The result of a scan by GuardDuty Malware Protection for S3 is the decision about the upload that waits for it; see
/// <see cref="UploadProfile.AddGuardDutyScan"/>. Process only messages of senders that are authenticated.
/// </para>
/// <para>Instances are safe for concurrent use.</para>
/// </remarks>
public sealed class StorageEventProcessor
{
    /// <summary>Specifies the maximum size of a message, in bytes.</summary>
    /// <remarks>Messages of Amazon SQS and Amazon SNS have at most a quarter of this size.</remarks>
    public const int MaxMessageSize = StorageEventParser.MaxMessageSize;

    private readonly IUploadRecordStore _store;
    private readonly UploadConfirmer _confirmer;

    private readonly ScanResultRecorder _scans;

    internal StorageEventProcessor(IUploadRecordStore store, UploadConfirmer confirmer, ScanResultRecorder scans) =>
        (_store, _confirmer, _scans) = (store, confirmer, scans);

    /// <summary>Processes one message, as a queue, a function or a webhook received it.</summary>
    /// <param name="message">
    /// The body of the message: JSON in UTF-8, as S3, GuardDuty, SNS, EventBridge, MinIO or Ceph sends it, of at most
    /// <see cref="MaxMessageSize"/> bytes.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation; the message can then be processed again.</param>
    /// <returns>The number of uploads that were confirmed or got their decision, or the reason why the message cannot be read.</returns>
    /// <exception cref="StorageUnavailableException">Storage is unavailable; have the message delivered again.</exception>
    /// <exception cref="StorageRefusedException">
    /// Storage refused the configuration of the application; have the message delivered again.
    /// </exception>
    /// <exception cref="RecordStoreUnavailableException">The record store is unavailable; have the message delivered again.</exception>
    public async Task<UploadResult<int>> ProcessAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        var parsed = StorageEventParser.Parse(message.Span);
        if (parsed.Error is { } error)
            return new UploadError(UploadErrorCodes.InvalidRequest, error);
        var changed = 0;
        foreach (var storageEvent in parsed.Events)
        {
            if (await TryProcessAsync(storageEvent, cancellationToken).ConfigureAwait(false))
                changed++;
        }

        return changed;
    }

    private async Task<bool> TryProcessAsync(StorageEvent storageEvent, CancellationToken cancellationToken) => storageEvent.Kind switch
    {
        StorageEventKind.Created => await TryConfirmAsync(storageEvent, cancellationToken).ConfigureAwait(false),
        StorageEventKind.Scanned =>
            await _scans.TryRecordAsync(storageEvent, storageEvent.Scan!, cancellationToken).ConfigureAwait(false),
        _ => false,
    };

    // Only staging keys count: the application itself writes the objects at final keys.
    private async Task<bool> TryConfirmAsync(StorageEvent created, CancellationToken cancellationToken) =>
        UploadId.TryFindIn(created.Key, out var id)
        && await _store.FindAsync(id, cancellationToken).ConfigureAwait(false) is { Status: UploadStatus.Requested } record
        && record.Bucket == created.Bucket && record.StagingKey == created.Key
        && (await _confirmer.ConfirmAsync(
            record, sent: null, stated: null, ConfirmSource.Event, cancellationToken).ConfigureAwait(false)).Error?.Code
            is not (UploadErrorCodes.NotUploaded or UploadErrorCodes.ChecksumMissing);
}
