using DirectUpload.Confirmation;
using DirectUpload.Diagnostics;
using DirectUpload.Lifecycle;
using DirectUpload.Processing.Inspection;
using DirectUpload.Profiles;
using DirectUpload.Storage;
using DirectUpload.Stores;

namespace DirectUpload.Processing;

/// <summary>Runs the first attempt of a confirm: copies the object, then verifies and inspects the copy alone.</summary>
/// <remarks>
/// The client can write the staging object, but not the copy, so what is verified and inspected is what is served. Until the copy is
/// verified, the status stays requested; the record has the lease and the key of the copy, so a worker takes over after a crash.
/// </remarks>
internal sealed class CopyFirstAttempt(UploadBuckets buckets, ProcessingAttempt attempt, AttemptEnd end)
{
    /// <summary>Runs the attempt that holds a lease.</summary>
    /// <param name="lease">The lease of a requested upload.</param>
    /// <param name="profile">The upload's profile, which has no processors.</param>
    /// <param name="source">Who reported the object.</param>
    /// <returns>The updated record, still requested when there is no object; null when the lease was lost.</returns>
    /// <exception cref="Exception">Storage or the record store is unavailable.</exception>
    public async Task<UploadRecord?> RunAsync(UploadLease lease, UploadProfile profile, ConfirmSource source)
    {
        var record = lease.Record;
        var bucket = buckets.Get(record.Bucket);
        if (await UploadPromoter.CopyUnverifiedAsync(
            record, profile, bucket, lease.CancellationToken).ConfigureAwait(false) is not { } start)
            return await lease.TryUpdateAsync(new UploadEvent.ObjectNotFound(), lease.CancellationToken).ConfigureAwait(false);

        var final = start.Object;
        if (ObjectVerification.FindMismatch(record, final, profile.MinSize) is { } mismatch)
            return await end.RejectAsync(lease, [], mismatch).ConfigureAwait(false);

        UploadEvent[] verified = [CreateArrival(final, source), new UploadEvent.ProcessingContinued()];
        var (type, rejection) = await ContentCheck.DecideTypeAsync(
            record, profile, start, bucket, lease.CancellationToken).ConfigureAwait(false);
        if (rejection is not null)
            return await end.RejectAsync(lease, verified, rejection).ConfigureAwait(false);
        if (type != record.ContentType)
            return await PromoteAgainAsync(lease, profile, source, type!).ConfigureAwait(false);
        if (await ContentCheck.FindChecksumErrorAsync(
            record, profile, final, bucket, lease.CancellationToken).ConfigureAwait(false) is { } difference)
            return await end.RejectAsync(lease, verified, difference).ConfigureAwait(false);

        var results = new UploadProcessingContext(record, final, bucket, profile);
        return await end.CompleteAsync(lease, profile, verified, final, results).ConfigureAwait(false);
    }

    // The copy has the wrong type and perhaps the wrong key. The object is verified at its own key and promoted again.
    private async Task<UploadRecord?> PromoteAgainAsync(UploadLease lease, UploadProfile profile, ConfirmSource source, string type)
    {
        var record = lease.Record;
        var bucket = buckets.Get(record.Bucket);
        if (await bucket.HeadAsync(record.StagingKey, lease.CancellationToken).ConfigureAwait(false) is not { } staged)
            return await end.RejectAsync(lease, [], ProcessingAttempt.ReplacedError).ConfigureAwait(false);
        if (ObjectVerification.FindMismatch(record, staged, profile.MinSize) is { } mismatch)
            return await end.RejectAsync(lease, [], mismatch).ConfigureAwait(false);
        UploadEvent[] verified =
        [
            CreateArrival(staged, source), new UploadEvent.ProcessingContinued(),
            new UploadEvent.TypeDetected(type, ContentFileName.CreateFinalKey(record, type)),
        ];
        if (await lease.TryUpdateAsync(_ => verified, lease.CancellationToken).ConfigureAwait(false) is not { } updated)
            return null;
        if (record.FinalKey != updated.FinalKey)
            await bucket.DeleteAsync(record.FinalKey, lease.CancellationToken).ConfigureAwait(false);
        return await attempt.RunAsync(lease, profile, isTypeDetected: true).ConfigureAwait(false);
    }

    private static UploadEvent.ObjectArrived CreateArrival(StoredObject stored, ConfirmSource source) =>
        new(stored.Size, stored.ETag, stored.VersionId, source) { Checksum = stored.Checksum };
}
