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
        UploadProfile profile, string? owner, (int Count, long Bytes) incoming, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (profile.MaxPendingUploadsPerOwner is not null || profile.MaxPendingBytesPerOwner is not null)
        {
            var pending = await store.CountPendingAsync(profile.Name, owner, now, cancellationToken).ConfigureAwait(false);
            if (FindPendingError(profile, pending, incoming) is { } tooMuchPending)
                return tooMuchPending;
        }

        if (profile.MaxStoredBytesPerOwner is { } mostBytes)
        {
            var stored = await store.GetStoredBytesAsync(profile.Name, owner, now, cancellationToken).ConfigureAwait(false);
            if (stored > mostBytes - incoming.Bytes)
            {
                return Exceeded(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The owner's uploads would take more than {mostBytes:N0} bytes. Delete some uploads first."));
            }
        }

        if (options.MaxRequestsPerMinutePerOwner is not { } mostRequests)
            return null;
        var tooMany = mostRequests + 1 - incoming.Count;
        var created = await store.CountCreatedAsync(owner, now - RateWindow, tooMany, cancellationToken).ConfigureAwait(false);
        return created < tooMany
            ? null
            : Exceeded(string.Create(
                CultureInfo.InvariantCulture,
                $"More than {mostRequests} uploads were requested within a minute. Wait a minute, then request the upload again."));
    }

    private static UploadError? FindPendingError(
        UploadProfile profile, (int Count, long Bytes) pending, (int Count, long Bytes) incoming)
    {
        if (pending.Count + incoming.Count > profile.MaxPendingUploadsPerOwner)
        {
            return Exceeded(string.Create(
                CultureInfo.InvariantCulture,
                $"More than {profile.MaxPendingUploadsPerOwner} uploads would be pending. "
                + $"Finish some, or wait until their grants expire; an aborted upload counts until its grant expires."));
        }

        return pending.Bytes > profile.MaxPendingBytesPerOwner - incoming.Bytes
            ? Exceeded(string.Create(
                CultureInfo.InvariantCulture,
                $"More than {profile.MaxPendingBytesPerOwner:N0} bytes would be pending. "
                + $"Finish some uploads, or wait until their grants expire; an aborted upload counts until its grant expires."))
            : null;
    }

    private static UploadError Exceeded(string detail) => new(UploadErrorCodes.QuotaExceeded, detail);
}
