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

        var writeToken = UploadToken.New();
        var readToken = UploadToken.New();
        var record = NewRecord(profile, claims, caller, writeToken, readToken);
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
        return new UploadGrant(record, writeToken, readToken, granted);
    }

    private UploadRecord NewRecord(UploadProfile profile, UploadRequest claims, UploadCaller caller, UploadToken writeToken, UploadToken readToken)
    {
        var now = clock.GetUtcNow();
        var id = UploadId.New(now);
        var (bucket, stagingKey, finalKey) = keys.For(profile, caller.Owner, id, claims.FileName, now);
        return new UploadRecord
        {
            Id = id,
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
            WriteTokenHash = writeToken.Hash(),
            ReadTokenHash = readToken.Hash(),
            Metadata = claims.Metadata is null ? new Dictionary<string, string>() : new Dictionary<string, string>(claims.Metadata),
            Audit = new UploadAudit
            {
                Actor = caller.Actor ?? caller.Owner,
                RemoteAddress = caller.RemoteAddress,
                UserAgent = caller.UserAgent is { Length: > 512 } agent ? agent[..512] : caller.UserAgent,
                Transitions = [new UploadTransition(UploadStatus.Requested, now)],
            },
            CreatedAt = now,
            UpdatedAt = now,
            GrantExpiresAt = now + profile.Lifetime,
        };
    }
}
