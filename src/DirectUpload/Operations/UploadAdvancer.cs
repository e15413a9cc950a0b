using DirectUpload.Cleanup;
using DirectUpload.Confirmation;
using DirectUpload.Diagnostics;
using DirectUpload.Lifecycle;
using DirectUpload.Processing;
using DirectUpload.Profiles;
using DirectUpload.Storage;
using DirectUpload.Stores;

namespace DirectUpload.Operations;

/// <summary>Takes the next step of an upload, in any status, for a confirm, a storage event or the worker.</summary>
internal sealed class UploadAdvancer(
    RecordUpdater records, UploadVerifier verifier, UploadProcessing processing, UploadCleaner cleaner, UploadReplacement replacement,
    ProfileCatalog profiles)
{
    private static readonly UploadError UnattachedError = new(
        UploadErrorCodes.Unattached, "No entity of the application refers to the upload, so it was deleted.");

    /// <summary>Verifies, processes, deletes or cleans up, depending on the status.</summary>
    /// <param name="record">The record.</param>
    /// <param name="source">The caller that requests the step.</param>
    /// <param name="sent">The ETag of each part by its number, as reported by the client; null when it reported none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// The record afterwards; the same instance when the step cannot be taken yet, or not by this host; null when another caller changed it
    /// first.
    /// </returns>
    public async Task<UploadRecord?> AdvanceAsync(
        UploadRecord record, ConfirmSource source, ReportedParts? sent, CancellationToken cancellationToken) => record.Status switch
        {
            UploadStatus.Requested => await VerifyAsync(record, source, sent, cancellationToken).ConfigureAwait(false),
            UploadStatus.Uploaded or UploadStatus.Processing =>
                await processing.ProcessAsync(record, arrived: null, cancellationToken).ConfigureAwait(false),
            UploadStatus.Ready when record.AttachBy <= records.Clock.GetUtcNow() =>
                await cleaner.TerminateAsync(record, new UploadEvent.Deleted(UnattachedError), cancellationToken).ConfigureAwait(false),
            // Also if the application deleted the newer upload in the meantime; the older ones must not come back.
            UploadStatus.Ready or UploadStatus.Deleted when record.IsReplacing =>
                await replacement.CompleteAsync(record, cancellationToken).ConfigureAwait(false),
            _ when !UploadLifecycle.IsDue(record, records.Clock.GetUtcNow(), records.Policy) =>
                await records.TryUpdateAsync(record, new UploadEvent.LeasedEarly(), cancellationToken).ConfigureAwait(false),
            UploadStatus.Failed =>
                await cleaner.TerminateAsync(record, new UploadEvent.Deleted(Reason: null), cancellationToken).ConfigureAwait(false),
            _ => await cleaner.CleanUpAsync(record, queueNotifications: true, cancellationToken).ConfigureAwait(false),
        };

    /// <summary>Finds out whether the object of a requested upload has arrived, but not the checksum that the profile requires.</summary>
    public Task<UploadError?> FindMissingChecksumAsync(
        UploadRecord record, IReadOnlyDictionary<int, string>? sent, CancellationToken cancellationToken) =>
        verifier.FindMissingChecksumAsync(record, sent, cancellationToken);

    /// <summary>
    /// Checks whether a confirm may take the next step: verification always, processing only if it is short and no other caller does it.
    /// </summary>
    public bool CanAdvanceDuringConfirm(UploadRecord record) => record.Status switch
    {
        UploadStatus.Requested => true,
        UploadStatus.Uploaded => IsProcessedDuringConfirm(record, record.Size),
        UploadStatus.Processing => record.NextActionAt <= records.Clock.GetUtcNow() && IsProcessedDuringConfirm(record, record.Size),
        _ => false,
    };

    // What is processed at once is recorded as uploaded and as being processed in one write.
    private async Task<UploadRecord?> VerifyAsync(
        UploadRecord record, ConfirmSource source, ReportedParts? sent, CancellationToken cancellationToken)
    {
        var (verified, arrived) = await verifier.VerifyAsync(record, source, sent, cancellationToken).ConfigureAwait(false);
        if (arrived is null)
            return verified;
        return source == ConfirmSource.Worker || IsProcessedDuringConfirm(record, arrived.Size)
            ? await processing.ProcessAsync(record, arrived, cancellationToken).ConfigureAwait(false)
            : await records.TryUpdateAsync(record, arrived, cancellationToken).ConfigureAwait(false);
    }

    private bool IsProcessedDuringConfirm(UploadRecord record, long? size) =>
        size <= MultipartCopier.MaxSingleCopySize
        && record.RequiredProcessors.Count == 0
        && !(profiles.TryGet(record.Profile, out var profile) && profile.RequiresWorker());
}
