using System.Globalization;
using DirectUpload.Stores;

namespace DirectUpload.Requests;

/// <summary>Checks the quotas of an owner.</summary>
/// <remarks>
/// A quota is checked before a record is added, and again when the record is counted, so that concurrent requests cannot exceed it. If the
/// store's counts are eventually consistent, requests within that delay may exceed it.
/// </remarks>
internal sealed class UploadQuota(IUploadRecordStore store, DirectUploadOptions options)
{
    private static readonly TimeSpan RateWindow = TimeSpan.FromMinutes(1);

    /// <summary>Checks all quotas.</summary>
    /// <param name="profile">The profile, which sets the limits.</param>
    /// <param name="owner">The owner; null for anonymous uploads.</param>
    /// <param name="incoming">The uploads that the store does not count yet.</param>
    /// <param name="now">The time of the request.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The error of the first quota that would be exceeded; null when all quotas are met.</returns>
    public async ValueTask<UploadError?> CheckAsync(
        UploadProfile profile, string? owner, (int Count, long Bytes) incoming, DateTimeOffset now, CancellationToken cancellationToken) =>
        await CheckPendingAsync(profile, owner, incoming, now, cancellationToken).ConfigureAwait(false)
        ?? await CheckStoredBytesAsync(profile, owner, incoming.Bytes, now, cancellationToken).ConfigureAwait(false)
        ?? await CheckRateAsync(owner, incoming.Count, now, cancellationToken).ConfigureAwait(false);

    private async ValueTask<UploadError?> CheckPendingAsync(
        UploadProfile profile, string? owner, (int Count, long Bytes) incoming, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (profile.MaxPendingUploadsPerOwner is null && profile.MaxPendingBytesPerOwner is null)
            return null;
        var pending = await store.CountPendingAsync(profile.Name, owner, now, cancellationToken).ConfigureAwait(false);
        if (pending.Count + incoming.Count > profile.MaxPendingUploadsPerOwner)
        {
            return Exceeded(string.Create(
                CultureInfo.InvariantCulture,
                $"More than {profile.MaxPendingUploadsPerOwner} uploads would be pending. "
                + $"Finish some, or wait until their grants expire; an aborted upload counts until its grant expires."));
        }

        if (pending.Bytes > profile.MaxPendingBytesPerOwner - incoming.Bytes)
        {
            return Exceeded(string.Create(
                CultureInfo.InvariantCulture,
                $"More than {profile.MaxPendingBytesPerOwner:N0} bytes would be pending. "
                + $"Finish some uploads, or wait until their grants expire; an aborted upload counts until its grant expires."));
        }

        return null;
    }

    private async ValueTask<UploadError?> CheckStoredBytesAsync(
        UploadProfile profile, string? owner, long incoming, DateTimeOffset now, CancellationToken cancellationToken) =>
        profile.MaxStoredBytesPerOwner is { } most
            && await store.GetStoredBytesAsync(profile.Name, owner, now, cancellationToken).ConfigureAwait(false) > most - incoming
            ? Exceeded(string.Create(
                CultureInfo.InvariantCulture, $"The owner's uploads would take more than {most:N0} bytes. Delete some uploads first."))
            : null;

    private async ValueTask<UploadError?> CheckRateAsync(
        string? owner, int incoming, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (options.MaxRequestsPerMinutePerOwner is not { } most)
            return null;
        var tooMany = most + 1 - incoming;
        return await store.CountCreatedAsync(owner, now - RateWindow, tooMany, cancellationToken).ConfigureAwait(false) >= tooMany
            ? Exceeded(string.Create(
                CultureInfo.InvariantCulture,
                $"More than {most} uploads were requested within a minute. Wait a minute, then request the upload again."))
            : null;
    }

    private static UploadError Exceeded(string detail) => new(UploadErrorCodes.QuotaExceeded, detail);
}
