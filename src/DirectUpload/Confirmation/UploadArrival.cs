using DirectUpload.Diagnostics;
using DirectUpload.Profiles;
using DirectUpload.Records;
using DirectUpload.Storage;
using DirectUpload.Uploads;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Confirmation;

/// <summary>The first step after the grant: has the object arrived, and is it what was promised?</summary>
internal sealed class UploadArrival(
    IUploadRecordStore store, UploadBuckets buckets, PartsAssembly assembly, ProfileCatalog profiles, UploadRemoval removal, UploadMetrics metrics, TimeProvider clock, ILogger<UploadArrival> logger)
{
    /// <summary>
    /// Takes a requested upload to Uploaded, Rejected or Expired. Null when somebody else was faster: read the record again. The record as it
    /// was when nothing has arrived and there is still time.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="source">Who says that the object is there; the worker says nothing, and only looks after it because its time is over.</param>
    /// <param name="sent">The parts that the file consists of, by its client's word; needed where it was the client that cut it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<UploadRecord?> CheckAsync(UploadRecord record, ConfirmSource source, IReadOnlyDictionary<int, string>? sent, CancellationToken cancellationToken)
    {
        var profile = profiles.TryGet(record.Profile, out var found) ? found : null;
        if (source == ConfirmSource.Worker && clock.GetUtcNow() >= record.GrantExpiresAt && profile?.ConfirmArrivals == false)
            return await removal.EndAsync(record, UploadStatus.Expired, null, cancellationToken).ConfigureAwait(false);

        if (await assembly.AssembleAsync(record, sent, cancellationToken).ConfigureAwait(false) is { } strange)
            return await removal.RejectAsync(record, strange, cancellationToken).ConfigureAwait(false);

        var stored = await buckets.Get(record.Bucket).HeadAsync(record.StagingKey, cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        if (stored is null)
            return now < record.GrantExpiresAt ? record : await ExpireAsync(record, now, cancellationToken).ConfigureAwait(false);

        if (UploadVerifier.FindMismatch(record, stored, profile?.MinSize ?? 0) is { } mismatch)
            return await removal.RejectAsync(record, mismatch, cancellationToken).ConfigureAwait(false);

        var uploaded = record.MovedTo(UploadStatus.Uploaded, now) with
        {
            Size = stored.Size,
            ETag = stored.ETag,
            VersionId = stored.VersionId,
            DueAt = now,
        };
        if (await store.TryUpdateAsync(uploaded, cancellationToken).ConfigureAwait(false) is not { } arrived)
            return null;
        logger.Moved(arrived.Id, arrived.Status);
        metrics.Confirmed(arrived, source);
        return arrived;
    }

    private async Task<UploadRecord?> ExpireAsync(UploadRecord record, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A PUT that began in time may still be on its way: the key is looked after once more.
        var expired = record.MovedTo(UploadStatus.Expired, now) with { DueAt = now + UploadRemoval.SlowUpload };
        if (await store.TryUpdateAsync(expired, cancellationToken).ConfigureAwait(false) is not { } ended)
            return null;
        logger.Moved(ended.Id, ended.Status);
        metrics.Ended(ended);
        return ended;
    }
}
