using System.Collections.Concurrent;
using DirectUpload.Confirmation;
using DirectUpload.Diagnostics;
using DirectUpload.Profiles;
using DirectUpload.Signing;
using DirectUpload.Uploads;
using Microsoft.Extensions.Logging;

namespace DirectUpload;

/// <summary>Signs what a record's client may do: exactly this object, this size, this type, and nothing else.</summary>
internal sealed class UploadInstructionsIssuer(
    IPresignedUploadIssuer issuer, PartSigner parts, TimeProvider clock, ILogger<UploadInstructionsIssuer> logger)
{
    /// <summary>As many parts are signed with the grant as a client is likely to send at once, and some more.</summary>
    private const int PartsAtOnce = 20;

    private static readonly Dictionary<string, string> Nothing = [];

    private readonly ConcurrentDictionary<string, bool> _cutShort = new(StringComparer.Ordinal);

    /// <param name="record">The upload; one in parts has been begun.</param>
    /// <param name="profile">Its profile.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="redirect">Where a form without script leads to once storage has taken the file; null for one that a script sends.</param>
    /// <param name="lifetime">How long it may be used; null for the profile's lifetime.</param>
    public async ValueTask<UploadInstructions> IssueAsync(
        UploadRecord record, UploadProfile profile, CancellationToken cancellationToken, Uri? redirect = null, TimeSpan? lifetime = null)
    {
        var asked = clock.GetUtcNow() + (lifetime ?? profile.Lifetime);
        var granted = await SignAsync(record, profile, redirect, lifetime ?? profile.Lifetime, cancellationToken).ConfigureAwait(false);
        // Signatures know whole seconds only.
        if (asked - granted.ExpiresAt > TimeSpan.FromSeconds(2) && _cutShort.TryAdd(profile.Name, true))
            logger.LifetimeCutShort(profile.Name, profile.Lifetime, granted.ExpiresAt);
        return granted;
    }

    private async ValueTask<UploadInstructions> SignAsync(UploadRecord record, UploadProfile profile, Uri? redirect, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        if (record.Parts is { MultipartId: not null } inParts)
        {
            var count = inParts.Size == 0 ? 0 : inParts.CountOf(record.ClaimedSize);
            // With a checksum each, none can be signed before it is known.
            var signed = inParts.Checksums ? 0 : Math.Min(count, PartsAtOnce);
            var first = await parts.SignAsync(record, [.. Enumerable.Range(1, signed)], null, lifetime, cancellationToken).ConfigureAwait(false);
            return new(UploadMethod.Multipart, string.Empty, Nothing, Nothing, first.ExpiresAt) { Multipart = new(inParts.Size, count, first.Parts, inParts.Checksums) };
        }

        if (profile.Method == UploadMethod.Post)
        {
            var post = await issuer.PresignPostAsync(
                new PostPolicyRequest
                {
                    Bucket = record.Bucket,
                    Key = record.StagingKey,
                    MinLength = record.SizeIsOpen ? Math.Min(profile.MinSize, record.ClaimedSize) : record.ClaimedSize,
                    MaxLength = record.ClaimedSize,
                    ContentType = record.ContentType,
                    ChecksumSha256 = record.ChecksumSha256,
                    Settings = profile.StagingSettings(),
                    // With a body that names what was created, which uploaders (Uppy) wait for.
                    SuccessStatus = 201,
                    SuccessRedirect = redirect?.AbsoluteUri,
                    Lifetime = lifetime,
                },
                cancellationToken).ConfigureAwait(false);
            return new(UploadMethod.Post, post.Url, Nothing, post.Fields, post.ExpiresAt);
        }

        var request = new PutUrlRequest
        {
            Bucket = record.Bucket,
            Key = record.StagingKey,
            ContentType = record.ContentType,
            ContentLength = record.ClaimedSize,
            ChecksumSha256 = record.ChecksumSha256,
            Settings = profile.StagingSettings(),
            Lifetime = lifetime,
        };
        // A staging PUT may be repeated after a broken connection; one that writes the served object must not.
        if (record.StagingKey == record.FinalKey)
            request = request with { OnlyIfNew = true, Settings = Disposition.Settings(record, profile) };

        var put = await issuer.PresignAsync(request, cancellationToken).ConfigureAwait(false);
        return new(UploadMethod.Put, put.Url, put.Headers, Nothing, put.ExpiresAt);
    }
}
