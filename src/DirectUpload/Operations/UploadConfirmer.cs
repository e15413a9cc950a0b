using DirectUpload.Confirmation;
using DirectUpload.Diagnostics;
using DirectUpload.Lifecycle;
using DirectUpload.Primitives;
using DirectUpload.Profiles;
using DirectUpload.Stores;

namespace DirectUpload.Operations;

/// <summary>Confirms an upload: advances it until it is terminal or left to the worker, at most until the confirm timeout.</summary>
/// <param name="records">The records.</param>
/// <param name="advancer">Takes the steps.</param>
/// <param name="completer">Completes multipart uploads.</param>
/// <param name="operations">Ends an upload whose checksum turns out to differ after it was confirmed.</param>
/// <param name="concurrentConfirmTimeout">The time that a confirm waits for an attempt of another caller.</param>
/// <param name="confirmTimeout">The time after which the client receives a response, although the work continues.</param>
internal sealed class UploadConfirmer(
    RecordUpdater records, UploadAdvancer advancer, MultipartCompleter completer, UploadOperations operations,
    TimeSpan concurrentConfirmTimeout, TimeSpan confirmTimeout)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    /// <summary>Confirms an upload.</summary>
    /// <param name="record">The record as last read.</param>
    /// <param name="sent">The ETag of each part by its number; null when the caller does not know them.</param>
    /// <param name="stated">The CRC-64/NVME of the file that the client states, as base64; null when it states none.</param>
    /// <param name="source">Who reports the object.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The record, ready or still pending, or the reason that it cannot become ready.</returns>
    public async Task<UploadResult<UploadRecord>> ConfirmAsync(
        UploadRecord record, IReadOnlyDictionary<int, string>? sent, string? stated, ConfirmSource source,
        CancellationToken cancellationToken)
    {
        using var activity = UploadActivities.Start("Confirm", record.Id, record.Profile);
        try
        {
            var confirmed = await RunWithTimeoutAsync(
                record, stop => AdvanceAsync(record, ReportedParts.From(sent), stated, source, stop),
                cancellationToken).ConfigureAwait(false);
            if (!confirmed.Succeeded)
                activity.SetRefusal(confirmed.Error.Code);
            activity.SetOutcome(confirmed.Value);
            return confirmed;
        }
        catch (Exception unavailable)
        {
            activity.SetException(unavailable);
            throw;
        }
    }

    // A large copy may take minutes. After the timeout the client receives a response, and the work continues.
    // The timeout uses the system clock, not the injected one, because clients wait in real time.
    private async Task<UploadResult<UploadRecord>> RunWithTimeoutAsync(
        UploadRecord record, Func<CancellationToken, Task<UploadResult<UploadRecord>>> work, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource();
        var ending = new CancellationTokenSource();
        var canceling = cancellationToken.Register(static source => TryCancel((CancellationTokenSource)source!), ending);
        Task<UploadResult<UploadRecord>> working;
        await using (canceling.ConfigureAwait(false))
        {
            working = work(ending.Token);
            _ = working.ContinueWith(
                static (ended, source) =>
                {
                    _ = ended.Exception;
                    ((CancellationTokenSource)source!).Dispose();
                },
                ending, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            await Task.WhenAny(working, Task.Delay(confirmTimeout, TimeProvider.System, timeout.Token)).ConfigureAwait(false);
            await timeout.CancelAsync().ConfigureAwait(false);
            if (working.IsCompleted || cancellationToken.IsCancellationRequested)
                return await working.ConfigureAwait(false);
        }

        return await records.Store.FindAsync(record.Id, cancellationToken).ConfigureAwait(false) switch
        {
            null => UploadOperations.NotFound,
            { Status: UploadStatus.Requested } => throw new StorageUnavailableException(
                $"Storage did not return the object of upload {record.Id} within {confirmTimeout:g}. Confirm the upload again."),
            { } now when now.Status.IsTerminal() => CreateResult(now),
            { } now => now,
        };
    }

    private static void TryCancel(CancellationTokenSource ending)
    {
        try
        {
            ending.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The work ended at the same moment.
        }
    }

    private async Task<UploadResult<UploadRecord>> AdvanceAsync(
        UploadRecord record, ReportedParts? sent, string? stated, ConfirmSource source, CancellationToken cancellationToken)
    {
        if (RequestValidator.ValidateCrc64Nvme(stated) is { } malformed)
            return malformed;
        if (sent is not null && record.Status == UploadStatus.Requested
            && await completer.FindConflictAsync(record, sent, cancellationToken).ConfigureAwait(false) is { } conflict)
            return new UploadError(UploadErrorCodes.Conflict, conflict);
        var giveUpAt = records.Clock.GetUtcNow() + concurrentConfirmTimeout;
        var pause = FirstPause;
        for (var current = record; ;)
        {
            if (await FindChecksumErrorAsync(current, stated, cancellationToken).ConfigureAwait(false) is { } otherBytes)
                return otherBytes;
            if (current.Status.IsTerminal())
                return CreateResult(current);

            UploadRecord? next = null;
            if (stated is not null && current.ChecksumCrc64Nvme is null && current.Status != UploadStatus.Requested)
            {
                // Another caller confirmed the upload without the checksum, and still processes it or leaves it to the worker.
                next = await records.TryUpdateAsync(
                    current, new UploadEvent.ChecksumStated(stated), cancellationToken).ConfigureAwait(false);
            }
            else if (advancer.CanAdvanceDuringConfirm(current))
            {
                // The first write of the step stores the checksum, too.
                if (stated is not null)
                    current = current with { ChecksumCrc64Nvme = stated };
                next = await advancer.AdvanceAsync(current, source, sent, cancellationToken).ConfigureAwait(false);
                if (ReferenceEquals(next, current))
                {
                    if (current.Status != UploadStatus.Requested)
                        return current;
                    // Another caller may have ended the upload and deleted its object; then that caller's result is returned.
                    next = await records.Store.FindAsync(current.Id, cancellationToken).ConfigureAwait(false);
                    if (next?.Version == current.Version)
                    {
                        return await advancer.FindMissingChecksumAsync(current, sent?.ETags, cancellationToken).ConfigureAwait(false)
                            ?? await CreateNotUploadedErrorAsync(current, sent?.ETags, cancellationToken).ConfigureAwait(false);
                    }
                }
            }
            else if (current.Status == UploadStatus.Uploaded || records.Clock.GetUtcNow() >= giveUpAt)
            {
                // The step may take long, so it is left to the worker.
                return current;
            }
            else
            {
                // Another caller is processing the upload; wait for its result.
                await Task.Delay(pause, records.Clock, cancellationToken).ConfigureAwait(false);
                pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;
            }

            next ??= await records.Store.FindAsync(record.Id, cancellationToken).ConfigureAwait(false);
            if (next is null)
                return UploadOperations.NotFound;
            current = next;
        }
    }

    // A storage event may have made the upload ready before its client could state the checksum. Such an upload ends as if the client had
    // deleted it, where the application allows that.
    private async Task<UploadError?> FindChecksumErrorAsync(UploadRecord record, string? stated, CancellationToken cancellationToken)
    {
        if (stated is null || (record.Status.IsTerminal() && record.Status != UploadStatus.Ready))
            return null;
        if (record.ChecksumCrc64Nvme is { } before)
            return before == stated ? null : IntegrityCheck.OtherChecksum;
        var check = new IntegrityCheck(Sha256: null, stated, IntegrityRequirement.None);
        if (record.Status != UploadStatus.Ready || check.FindMismatch(record.StoredChecksum) is not { } mismatch)
            return null;
        await operations.TerminateAsync(record, mismatch, byClient: true, cancellationToken).ConfigureAwait(false);
        return mismatch;
    }

    private async Task<UploadError> CreateNotUploadedErrorAsync(
        UploadRecord record, IReadOnlyDictionary<int, string>? sent, CancellationToken cancellationToken) => new(
        UploadErrorCodes.NotUploaded,
        await completer.DescribeMissingAsync(record, sent, cancellationToken).ConfigureAwait(false)
            ?? "Storage has no object for this upload yet. Upload the file as granted, then confirm again.");

    private static UploadResult<UploadRecord> CreateResult(UploadRecord record) => record.Status switch
    {
        UploadStatus.Ready => record,
        UploadStatus.Rejected => IsIntegrityError(record.Error!)
            ? record.Error!
            : new UploadError(UploadErrorCodes.Mismatch, record.Error!.Message),
        UploadStatus.Expired => new UploadError(
            UploadErrorCodes.Expired, "The grant expired before a file was uploaded. Request a new upload."),
        UploadStatus.Failed => new UploadError(UploadErrorCodes.Conflict, $"Processing failed: {record.Error?.Message}"),
        _ => new UploadError(
            UploadErrorCodes.Conflict, $"The upload was {record.Status.ToLowerName()}; it can no longer be confirmed."),
    };

    private static bool IsIntegrityError(UploadError error) =>
        error.Code is UploadErrorCodes.ChecksumMismatch or UploadErrorCodes.ChecksumNotReported;
}
