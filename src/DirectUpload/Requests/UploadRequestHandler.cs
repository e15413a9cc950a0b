using System.Collections.ObjectModel;
using DirectUpload.Diagnostics;
using DirectUpload.Lifecycle;
using DirectUpload.Primitives;
using DirectUpload.Profiles;
using DirectUpload.Storage;
using DirectUpload.Stores;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Requests;

/// <summary>Handles upload requests: checks the rules and the quota, stores the record, and returns the grant.</summary>
/// <remarks>A grant is returned only after its record was stored.</remarks>
internal sealed class UploadRequestHandler(
    RecordUpdater records, UploadBuckets buckets, RequestRules rules, UploadPlacement placement, UploadInstructionsFactory instructions,
    UploadMetrics metrics, ILogger<UploadRequestHandler> logger)
{
    /// <summary>Grants an upload.</summary>
    /// <param name="request">The request.</param>
    /// <param name="caller">The caller on whose behalf the upload is requested.</param>
    /// <param name="id">The id of the new upload; null creates one.</param>
    /// <param name="authorized">The limits of an authorization that was made before; null calls the authorizers.</param>
    /// <param name="redirect">The URL to which storage redirects the browser after a form upload; null for no redirect.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="writeToken">The write token of the new upload; null creates one.</param>
    /// <returns>The grant, or the reason of the refusal.</returns>
    public Task<UploadResult<UploadGrant>> GrantAsync(
        UploadRequest request, UploadCaller caller, UploadId? id, UploadAuthorization? authorized, Uri? redirect,
        CancellationToken cancellationToken, UploadToken? writeToken = null) => ReportAsync(
        new GrantCall(request, caller, id, authorized, redirect, writeToken, IsSentByClient: true), cancellationToken);

    /// <summary>Grants an upload whose content the application sends itself, in one PUT request.</summary>
    public Task<UploadResult<UploadGrant>> GrantContentAsync(
        UploadRequest request, UploadCaller caller, CancellationToken cancellationToken) => ReportAsync(
        new GrantCall(request, caller, Id: null, Authorized: null, Redirect: null, WriteToken: null, IsSentByClient: false),
        cancellationToken);

    /// <summary>Checks a request before the content that the application has for it is read.</summary>
    /// <param name="request">The request; its size may be unknown.</param>
    /// <param name="caller">The caller on whose behalf the upload is requested.</param>
    /// <param name="profile">The rules for the content; its maximum size is at most that of one PUT request.</param>
    /// <returns>Why the request is refused; null if it depends on the content.</returns>
    public UploadError? FindContentError(UploadRequest request, UploadCaller caller, out UploadProfile profile)
    {
        profile = new UploadProfile();
        var isKnown = rules.Profiles.TryGet(request.Profile, out var known);
        var error = FindOwnerError(caller);
        if (error is null && isKnown)
            (profile, error) = CheckContent(known!, request);
        else
            error ??= UnknownProfile(request);
        if (error is not null)
            metrics.RecordRequest(known?.Name, error.Code);
        return error;
    }

    private static (UploadProfile Profile, UploadError? Error) CheckContent(UploadProfile known, UploadRequest request)
    {
        var profile = known.WithSinglePut(request.Size ?? 0);
        if (request.Size > S3Limits.MaxSinglePutSize && request.Size <= profile.MaxSize)
        {
            return (profile, new UploadError(
                UploadErrorCodes.TooLarge,
                "The application can store at most 5 GiB in one call. Upload a larger file in parts, as a client (DirectUpload.Client)."));
        }

        // The library computes a missing checksum.
        var relaxed = profile.WithSinglePut(0);
        relaxed.RequireChecksum = false;
        var error = ProfileRules.Check(relaxed, request with { Size = request.Size ?? profile.MinSize }, out _);
        profile.MaxSize = Math.Min(profile.MaxSize, S3Limits.MaxSinglePutSize);
        return (profile, error);
    }

    private async Task<UploadResult<UploadGrant>> ReportAsync(GrantCall call, CancellationToken cancellationToken)
    {
        // Tags hold names of configured profiles only, never names that a client sent.
        var profile = rules.Profiles.TryGet(call.Request.Profile, out var known) ? known.Name : null;
        using var activity = UploadActivities.Start("Request", call.Id, profile);
        try
        {
            var granted = await CreateGrantAsync(call, cancellationToken).ConfigureAwait(false);
            metrics.RecordRequest(profile, granted.Error?.Code);
            if (granted.Succeeded)
                metrics.RecordGrant(granted.Value.Record, granted.Value.Instructions.Method);
            else
                activity.SetRefusal(granted.Error.Code);
            activity.SetOutcome(granted.Value?.Record);
            return granted;
        }
        catch (Exception exception)
        {
            activity.SetException(exception);
            throw;
        }
    }

    private async ValueTask<UploadResult<UploadGrant>> CreateGrantAsync(GrantCall call, CancellationToken cancellationToken)
    {
        var (request, caller, id) = (call.Request, call.Caller, call.Id);
        if (FindOwnerError(caller) is { } ownerless)
            return ownerless;
        if (!rules.Profiles.TryGet(request.Profile, out var profile))
            return UnknownProfile(request);
        if (!call.IsSentByClient)
            profile = profile.WithSinglePut(request.Size ?? 0);

        if (ProfileRules.Check(profile, request, out var declared) is { } refused)
            return refused;
        var limits = call.Authorized;
        if (limits is null)
        {
            (limits, var forbidden) = await rules.Authorizers.AuthorizeAsync(
                profile, declared, caller, cancellationToken).ConfigureAwait(false);
            if (forbidden is not null)
                return forbidden;
        }

        profile = profile.WithLimits(limits);
        if (ProfileRules.CheckLimits(profile, limits, declared) is { } tooMuch)
            return tooMuch;
        if (ProfileRules.CheckAssociation(
            profile, declared, limits.Association, caller.MayAssociate, out var association) is { } unapproved)
            return unapproved;
        if (association != declared.Association)
            declared = declared with { Association = association };
        // Parts are safe in place only where the server refuses them after completion; elsewhere the upload is promoted.
        if (profile.FinalizeInPlace && PartLayout.Create(profile, declared) is not null
            && !await placement.InPlaceParts.ArePartsProtectedAsync(
                placement.Keys.GetBucketName(profile), cancellationToken).ConfigureAwait(false))
        {
            profile = profile.WithPromotion();
        }

        var now = records.Clock.GetUtcNow();
        var credentials = UploadCredentials.Create(now);
        credentials = credentials with { Id = id ?? credentials.Id, WriteToken = call.WriteToken ?? credentials.WriteToken };
        var record = CreateRecord(profile, declared, limits, caller, credentials, now);
        // Parts can be signed only after storage has begun the multipart upload. The record is stored first, so that the worker can abort
        // it.
        var granted = record.Parts is null
            ? await instructions.CreateAsync(record, profile, now, cancellationToken, call.Redirect).ConfigureAwait(false)
            : null;
        var expiresAt = granted?.ExpiresAt ?? record.GrantExpiresAt;
        var (added, refusal) = await rules.Quota.AddAsync(
            profile, UploadLifecycle.Begin(record, expiresAt), mayExist: id is not null, cancellationToken).ConfigureAwait(false);
        if (added is null)
            return refusal!;
        record = added;
        if (granted is null)
        {
            record = await CreateMultipartUploadAsync(record, profile, cancellationToken).ConfigureAwait(false);
            granted = await instructions.CreateAsync(record, profile, now, cancellationToken).ConfigureAwait(false);
        }

        logger.UploadRequested(record.Id, record.Profile, record.DeclaredSize);
        if (record.Owner is { } owner)
            logger.UploadOwnerAssigned(record.Id, owner);
        return new UploadGrant(Upload.From(record), credentials.WriteToken, credentials.ReadToken, granted);
    }

    /// <summary>Calls the authorizers for a request whose content type and size may still be unknown.</summary>
    public async Task<UploadResult<UploadAuthorization>> AuthorizeAsync(
        UploadRequest request, UploadCaller caller, CancellationToken cancellationToken)
    {
        if (FindOwnerError(caller) is { } ownerless)
            return ownerless;
        if (!rules.Profiles.TryGet(request.Profile, out var profile))
            return UnknownProfile(request);
        var (limits, forbidden) = await rules.Authorizers.AuthorizeAsync(profile, request, caller, cancellationToken).ConfigureAwait(false);
        return forbidden is null ? limits : forbidden;
    }

    private UploadError? FindOwnerError(UploadCaller caller)
    {
        if (caller.FindOwnerError() is not { } fault)
            return null;
        logger.OwnerRejected(fault.Message);
        return fault;
    }

    private UploadError UnknownProfile(UploadRequest request) => new(
        UploadErrorCodes.UnknownProfile, $"There is no profile {DisplayText.Quote(request.Profile)}; {rules.Profiles.Describe()}.");

    private async Task<UploadRecord> CreateMultipartUploadAsync(
        UploadRecord record, UploadProfile profile, CancellationToken cancellationToken)
    {
        try
        {
            var settings = record.StagingKey == record.FinalKey
                ? ContentDisposition.CreateObjectSettings(record, profile)
                : profile.GetStagingSettings();
            var multipartId = await buckets.Get(record.Bucket).CreateMultipartUploadAsync(
                record.StagingKey, record.SentContentType, settings, record.Parts!.RequiresChecksums,
                cancellationToken).ConfigureAwait(false);
            return await records.TryUpdateAsync(
                record, new UploadEvent.MultipartBegun(multipartId), cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"The application ended upload {record.Id} before it was granted.");
        }
        catch
        {
            await TryAbortAsync(record).ConfigureAwait(false);
            throw;
        }
    }

    // The client never receives this grant. If the abort fails, the upload expires with its grant, and the worker deletes its objects.
    private async Task TryAbortAsync(UploadRecord record)
    {
        try
        {
            await records.TryUpdateAsync(record, new UploadEvent.Aborted(Reason: null), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception unavailable)
        {
            logger.GrantWithdrawalFailed(unavailable, record.Id);
        }
    }

    private static long GetDeclaredSize(UploadProfile profile, UploadRequest declared) =>
        declared.Size
        ?? (PartLayout.Create(profile, declared) is null ? Math.Min(profile.MaxSize, S3Limits.MaxSinglePutSize) : profile.MaxSize);

    private UploadRecord CreateRecord(
        UploadProfile profile, UploadRequest declared, UploadAuthorization limits, UploadCaller caller, UploadCredentials credentials,
        DateTimeOffset now)
    {
        var (bucket, stagingKey, finalKey) = placement.Keys.Create(
            profile, caller.Owner, credentials.Id, declared.FileName, now, declared.UseSecretStagingKey);
        return new UploadRecord
        {
            Version = 1,
            Id = credentials.Id,
            Profile = profile.Name,
            FileName = declared.FileName,
            ContentType = MediaTypes.Canonicalize(declared.ContentType),
            DeclaredContentType = declared.ContentType,
            AllowedContentTypes = limits.ContentTypes ?? [],
            DeclaredSize = GetDeclaredSize(profile, declared),
            IsSizeUnknown = declared.Size is null,
            ChecksumSha256 = declared.ChecksumSha256,
            ChecksumCrc64Nvme = declared.ChecksumCrc64Nvme,
            Bucket = bucket,
            StagingKey = stagingKey,
            FinalKey = finalKey,
            Parts = PartLayout.Create(profile, declared),
            Owner = caller.Owner,
            Association = declared.Association,
            RequiredProcessors = profile.GetRequiredProcessorNames(),
            WriteTokenHash = credentials.WriteToken.Hash(),
            ReadTokenHash = credentials.ReadToken.Hash(),
            ReadTokenExpiresAt = now + profile.ReadTokenLifetime,
            Metadata = declared.Metadata is null
                ? ReadOnlyDictionary<string, string>.Empty
                : new Dictionary<string, string>(declared.Metadata),
            Actor = caller.Actor ?? caller.Owner,
            RemoteAddress = caller.RemoteAddress,
            UserAgent = caller.UserAgent,
            Transitions = [new UploadTransition(UploadStatus.Requested, now)],
            CreatedAt = now,
            UpdatedAt = now,
            GrantExpiresAt = now + profile.UploadUrlLifetime,
        };
    }

    /// <summary>Holds the arguments of a call.</summary>
    private readonly record struct GrantCall(
        UploadRequest Request, UploadCaller Caller, UploadId? Id, UploadAuthorization? Authorized, Uri? Redirect, UploadToken? WriteToken,
        bool IsSentByClient);
}
