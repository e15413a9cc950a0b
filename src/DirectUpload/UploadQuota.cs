using System.Globalization;
using DirectUpload.Profiles;
using DirectUpload.Records;
using DirectUpload.Uploads;

namespace DirectUpload;

/// <summary>
/// How much one owner may have. Asked before a record is added and once more when it counts: of requests that all saw the last free place, none slips through where the store sees its own writes at once. Where
/// its counts lag, what arrives within the lag does.
/// </summary>
internal sealed class UploadQuota(IUploadRecordStore store, int? mostPerMinute)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <param name="profile">Sets the limits.</param>
    /// <param name="owner">Whose quota it is.</param>
    /// <param name="incoming">What is to come on top and is not counted yet.</param>
    /// <param name="now">The time of the request.</param>
    /// <param name="cancellationToken">Ends the counting.</param>
    public async ValueTask<UploadError?> CheckAsync(UploadProfile profile, string? owner, PendingUploads incoming, DateTimeOffset now, CancellationToken cancellationToken) =>
        await CheckPendingAsync(profile, owner, incoming, now, cancellationToken).ConfigureAwait(false)
        ?? await CheckTotalAsync(profile, owner, incoming.Bytes, now, cancellationToken).ConfigureAwait(false)
        ?? await CheckRateAsync(owner, incoming.Count, now, cancellationToken).ConfigureAwait(false);

    private async ValueTask<UploadError?> CheckPendingAsync(UploadProfile profile, string? owner, PendingUploads incoming, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (profile.MaxPendingUploads is null && profile.MaxPendingBytes is null)
            return null;
        var pending = await store.CountPendingAsync(profile.Name, owner, now, cancellationToken).ConfigureAwait(false);
        if (pending.Count + incoming.Count > profile.MaxPendingUploads)
            return Exceeded($"More than {profile.MaxPendingUploads} uploads would be pending. Finish some, or wait until their grants expire; an aborted one counts until then, too.");
        if (pending.Bytes > profile.MaxPendingBytes - incoming.Bytes)
            return Exceeded($"More than {profile.MaxPendingBytes:N0} bytes would be pending. Finish some uploads, or wait until their grants expire; an aborted one counts until then, too.");
        return null;
    }

    private async ValueTask<UploadError?> CheckTotalAsync(UploadProfile profile, string? owner, long incoming, DateTimeOffset now, CancellationToken cancellationToken) =>
        profile.MaxTotalBytes is { } most && await store.SumHeldBytesAsync(profile.Name, owner, now, cancellationToken).ConfigureAwait(false) > most - incoming
            ? Exceeded($"The owner's uploads would take more than {most:N0} bytes. Delete some.")
            : null;

    private async ValueTask<UploadError?> CheckRateAsync(string? owner, int incoming, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (mostPerMinute is not { } most)
            return null;
        var tooMany = most + 1 - incoming;
        return await store.CountCreatedAsync(owner, now - Minute, tooMany, cancellationToken).ConfigureAwait(false) >= tooMany ? Exceeded($"More than {most} uploads were asked for within a minute. Wait a minute, and ask again.") : null;
    }

    private static UploadError Exceeded(FormattableString detail) => new(UploadErrorReason.QuotaExceeded, detail.ToString(CultureInfo.InvariantCulture));
}
