using System.Collections.ObjectModel;
using DirectUpload.Confirmation;
using DirectUpload.Diagnostics;
using DirectUpload.Profiles;
using DirectUpload.Records;
using DirectUpload.Uploads;
using Microsoft.Extensions.Logging;

namespace DirectUpload;

/// <summary>The first of the six steps: rules, quota, record, grant, in this order. A grant never leaves without its record.</summary>
internal sealed class UploadRequests(
    IUploadRecordStore store, ProfileCatalog profiles, UploadKeys keys, UploadInstructionsIssuer instructions, TimeProvider clock, ILogger<UploadRequests> logger)
{
    public async Task<UploadResult<UploadGrant>> GrantAsync(UploadRequest request, UploadCaller caller, CancellationToken cancellationToken)
    {
        if (!profiles.TryGet(request.Profile, out var profile))
        {
            return new UploadError(
                UploadErrorReason.UnknownProfile, $"There is no profile {Quoted.Text(request.Profile)}; there are: {string.Join(", ", profiles.Names)}.");
        }

        if (ProfileRules.Check(profile, request, out var claims) is { } refused)
            return refused;
        if (await UploadQuota.CheckAsync(store, profile, caller.Owner, new PendingUploads(1, claims.Size), cancellationToken).ConfigureAwait(false) is { } exceeded)
            return exceeded;

        var now = clock.GetUtcNow();
        var minted = UploadCapabilities.New(now);
        var record = NewRecord(profile, claims, caller, minted, now);
        var granted = await instructions.IssueAsync(record, profile, cancellationToken).ConfigureAwait(false);
        record = await store.AddAsync(
            record with { GrantExpiresAt = granted.ExpiresAt, DueAt = granted.ExpiresAt + UploadRemoval.SlowUpload }, cancellationToken).ConfigureAwait(false);

        // Looked at again now that it counts: of two requests that both saw the last free place, none slips through.
        if (await UploadQuota.CheckAsync(store, profile, caller.Owner, default, cancellationToken).ConfigureAwait(false) is { } raced)
        {
            await store.DeleteAsync(record.Id, cancellationToken).ConfigureAwait(false);
            return raced;
        }

        logger.Requested(record.Id, record.Profile, record.ClaimedSize, record.Owner);
        return new UploadGrant(record, minted.WriteToken, minted.ReadToken, granted);
    }

    private UploadRecord NewRecord(UploadProfile profile, UploadRequest claims, UploadCaller caller, UploadCapabilities minted, DateTimeOffset now)
    {
        var (bucket, stagingKey, finalKey) = keys.For(profile, caller.Owner, minted.Id, claims.FileName, now);
        return new UploadRecord
        {
            Id = minted.Id,
            Profile = profile.Name,
            FileName = claims.FileName,
            ContentType = claims.ContentType,
            ClaimedSize = claims.Size,
            ChecksumSha256 = claims.ChecksumSha256,
            Bucket = bucket,
            StagingKey = stagingKey,
            FinalKey = finalKey,
            Status = UploadStatus.Requested,
            Owner = caller.Owner,
            Association = claims.Association,
            WriteTokenHash = minted.WriteToken.Hash(),
            ReadTokenHash = minted.ReadToken.Hash(),
            Metadata = claims.Metadata is null ? ReadOnlyDictionary<string, string>.Empty : new Dictionary<string, string>(claims.Metadata),
            Audit = new UploadAudit
            {
                Actor = caller.Actor ?? caller.Owner,
                RemoteAddress = caller.RemoteAddress,
                UserAgent = caller.UserAgent,
                Transitions = [new UploadTransition(UploadStatus.Requested, now)],
            },
            CreatedAt = now,
            UpdatedAt = now,
            GrantExpiresAt = now + profile.Lifetime,
        };
    }
}
