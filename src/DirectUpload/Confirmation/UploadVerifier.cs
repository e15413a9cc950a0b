using DirectUpload.Cleanup;
using DirectUpload.Diagnostics;
using DirectUpload.Lifecycle;
using DirectUpload.Profiles;
using DirectUpload.Storage;
using DirectUpload.Stores;

namespace DirectUpload.Confirmation;

/// <summary>Verifies a requested upload: gets the object from storage and compares it with the record.</summary>
internal sealed class UploadVerifier(
    RecordUpdater records, UploadBuckets buckets, MultipartCompleter completer, ProfileCatalog profiles, UploadCleaner cleaner)
{
    /// <summary>Verifies a requested upload; changes its status to Rejected or Expired if it will not become ready.</summary>
    /// <param name="record">The record of the upload.</param>
    /// <param name="source">The source of the confirmation. The worker only verifies uploads whose grant has expired.</param>
    /// <param name="sent">
    /// The ETags of the parts that the client has sent, by number; required if the client chooses the part sizes.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// The arrival of the object, which the caller records, if the object matches. Otherwise the updated record; the same record when storage
    /// has no object and the grant is still valid; null when another caller changed the record first.
    /// </returns>
    public async Task<(UploadRecord? Record, UploadEvent.ObjectArrived? Arrived)> VerifyAsync(
        UploadRecord record, ConfirmSource source, ReportedParts? sent, CancellationToken cancellationToken)
    {
        var profile = profiles.TryGet(record.Profile, out var found) ? found : null;
        if (source == ConfirmSource.Worker && HasExpired(record) && profile?.AutoConfirmOnExpiry == false)
            return (await TerminateAsync(new UploadEvent.Expired(MayHaveObject: true)).ConfigureAwait(false), null);

        if (await completer.CompleteAsync(record, sent, cancellationToken).ConfigureAwait(false) is { } excess)
            return (await TerminateAsync(new UploadEvent.Rejected(excess)).ConfigureAwait(false), null);

        if (await buckets.Get(record.Bucket).HeadAsync(record.StagingKey, cancellationToken).ConfigureAwait(false) is not { } stored)
        {
            // A PUT that started before the expiry may still be running, so the worker checks the key once more later.
            return (HasExpired(record) ? await records.TryUpdateAsync(
                record, new UploadEvent.Expired(MayHaveObject: false), cancellationToken).ConfigureAwait(false) : record, null);
        }

        return ObjectVerification.FindMismatch(record, stored, profile?.MinSize ?? 0) is { } mismatch
            ? (await TerminateAsync(new UploadEvent.Rejected(mismatch)).ConfigureAwait(false), null)
            : (record, new UploadEvent.ObjectArrived(stored.Size, stored.ETag, stored.VersionId, source));

        Task<UploadRecord?> TerminateAsync(UploadEvent happened) => cleaner.TerminateAsync(record, happened, cancellationToken);
    }

    private bool HasExpired(UploadRecord record) => records.Clock.GetUtcNow() >= record.GrantExpiresAt;
}
