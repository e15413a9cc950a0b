using System.Globalization;
using DirectUpload.Stores;

namespace DirectUpload.Requests;

/// <summary>Adds records within the quotas of their owners.</summary>
/// <remarks>
/// <para>
/// A record is added first, then all totals are read in one query, and the record is deleted again if they exceed a quota. So every
/// concurrent request counts the records of the others that were added before, and no two can take the last place. A record that stays
/// because the process ended in between expires like any grant that is not used.
/// </para>
/// <para>
/// A record that is only added to be deleted could make another request be refused, so it is avoided: an owner that has used more than half
/// of a quota is checked before its record is added as well, and so is a request that has been refused once.
/// </para>
/// <para>If the totals of the store lag behind writes, requests within that time may exceed a quota.</para>
/// </remarks>
internal sealed class UploadQuota(IUploadRecordStore store, DirectUploadOptions options)
{
    private static readonly TimeSpan RateWindow = TimeSpan.FromMinutes(1);
    private static readonly OwnerUsage None = new(0, 0, 0, 0);
    private static readonly UploadError DuplicateId = new(UploadErrorCodes.Conflict, "An upload with this id already exists.");

    private readonly OwnersNearLimits _nearLimits = new();

    /// <summary>Adds a record unless the upload would exceed a quota.</summary>
    /// <param name="profile">The profile, which sets the limits.</param>
    /// <param name="record">The record.</param>
    /// <param name="mayExist">Whether the caller chose the id, so that a record may have it already.</param>
    /// <param name="cancellationToken">Cancels the call; the record may have been added.</param>
    /// <returns>The record as it was stored; or the error of an id that exists, or of a quota that the upload would exceed.</returns>
    public async ValueTask<(UploadRecord? Record, UploadError? Error)> AddAsync(
        UploadProfile profile, UploadRecord record, bool mayExist, CancellationToken cancellationToken)
    {
        if (!HasQuotas(profile))
            return await TryAddAsync(record, mayExist, cancellationToken).ConfigureAwait(false);
        var (owner, incoming) = (record.Owner, (1, record.DeclaredSize));
        if (FindExceeded(profile, None, incoming) is { } tooLarge)
            return (null, tooLarge);
        var entry = OwnersNearLimits.GetEntry(profile.Name, owner);
        for (var checksFirst = _nearLimits[entry]; ; checksFirst = true)
        {
            if (checksFirst)
            {
                var before = await store.GetUsageAsync(CreateQuery(profile, record), cancellationToken).ConfigureAwait(false);
                if (FindExceeded(profile, before, incoming) is { } exceeded)
                    return (null, exceeded);
            }

            var (added, duplicate) = await TryAddAsync(record, mayExist, cancellationToken).ConfigureAwait(false);
            if (added is null)
                return (null, duplicate);
            var usage = await store.GetUsageAsync(CreateQuery(profile, record, added), cancellationToken).ConfigureAwait(false);
            _nearLimits[entry] = IsNearLimit(profile, usage);
            if (FindExceeded(profile, usage) is not { } raced)
                return (added, null);
            // A refused request leaves no record, even if its client has disconnected.
            await store.DeleteAsync(record.Id, CancellationToken.None).ConfigureAwait(false);
            if (checksFirst)
                return (null, raced);
        }
    }

    private async ValueTask<(UploadRecord? Record, UploadError? Error)> TryAddAsync(
        UploadRecord record, bool mayExist, CancellationToken cancellationToken)
    {
        try
        {
            return (await store.AddAsync(record, cancellationToken).ConfigureAwait(false), null);
        }
        catch (InvalidOperationException) when (mayExist)
        {
            return (null, DuplicateId);
        }
    }

    private bool HasQuotas(UploadProfile profile) =>
        LimitsPending(profile) || profile.MaxStoredBytesPerOwner is not null || options.MaxRequestsPerMinutePerOwner is not null;

    private static bool LimitsPending(UploadProfile profile) =>
        profile.MaxPendingUploadsPerOwner is not null || profile.MaxPendingBytesPerOwner is not null;

    private OwnerUsageQuery CreateQuery(UploadProfile profile, UploadRecord record, UploadRecord? added = null) =>
        new(profile.Name, record.Owner, record.CreatedAt)
        {
            Pending = LimitsPending(profile),
            Stored = profile.MaxStoredBytesPerOwner is not null,
            CreatedAfter = record.CreatedAt - RateWindow,
            CreatedLimit = options.MaxRequestsPerMinutePerOwner + 1 ?? 0,
            Added = added,
        };

    private bool IsNearLimit(UploadProfile profile, OwnerUsage usage) =>
        usage.PendingUploads > profile.MaxPendingUploadsPerOwner / 2
        || usage.PendingBytes > profile.MaxPendingBytesPerOwner / 2
        || usage.StoredBytes > profile.MaxStoredBytesPerOwner / 2
        || usage.CreatedUploads > options.MaxRequestsPerMinutePerOwner / 2;

    /// <summary>Finds the first quota that is exceeded.</summary>
    /// <param name="profile">The profile, which sets the limits.</param>
    /// <param name="usage">The totals of the store.</param>
    /// <param name="incoming">The upload that the totals do not include.</param>
    private UploadError? FindExceeded(UploadProfile profile, OwnerUsage usage, (int Count, long Bytes) incoming = default)
    {
        if (usage.PendingUploads + incoming.Count > profile.MaxPendingUploadsPerOwner)
        {
            return Exceeded(string.Create(
                CultureInfo.InvariantCulture,
                $"More than {profile.MaxPendingUploadsPerOwner} uploads would be pending. "
                + $"Finish some, or wait until their grants expire; an aborted upload counts until its grant expires."));
        }

        if (usage.PendingBytes > profile.MaxPendingBytesPerOwner - incoming.Bytes)
        {
            return Exceeded(string.Create(
                CultureInfo.InvariantCulture,
                $"More than {profile.MaxPendingBytesPerOwner:N0} bytes would be pending. "
                + $"Finish some uploads, or wait until their grants expire; an aborted upload counts until its grant expires."));
        }

        if (usage.StoredBytes > profile.MaxStoredBytesPerOwner - incoming.Bytes)
        {
            return Exceeded(string.Create(
                CultureInfo.InvariantCulture,
                $"The owner's uploads would take more than {profile.MaxStoredBytesPerOwner:N0} bytes. Delete some uploads first."));
        }

        return usage.CreatedUploads + incoming.Count > options.MaxRequestsPerMinutePerOwner
            ? Exceeded(string.Create(
                CultureInfo.InvariantCulture,
                $"More than {options.MaxRequestsPerMinutePerOwner} uploads were requested within a minute. "
                + $"Wait a minute, then request the upload again."))
            : null;
    }

    private static UploadError Exceeded(string detail) => new(UploadErrorCodes.QuotaExceeded, detail);
}
