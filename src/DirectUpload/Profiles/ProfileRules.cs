using System.Globalization;
using DirectUpload.Uploads;

namespace DirectUpload.Profiles;

/// <summary>Holds a request's claims to its profile.</summary>
internal static class ProfileRules
{
    /// <summary>The request with its type and name normalised, or why it is refused.</summary>
    public static UploadError? Check(UploadProfile profile, UploadRequest request, out UploadRequest normalised)
    {
        normalised = request;
        if (RequestShape.Check(request) is { } malformed)
            return malformed;
        if (!MediaType.TryNormalise(request.ContentType, out var contentType))
            return Invalid($"The content type {Quoted.Text(request.ContentType)} is not a media type such as \"image/png\".");
        normalised = request with { ContentType = contentType };

        return CheckMethod(profile, request)
            ?? CheckRequired(profile, request)
            ?? CheckType(profile, normalised)
            ?? CheckOpen(profile, request)
            ?? CheckSize(profile, request.Size)
            ?? CheckPieces(profile, request);
    }

    /// <summary>Holds a request to limits that came on top of its profile, which has been narrowed by them.</summary>
    public static UploadError? CheckLimits(UploadProfile narrowed, UploadLimits limits, UploadRequest request)
    {
        if (limits.ContentTypes is { } types && !types.Any(pattern => MediaType.Matches(pattern, request.ContentType)))
            return new(UploadErrorReason.TypeNotAllowed, $"The content type {Quoted.Text(request.ContentType)} is not taken from this user; allowed: {string.Join(", ", types)}.");
        return CheckSize(narrowed, request.Size);
    }

    /// <summary>The association that the record will have, or why the request is refused. Asked after authorizers: they may approve, replace or add one.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="request">The request; its association is only a claim.</param>
    /// <param name="approved">What the application has approved.</param>
    /// <param name="callerMayAssociate">Whether the application vouches for the caller's claim.</param>
    /// <param name="association">What is recorded.</param>
    public static UploadError? CheckAssociation(UploadProfile profile, UploadRequest request, UploadAssociation? approved, bool callerMayAssociate, out UploadAssociation? association)
    {
        association = approved ?? request.Association;
        if (association is null)
        {
            return profile.RequireAssociation
                ? Invalid($"The profile \"{profile.Name}\" needs an association: what the upload is attached to, as {{type, id}}.")
                : null;
        }

        if (RequestShape.CheckAssociation(association) is { } malformed)
            return malformed;
        return approved is not null || callerMayAssociate || profile.ClientsMayAssociate
            ? null
            : new(UploadErrorReason.NotAuthorized,
                $"The application has not approved the association {Quoted.Text(association.Type)} {Quoted.Text(association.Id)}. Its developer approves it in an authorizer (UploadAuthorization.Allow.WithAssociation), "
                + $"or sets ClientsMayAssociate for the profile \"{profile.Name}\".");
    }

    private static UploadError? CheckMethod(UploadProfile profile, UploadRequest request)
    {
        if (request.Method is null || request.Method == profile.Method)
            return null;
        // Who can cut a file may do so below the limit, too.
        if (request.Method == UploadMethod.Multipart && profile.MultipartAbove is not null)
            return null;
        return Invalid($"The profile \"{profile.Name}\" uploads by {profile.Method.ToString().ToUpperInvariant()}; leave the method out.");
    }

    // What a PUT signs is the exact size; a policy, and we when parts are put together, hold to a range.
    private static UploadError? CheckOpen(UploadProfile profile, UploadRequest request) =>
        request.Size is null && (request.Method ?? profile.Method) == UploadMethod.Put ? Invalid("The size is missing: the file's length in bytes.") : null;

    private static UploadError? CheckPieces(UploadProfile profile, UploadRequest request) =>
        request.Size > SizeLimits.SingleUpload && PartSizes.For(profile, request) is null
            ? new(UploadErrorReason.TooLarge, $"The file has {Bytes(request.Size!.Value)}; in one piece at most {Bytes(SizeLimits.SingleUpload)} can be sent. Ask for the method multipart.")
            : null;

    private static UploadError? CheckRequired(UploadProfile profile, UploadRequest request)
    {
        if (profile.RequireChecksum && request.ChecksumSha256 is null)
            return Invalid($"The profile \"{profile.Name}\" needs checksumSha256: the SHA-256 of the bytes as base64.");
        return null;
    }

    private static UploadError? CheckType(UploadProfile profile, UploadRequest request)
    {
        if (!profile.ContentTypes.Any(pattern => MediaType.Matches(pattern, request.ContentType)))
        {
            return new(UploadErrorReason.TypeNotAllowed,
                $"The content type {Quoted.Text(request.ContentType)} is not taken here; allowed: {string.Join(", ", profile.ContentTypes)}.");
        }

        var extension = Path.GetExtension(request.FileName);
        if (profile.Extensions.Count > 0 && !profile.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
        {
            return new(UploadErrorReason.TypeNotAllowed,
                $"The file extension {Quoted.Text(extension)} is not taken here; allowed: {string.Join(", ", profile.Extensions)}.");
        }

        return null;
    }

    private static UploadError? CheckSize(UploadProfile profile, long? size)
    {
        if (size > profile.MaxSize)
            return new(UploadErrorReason.TooLarge, $"The file has {Bytes(size.Value)}; at most {Bytes(profile.MaxSize)} are taken here.");
        if (size < profile.MinSize)
            return new(UploadErrorReason.TooSmall, $"The file has {Bytes(size.Value)}; at least {Bytes(profile.MinSize)} are needed here.");
        return null;
    }

    private static UploadError Invalid(string detail) => new(UploadErrorReason.InvalidRequest, detail);

    private static string Bytes(long count) => count.ToString("N0", CultureInfo.InvariantCulture) + " bytes";
}
