using System.Collections.ObjectModel;
using DirectUpload.Confirmation;
using DirectUpload.Diagnostics;
using DirectUpload.Profiles;
using DirectUpload.Records;
using DirectUpload.Storage;
using DirectUpload.Uploads;
using Microsoft.Extensions.Logging;

namespace DirectUpload;

/// <summary>The first of the six steps: rules, quota, record, grant, in this order. A grant never leaves without its record.</summary>
internal sealed class UploadRequests(
    IUploadRecordStore store, UploadBuckets buckets, ProfileCatalog profiles, UploadAuthorizers authorizers, UploadQuota quota, UploadKeys keys, UploadInstructionsIssuer instructions, InPlaceParts inPlaceParts, UploadMetrics metrics, TimeProvider clock, ILogger<UploadRequests> logger)
{
    private static readonly UploadError Taken = new(UploadErrorReason.Conflict, "There is an upload with this id already.");

    /// <param name="request">What the client wants.</param>
    /// <param name="caller">Who wants it.</param>
    /// <param name="id">What the upload is to be called; null mints a new id.</param>
    /// <param name="authorized">What authorizers have said already; null asks them.</param>
    /// <param name="redirect">Where a form without script leads to; null for every other upload.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="writeToken">The write token of the new upload; null mints one.</param>
    public async Task<UploadResult<UploadGrant>> GrantAsync(UploadRequest request, UploadCaller caller, UploadId? id, UploadLimits? authorized, Uri? redirect, CancellationToken cancellationToken, UploadToken? writeToken = null)
    {
        // What nobody has configured is no name for a tag.
        var profile = profiles.TryGet(request.Profile, out var known) ? known.Name : null;
        using var activity = UploadActivities.Start("Request", id, profile);
        try
        {
            var granted = await DecideAsync(request, caller, id, authorized, redirect, writeToken, cancellationToken).ConfigureAwait(false);
            metrics.Requested(profile, granted.Error?.Reason);
            if (granted.Succeeded)
                metrics.Granted(granted.Value.Record, granted.Value.Instructions.Method);
            else
                activity.Refused(granted.Error.Reason);
            activity.Ended(granted.Value?.Record);
            return granted;
        }
        catch (Exception outage)
        {
            activity.Failed(outage);
            throw;
        }
    }

    private async Task<UploadResult<UploadGrant>> DecideAsync(
        UploadRequest request, UploadCaller caller, UploadId? id, UploadLimits? authorized, Uri? redirect, UploadToken? writeToken, CancellationToken cancellationToken)
    {
        if (FindOwnerFault(caller) is { } ownerless)
            return ownerless;
        if (!profiles.TryGet(request.Profile, out var profile))
            return Unknown(request);

        if (ProfileRules.Check(profile, request, out var claims) is { } refused)
            return refused;
        var limits = authorized;
        if (limits is null)
        {
            (limits, var forbidden) = await authorizers.AskAsync(profile, claims, caller, cancellationToken).ConfigureAwait(false);
            if (forbidden is not null)
                return forbidden;
        }

        profile = profile.Within(limits);
        if (ProfileRules.CheckLimits(profile, limits, claims) is { } tooMuch)
            return tooMuch;
        if (ProfileRules.CheckAssociation(profile, claims, limits.Association, caller.MayAssociate, out var association) is { } unapproved)
            return unapproved;
        claims = claims with { Association = association };
        var now = clock.GetUtcNow();
        if (await quota.CheckAsync(profile, caller.Owner, new PendingUploads(1, SizeOf(profile, claims)), now, cancellationToken).ConfigureAwait(false) is { } exceeded)
            return exceeded;

        // Parts are safe in place only where the server refuses them after completion; elsewhere the upload is promoted.
        if (profile.Finalisation == Finalisation.InPlace && PartSizes.For(profile, claims) is not null
            && !await inPlaceParts.AreSafeAsync(keys.BucketOf(profile), cancellationToken).ConfigureAwait(false))
        {
            profile.Finalisation = Finalisation.Promote;
        }

        var minted = UploadCapabilities.New(now);
        minted = minted with { Id = id ?? minted.Id, WriteToken = writeToken ?? minted.WriteToken };
        var record = NewRecord(profile, claims, caller, minted, now);
        // One in parts can only be signed once storage has begun it, and that is for the record to know first: what nobody knows of, nobody aborts.
        var granted = record.Parts is null ? await instructions.IssueAsync(record, profile, cancellationToken, redirect).ConfigureAwait(false) : null;
        var expiresAt = granted?.ExpiresAt ?? record.GrantExpiresAt;
        record = record with { GrantExpiresAt = expiresAt, DueAt = expiresAt + UploadRemoval.SlowUpload };
        try
        {
            record = await store.AddAsync(record, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException) when (id is not null)
        {
            return Taken;
        }

        // Looked at again now that it counts: of two requests that both saw the last free place, none slips through.
        if (await quota.CheckAsync(profile, caller.Owner, default, now, cancellationToken).ConfigureAwait(false) is { } raced)
        {
            await store.DeleteAsync(record.Id, cancellationToken).ConfigureAwait(false);
            return raced;
        }

        if (granted is null)
        {
            record = await BeginAsync(record, profile, cancellationToken).ConfigureAwait(false);
            granted = await instructions.IssueAsync(record, profile, cancellationToken).ConfigureAwait(false);
        }

        logger.Requested(record.Id, record.Profile, record.ClaimedSize, record.Owner);
        return new UploadGrant(record, minted.WriteToken, minted.ReadToken, granted);
    }

    /// <summary>What authorizers say of a request whose type and size may still be unknown.</summary>
    public async Task<UploadResult<UploadLimits>> AuthorizeAsync(UploadRequest request, UploadCaller caller, CancellationToken cancellationToken)
    {
        if (FindOwnerFault(caller) is { } ownerless)
            return ownerless;
        if (!profiles.TryGet(request.Profile, out var profile))
            return Unknown(request);
        var (limits, forbidden) = await authorizers.AskAsync(profile, request, caller, cancellationToken).ConfigureAwait(false);
        return forbidden is null ? limits : forbidden;
    }

    private UploadError? FindOwnerFault(UploadCaller caller)
    {
        if (caller.FindOwnerFault() is not { } fault)
            return null;
        logger.OwnerRefused(fault.Detail);
        return fault;
    }

    private UploadError Unknown(UploadRequest request) => new(
        UploadErrorReason.UnknownProfile, $"There is no profile {Quoted.Text(request.Profile)}; there are: {string.Join(", ", profiles.Names)}.");

    private async Task<UploadRecord> BeginAsync(UploadRecord record, UploadProfile profile, CancellationToken cancellationToken)
    {
        try
        {
            var settings = record.StagingKey == record.FinalKey ? Disposition.Settings(record, profile) : profile.StagingSettings();
            var multipartId = await buckets.Get(record.Bucket).BeginAsync(record.StagingKey, record.ContentType, settings, record.Parts!.Checksums, cancellationToken).ConfigureAwait(false);
            return await store.TryUpdateAsync(record with { Parts = record.Parts with { MultipartId = multipartId } }, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"Upload {record.Id} was ended by the application before it was granted.");
        }
        catch
        {
            await TryAbortAsync(record).ConfigureAwait(false);
            throw;
        }
    }

    // Its client will never hear of it: it is over now, or else when its time is, and what storage may have begun is swept away by the worker.
    private async Task TryAbortAsync(UploadRecord record)
    {
        var now = clock.GetUtcNow();
        try
        {
            await store.TryUpdateAsync(record.MovedTo(UploadStatus.Aborted, now) with { DueAt = now }, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception outage)
        {
            logger.NotWithdrawn(outage, record.Id);
        }
    }

    private static long SizeOf(UploadProfile profile, UploadRequest claims) =>
        claims.Size ?? (PartSizes.For(profile, claims) is null ? Math.Min(profile.MaxSize, SizeLimits.SingleUpload) : profile.MaxSize);

    private UploadRecord NewRecord(UploadProfile profile, UploadRequest claims, UploadCaller caller, UploadCapabilities minted, DateTimeOffset now)
    {
        var (bucket, stagingKey, finalKey) = keys.For(profile, caller.Owner, minted.Id, claims.FileName, now, claims.SecretStagingKey);
        return new UploadRecord
        {
            Id = minted.Id,
            Profile = profile.Name,
            FileName = claims.FileName,
            ContentType = claims.ContentType,
            ClaimedSize = SizeOf(profile, claims),
            SizeIsOpen = claims.Size is null,
            ChecksumSha256 = claims.ChecksumSha256,
            Bucket = bucket,
            StagingKey = stagingKey,
            FinalKey = finalKey,
            Status = UploadStatus.Requested,
            Parts = PartSizes.For(profile, claims),
            Owner = caller.Owner,
            Association = claims.Association,
            RequiredProcessors = profile.RequiredNames(),
            WriteTokenHash = minted.WriteToken.Hash(),
            ReadTokenHash = minted.ReadToken.Hash(),
            ReadTokenExpiresAt = now + profile.ReadTokenLifetime,
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
