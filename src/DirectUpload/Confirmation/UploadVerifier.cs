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
        var profile = FindProfile(record);
        var lacksChecksum = IntegrityCheck.For(record, profile).LacksChecksum;
        if (source == ConfirmSource.Worker && HasExpired(record) && (lacksChecksum || profile?.AutoConfirmOnExpiry == false))
            return (await TerminateAsync(new UploadEvent.Expired(MayHaveObject: true)).ConfigureAwait(false), null);
        // The client's confirm with the checksum may still follow.
        if (lacksChecksum)
            return (record, null);

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
            : (record, new UploadEvent.ObjectArrived(stored.Size, stored.ETag, stored.VersionId, source) { Checksum = stored.Checksum });

        Task<UploadRecord?> TerminateAsync(UploadEvent happened) => cleaner.TerminateAsync(record, happened, cancellationToken);
    }

    /// <summary>Finds out whether the object of a requested upload has arrived, but not the checksum that the profile requires.</summary>
    /// <param name="record">The record of the upload.</param>
    /// <param name="sent">The ETags of the parts that the client has sent, by number; null when it reported none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The error; null when the object has not arrived, or no checksum is missing.</returns>
    public async Task<UploadError?> FindMissingChecksumAsync(
        UploadRecord record, IReadOnlyDictionary<int, string>? sent, CancellationToken cancellationToken)
    {
        if (!IntegrityCheck.For(record, FindProfile(record)).LacksChecksum)
            return null;
        var hasArrived = await buckets.Get(record.Bucket).HeadAsync(record.StagingKey, cancellationToken).ConfigureAwait(false) is not null
            || (record.Parts is not null
                && await completer.DescribeMissingAsync(record, sent, cancellationToken).ConfigureAwait(false) is null);
        return hasArrived ? IntegrityCheck.ChecksumMissing : null;
    }

    private UploadProfile? FindProfile(UploadRecord record) => profiles.TryGet(record.Profile, out var profile) ? profile : null;

    private bool HasExpired(UploadRecord record) => records.Clock.GetUtcNow() >= record.GrantExpiresAt;
}
