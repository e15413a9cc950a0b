using DirectUpload.Cleanup;
using DirectUpload.Confirmation;
using DirectUpload.Lifecycle;
using DirectUpload.Processing.Inspection;
using DirectUpload.Profiles;
using DirectUpload.Storage;
using DirectUpload.Stores;

namespace DirectUpload.Processing;

/// <summary>Runs one attempt: promotes and inspects the object, runs the profile's processors, and stores the outcome.</summary>
internal sealed class ProcessingAttempt(
    UploadBuckets buckets, ProcessorPipeline processors, ProcessingFailureHandler failures, UploadCleaner cleaner)
{
    private static readonly UploadError ReplacedError = new(
        UploadErrorCodes.Mismatch,
        "The uploaded file was replaced after it had been verified. Request a new upload and send the file once.");

    /// <summary>Runs the attempt that holds a lease.</summary>
    /// <returns>The updated record; null when the lease was lost.</returns>
    /// <exception cref="Exception">Storage, the record store or a service that a processor needs is unavailable.</exception>
    public async Task<UploadRecord?> RunAsync(UploadLease lease, UploadProfile profile)
    {
        var bucket = buckets.Get(lease.Record.Bucket);
        var (final, mismatch) = await PromoteInspectedAsync(lease, profile, bucket).ConfigureAwait(false);
        if (mismatch is not null)
            return await RejectAsync(lease, mismatch).ConfigureAwait(false);
        if (final is null)
            return null;
        var record = lease.Record;

        var context = new UploadProcessingContext(record, final, bucket, profile);
        var outcome = await RunProcessorsAsync(lease, profile, context).ConfigureAwait(false);
        if (outcome.Error is { } error)
        {
            if (context.StorageFailure is StorageRefusedException refusal)
                throw new StorageRefusedException(refusal);
            if (context.StorageFailure is { } unavailable)
                throw new IOException($"Storage could not be reached while upload {record.Id} was processed.", unavailable);
            return error is ProcessorUnavailableException
                ? throw new IOException(
                    $"The processor {outcome.ProcessorName} could not process upload {record.Id}: {error.Message}", error)
                : await failures.RecordFailureAsync(lease, outcome.ProcessorName!, error).ConfigureAwait(false);
        }

        return outcome.Rejection is { } rejection
            ? await RejectAsync(lease, rejection).ConfigureAwait(false)
            : await CompleteAsync(lease, profile, final, context).ConfigureAwait(false);
    }

    // The bytes are inspected in the copy, which the client cannot replace. If they have another type than the copy, the record gets it
    // first, and the object is copied and inspected again. A second change means that the staging object was replaced in between.
    private static async Task<(StoredObject? Final, UploadError? Mismatch)> PromoteInspectedAsync(
        UploadLease lease, UploadProfile profile, IUploadBucket bucket)
    {
        var isChanged = false;
        while (true)
        {
            var record = lease.Record;
            if (await UploadPromoter.PromoteAsync(record, profile, bucket, lease.CancellationToken).ConfigureAwait(false) is not { } final)
                return (null, ReplacedError);
            var (type, rejection) = await ContentCheck.DecideTypeAsync(
                record, profile, final, bucket, lease.CancellationToken).ConfigureAwait(false);
            if (rejection is not null)
                return (null, rejection);
            if (type == record.ContentType)
            {
                return (final, await ContentCheck.FindChecksumErrorAsync(
                    record, profile, final, bucket, lease.CancellationToken).ConfigureAwait(false));
            }

            if (isChanged)
                return (null, ReplacedError);
            isChanged = true;
            var detected = new UploadEvent.TypeDetected(type!, ContentFileName.CreateFinalKey(record, type!));
            if (await lease.TryUpdateAsync(detected, lease.CancellationToken).ConfigureAwait(false) is not { } updated)
                return default;
            if (record.FinalKey != updated.FinalKey)
                await bucket.DeleteAsync(record.FinalKey, lease.CancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ProcessorPipelineResult> RunProcessorsAsync(
        UploadLease lease, UploadProfile profile, UploadProcessingContext context)
    {
        try
        {
            return await processors.RunAsync(profile, context, lease.CancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Also when the lease is lost: a processor that ignores its cancellation must not write after the cleanup.
            context.Close();
        }
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

    private async Task<UploadRecord?> RejectAsync(UploadLease lease, UploadError reason) =>
        await lease.TryUpdateAsync(new UploadEvent.Rejected(reason), lease.CancellationToken).ConfigureAwait(false) is { } rejected
            ? await cleaner.TryCleanUpAsync(rejected, lease.CancellationToken).ConfigureAwait(false)
            : null;

    private async Task<UploadRecord?> CompleteAsync(
        UploadLease lease, UploadProfile profile, StoredObject final, UploadProcessingContext results)
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
                ? new UploadEvent.Rejected(mismatch)
                : completed,
            lease.CancellationToken).ConfigureAwait(false) is not { } ended)
            return null;
        if (ended.Status == UploadStatus.Rejected)
            return await cleaner.TryCleanUpAsync(ended, lease.CancellationToken).ConfigureAwait(false);
        await cleaner.DeleteStaleAttemptsAsync(ended, lease.CancellationToken).ConfigureAwait(false);
        return ended;
    }
}
