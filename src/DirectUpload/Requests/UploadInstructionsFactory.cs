using System.Collections.Concurrent;
using DirectUpload.Diagnostics;
using DirectUpload.Presigning;
using DirectUpload.Profiles;
using DirectUpload.Stores;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Requests;

/// <summary>Creates signed upload instructions that allow exactly the record's object, size and content type.</summary>
internal sealed class UploadInstructionsFactory(
    IPresignedUploadIssuer issuer, PartSigner parts, ILogger<UploadInstructionsFactory> logger)
{
    /// <summary>Specifies how many parts are signed with the grant: more than clients usually send concurrently.</summary>
    private const int MaxInitialParts = 20;

    private readonly ConcurrentDictionary<string, bool> _warnedProfiles = new(StringComparer.Ordinal);

    /// <summary>Creates the instructions for an upload.</summary>
    /// <param name="record">The record; storage must have begun its multipart upload, if it has one.</param>
    /// <param name="profile">The profile of the upload.</param>
    /// <param name="now">The current time.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="redirect">The URL to which storage redirects the browser after a form upload; null for no redirect.</param>
    /// <param name="lifetime">The lifetime of the URLs; null for the profile's UploadUrlLifetime.</param>
    /// <returns>The instructions.</returns>
    public async ValueTask<UploadInstructions> CreateAsync(
        UploadRecord record, UploadProfile profile, DateTimeOffset now, CancellationToken cancellationToken, Uri? redirect = null,
        TimeSpan? lifetime = null)
    {
        var duration = lifetime ?? profile.UploadUrlLifetime;
        var requestedExpiry = now + duration;
        UploadInstructions granted;
        if (record.Parts is { MultipartId: not null } inParts)
            granted = await SignPartsAsync(record, inParts, profile, duration, requestedExpiry, cancellationToken).ConfigureAwait(false);
        else if (profile.UploadMethod == UploadMethod.Post)
            granted = await SignFormAsync(record, profile, redirect, duration, cancellationToken).ConfigureAwait(false);
        else
            granted = Describe(await issuer.PresignAsync(
                CreatePut(record, profile, duration), cancellationToken).ConfigureAwait(false), record, profile);
        // Signatures have a resolution of one second.
        if (requestedExpiry - granted.ExpiresAt > TimeSpan.FromSeconds(2) && _warnedProfiles.TryAdd(profile.Name, true))
            logger.UploadUrlLifetimeReduced(profile.Name, profile.UploadUrlLifetime, granted.ExpiresAt);
        return granted;
    }

    private async ValueTask<UploadInstructions> SignPartsAsync(
        UploadRecord record, UploadParts inParts, UploadProfile profile, TimeSpan lifetime, DateTimeOffset requestedExpiry,
        CancellationToken cancellationToken)
    {
        var count = inParts.PartSize == 0 ? 0 : inParts.GetPartCount(record.DeclaredSize);
        // A part with a checksum can be signed only when its checksum is known.
        var signed = inParts.RequiresChecksums ? 0 : Math.Min(count, MaxInitialParts);
        var first = await parts.SignAsync(
            record, [.. Enumerable.Range(1, signed)], null, lifetime, cancellationToken).ConfigureAwait(false);
        return new UploadInstructions
        {
            Method = UploadMethod.Multipart,
            ExpiresAt = first.Select(part => part.ExpiresAt).Append(requestedExpiry).Min(),
            PartSize = inParts.PartSize,
            PartCount = count,
            Parts = first,
            RequiresPartChecksums = inParts.RequiresChecksums,
            RequiresChecksum = RequiresChecksum(record, profile),
            Key = record.StagingKey,
            MultipartUploadId = inParts.MultipartId,
        };
    }

    private async ValueTask<UploadInstructions> SignFormAsync(
        UploadRecord record, UploadProfile profile, Uri? redirect, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var post = await issuer.PresignPostAsync(
            new PostPolicyRequest
            {
                Bucket = record.Bucket,
                Key = record.StagingKey,
                MinLength = record.IsSizeUnknown ? Math.Min(profile.MinSize, record.DeclaredSize) : record.DeclaredSize,
                MaxLength = record.DeclaredSize,
                ContentType = record.SentContentType,
                ChecksumSha256 = record.ChecksumSha256,
                Settings = profile.GetStagingSettings(),
                // Uppy needs the response body of status 201, which contains the object's location.
                SuccessStatus = 201,
                SuccessRedirect = redirect?.AbsoluteUri,
                Lifetime = lifetime,
            },
            cancellationToken).ConfigureAwait(false);
        return new UploadInstructions
        {
            Method = UploadMethod.Post,
            Url = post.Url,
            Fields = post.Fields,
            ExpiresAt = post.ExpiresAt,
            RequiresChecksum = RequiresChecksum(record, profile),
            Key = record.StagingKey,
        };
    }

    private static PutUrlRequest CreatePut(UploadRecord record, UploadProfile profile, TimeSpan lifetime)
    {
        // A staging object may be written again after a broken connection; the served object must not be overwritten.
        var isInPlace = record.StagingKey == record.FinalKey;
        return new PutUrlRequest
        {
            Bucket = record.Bucket,
            Key = record.StagingKey,
            ContentType = record.SentContentType,
            ContentLength = record.DeclaredSize,
            ChecksumSha256 = record.ChecksumSha256,
            Settings = isInPlace ? ContentDisposition.CreateObjectSettings(record, profile) : profile.GetStagingSettings(),
            OnlyIfNew = isInPlace,
            Lifetime = lifetime,
        };
    }

    private static UploadInstructions Describe(PresignedUrl put, UploadRecord record, UploadProfile profile) => new()
    {
        Method = UploadMethod.Put,
        Url = put.Url,
        Headers = put.Headers,
        ExpiresAt = put.ExpiresAt,
        RequiresChecksum = RequiresChecksum(record, profile),
        Key = record.StagingKey,
    };

    private static bool RequiresChecksum(UploadRecord record, UploadProfile profile) =>
        profile.RequireIntegrity != IntegrityRequirement.None && !record.HasStatedChecksum;
}
