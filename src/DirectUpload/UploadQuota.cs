using System.Globalization;
using DirectUpload.Profiles;
using DirectUpload.Records;
using DirectUpload.Uploads;

namespace DirectUpload;

/// <summary>How much one owner may have pending under one profile.</summary>
internal static class UploadQuota
{
    /// <param name="store">Counts what is pending.</param>
    /// <param name="profile">Sets the limits.</param>
    /// <param name="owner">Whose quota it is.</param>
    /// <param name="incoming">What is to come on top and is not counted yet.</param>
    /// <param name="cancellationToken">Ends the counting.</param>
    public static async ValueTask<UploadError?> CheckAsync(
        IUploadRecordStore store, UploadProfile profile, string? owner, PendingUploads incoming, CancellationToken cancellationToken)
    {
        if (profile.MaxPendingUploads is null && profile.MaxPendingBytes is null)
            return null;
        var pending = await store.CountPendingAsync(profile.Name, owner, cancellationToken).ConfigureAwait(false);
        if (pending.Count + incoming.Count > profile.MaxPendingUploads)
            return Exceeded($"{profile.MaxPendingUploads} uploads");
        if (pending.Bytes + incoming.Bytes > profile.MaxPendingBytes)
            return Exceeded(string.Create(CultureInfo.InvariantCulture, $"{profile.MaxPendingBytes:N0} bytes"));
        return null;
    }

    private static UploadError Exceeded(string limit) => new(
        UploadErrorReason.QuotaExceeded, $"More than {limit} would be pending. Finish or abort some, or wait until their grants run out.");
}
