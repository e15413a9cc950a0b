using System.Runtime.ExceptionServices;
using DirectUpload.Cleanup;
using DirectUpload.Diagnostics;
using DirectUpload.Lifecycle;
using DirectUpload.Profiles;
using DirectUpload.Requests;
using DirectUpload.Storage;
using DirectUpload.Stores;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Operations;

/// <summary>Makes an upload from content that the application has: requests it, sends the bytes itself, and confirms it.</summary>
internal sealed class ContentStorer(
    UploadRequestHandler requests, UploadBuckets buckets, UploadConfirmer confirmer, RecordUpdater records, UploadCleaner cleaner,
    ProfileCatalog profiles, ILogger<ContentStorer> logger)
{
    // After a failure, the caller waits this long for the deletion of an object; then the worker deletes it.
    private static readonly TimeSpan CleanupTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Stores the content of a stream as a new upload.</summary>
    /// <returns>The record, ready or left to the worker, or why the upload is refused.</returns>
    public async Task<UploadResult<UploadRecord>> StoreAsync(
        Stream content, UploadRequest request, UploadCaller caller, CancellationToken cancellationToken)
    {
        // The application always sends one PUT request, whatever clients do.
        var wanted = request with { Method = null, PartSize = null, UsePartChecksums = false };
        if (requests.FindContentError(wanted, caller, out var rules) is { } refused)
            return refused;

        var opened = await ApplicationContent.OpenAsync(
            content, wanted, rules, cancellationToken).ConfigureAwait(false);
        if (!opened.Succeeded)
            return opened.Error;
        await using var source = opened.Value.ConfigureAwait(false);
        var bytes = opened.Value.Bytes;
        var checksums = opened.Value.Checksums;
        var granted = await requests.GrantContentAsync(
            wanted with { Size = bytes.Length, ChecksumSha256 = checksums.Sha256, ChecksumCrc64Nvme = checksums.Crc64Nvme }, caller,
            cancellationToken).ConfigureAwait(false);
        return granted.Succeeded
            ? await SendAsync(granted.Value.Record, bytes, cancellationToken).ConfigureAwait(false)
            : granted.Error;
    }

    private async Task<UploadResult<UploadRecord>> SendAsync(
        UploadRecord record, ContentWindow bytes, CancellationToken cancellationToken)
    {
        try
        {
            await buckets.Get(record.Bucket).PutAsync(
                record.StagingKey, record.SentContentType, bytes, GetSettings(record), cancellationToken).ConfigureAwait(false);
            var confirmed = await confirmer.ConfirmAsync(
                record, sent: null, stated: null, ConfirmSource.Host, cancellationToken).ConfigureAwait(false);
            if (confirmed.Error?.Code == UploadErrorCodes.NotUploaded)
                await AbortAsync(record, "Storage did not keep the object.").ConfigureAwait(false);
            return confirmed;
        }
        catch (Exception failure)
        {
            var cause = bytes.Failure ?? failure;
            await AbortAsync(record, $"The application did not store the content: {cause.GetType().Name}.").ConfigureAwait(false);
            if (!cancellationToken.IsCancellationRequested && bytes.Failure is { } unreadable)
                ExceptionDispatchInfo.Throw(unreadable);
            throw;
        }
    }

    private ObjectSettings GetSettings(UploadRecord record)
    {
        profiles.TryGet(record.Profile, out var profile);
        return record.StagingKey == record.FinalKey
            ? ContentDisposition.CreateObjectSettings(record, profile!)
            : profile!.GetStagingSettings();
    }

    // A request that storage still works on may write the object later, so the worker deletes it once more when the grant has ended.
    private async Task AbortAsync(UploadRecord record, string reason)
    {
        using var limit = new CancellationTokenSource(CleanupTimeout, TimeProvider.System);
        try
        {
            var ended = await records.UpdateAsync(
                record, current => UploadOperations.CreateEnd(current, new UploadError(UploadErrorCodes.NotUploaded, reason)),
                CancellationToken.None).ConfigureAwait(false);
            if (ended is not null)
                await cleaner.TryCleanUpAsync(ended, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // The record is due, so the worker deletes the object.
        }
        catch (Exception unavailable)
        {
            logger.GrantWithdrawalFailed(unavailable, record.Id);
        }
    }
}
