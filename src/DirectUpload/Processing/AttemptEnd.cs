using DirectUpload.Cleanup;
using DirectUpload.Confirmation;
using DirectUpload.Lifecycle;
using DirectUpload.Storage;
using DirectUpload.Stores;

namespace DirectUpload.Processing;

/// <summary>Stores the outcome of an attempt and deletes what the upload does not keep.</summary>
internal sealed class AttemptEnd(UploadBuckets buckets, UploadCleaner cleaner)
{
    /// <summary>Rejects the upload.</summary>
    /// <param name="lease">The attempt's lease.</param>
    /// <param name="before">What happened before, which the same write records.</param>
    /// <param name="reason">Why the upload is rejected.</param>
    /// <returns>The updated record; null when the lease was lost.</returns>
    public async Task<UploadRecord?> RejectAsync(UploadLease lease, UploadEvent[] before, UploadError reason) =>
        await lease.TryUpdateAsync(
            _ => [.. before, new UploadEvent.Rejected(reason)], lease.CancellationToken).ConfigureAwait(false) is { } rejected
            ? await cleaner.TryCleanUpAsync(rejected, lease.CancellationToken).ConfigureAwait(false)
            : null;

    /// <summary>Lets the upload wait for the decision of a processor, unless it was given in the meantime.</summary>
    /// <returns>The updated record, which does not wait if the decision was given; null when the lease was lost.</returns>
    public static Task<UploadRecord?> AwaitDecisionAsync(
        UploadLease lease, UploadDecision awaited, StoredObject final, UploadProcessingContext results) => lease.TryUpdateAsync(
        current => DecisionRules.Find(current, awaited.Processor) is null
            ? new UploadEvent.DecisionAwaited(
                final.ETag, final.VersionId, results.GetDecisions(current, awaited, lease.Clock.GetUtcNow()), results.Properties,
                results.Variants)
            {
                Checksum = final.Checksum,
            }
            : null,
        lease.CancellationToken);

    /// <summary>Makes the upload ready, unless the client has stated another checksum in the meantime.</summary>
    /// <param name="lease">The attempt's lease.</param>
    /// <param name="profile">The upload's profile.</param>
    /// <param name="before">What happened before, which the same write records.</param>
    /// <param name="final">The final object.</param>
    /// <param name="results">What the processors stored.</param>
    /// <returns>The updated record; null when the lease was lost.</returns>
    public async Task<UploadRecord?> CompleteAsync(
        UploadLease lease, UploadProfile profile, UploadEvent[] before, StoredObject final, UploadProcessingContext results)
    {
        await ApplyAclAsync(
            lease.Record, profile, final, results, buckets.Get(lease.Record.Bucket), lease.CancellationToken).ConfigureAwait(false);
        var completed = new UploadEvent.Completed(
            final.ETag, final.VersionId, results.Properties, results.Variants, profile.GetUnattachedRetention())
        {
            Checksum = final.Checksum,
        };
        // A client may have stated its checksum after the object was compared, when a storage event confirmed the upload first.
        if (await lease.TryUpdateAsync(
            current => IntegrityCheck.For(current, profile).FindMismatch(final.Checksum) is { } mismatch
                ? [.. before, new UploadEvent.Rejected(mismatch)]
                : [.. before, completed],
            lease.CancellationToken).ConfigureAwait(false) is not { } ended)
            return null;
        if (ended.Status == UploadStatus.Rejected)
            return await cleaner.TryCleanUpAsync(ended, lease.CancellationToken).ConfigureAwait(false);
        await cleaner.DeleteStaleAttemptsAsync(ended, lease.CancellationToken).ConfigureAwait(false);
        return ended;
    }

    // The ACL is set last, so that others can never read an object that was not accepted. If the process dies after this call, the next
    // attempt writes to another key.
    private static async Task ApplyAclAsync(
        UploadRecord record, UploadProfile profile, StoredObject final, UploadProcessingContext results, IUploadBucket bucket,
        CancellationToken cancellationToken)
    {
        if (!profile.ObjectSettings.GrantsAccessToOthers)
            return;
        await bucket.SetAclAsync(record.FinalKey, final.VersionId, profile.ObjectSettings.Acl!, cancellationToken).ConfigureAwait(false);
        foreach (var variant in results.Variants)
            await bucket.SetAclAsync(variant.Key, versionId: null, profile.ObjectSettings.Acl!, cancellationToken).ConfigureAwait(false);
    }
}
