using System.Globalization;
using DirectUpload.Primitives;

namespace DirectUpload.Profiles;

/// <summary>Checks a request against the rules of its profile.</summary>
internal static class ProfileRules
{
    /// <summary>Checks a request and normalizes its content type; a missing one becomes the generic type.</summary>
    /// <returns>The error; null when the profile allows the request.</returns>
    public static UploadError? Check(UploadProfile profile, UploadRequest request, out UploadRequest normalized)
    {
        normalized = request;
        if (RequestValidator.Validate(request) is { } malformed)
            return malformed;
        var contentType = MediaTypeTable.Generic;
        if (!string.IsNullOrWhiteSpace(request.ContentType) && !MediaType.TryNormalize(request.ContentType, out contentType))
            return Invalid($"The content type {DisplayText.Quote(request.ContentType)} is not a media type such as \"image/png\".");
        if (contentType != request.ContentType)
            normalized = request with { ContentType = contentType };

        return CheckMethod(profile, request)
            ?? CheckRequired(profile, request)
            ?? CheckType(profile, normalized)
            ?? CheckUnknownSize(profile, request)
            ?? CheckSize(profile, request.Size)
            ?? CheckSingleRequestSize(profile, request);
    }

    /// <summary>Checks a request against additional limits. The profile already includes the limits on the size.</summary>
    public static UploadError? CheckLimits(UploadProfile narrowed, UploadAuthorization limits, UploadRequest request)
    {
        if (limits.ContentTypes is { } types && !DeclaredTypeRules.CanMatch(types, request.ContentType, request.FileName))
        {
            return new(UploadErrorCodes.TypeNotAllowed,
                $"The content type {DisplayText.Quote(request.ContentType)} is not allowed for this user; "
                + $"allowed: {string.Join(", ", types)}.");
        }

        return CheckSize(narrowed, request.Size);
    }

    /// <summary>Checks the association of a request, after the authorizers have approved, replaced or added one.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="request">The request with the association that the client declared.</param>
    /// <param name="approved">The association that an authorizer has approved; null when none has.</param>
    /// <param name="callerMayAssociate">Whether the application accepts the declared association without approval.</param>
    /// <param name="association">The association for the record.</param>
    /// <returns>The error; null when the association is allowed.</returns>
    public static UploadError? CheckAssociation(
        UploadProfile profile, UploadRequest request, UploadAssociation? approved, bool callerMayAssociate,
        out UploadAssociation? association)
    {
        association = approved ?? request.Association;
        if (association is null)
        {
            return profile.RequireAssociation
                ? Invalid($"The profile \"{profile.Name}\" needs an association: what the upload is attached to, as {{type, id, kind?}}.")
                : null;
        }

        if (RequestValidator.ValidateAssociation(association) is { } malformed)
            return malformed;
        return approved is not null || callerMayAssociate || profile.ClientsMayAssociate
            ? null
            : new(UploadErrorCodes.NotAuthorized,
                $"The application has not approved the association {DisplayText.Quote(association.Type)} "
                + $"{DisplayText.Quote(association.Id)}. "
                + "Its developer approves it in an authorizer (UploadAuthorization.Association), "
                + $"or sets ClientsMayAssociate for the profile \"{profile.Name}\".");
    }

    private static UploadError? CheckMethod(UploadProfile profile, UploadRequest request)
    {
        if (request.Method is null || request.Method == profile.UploadMethod)
            return null;
        // Clients may also send files below the threshold in parts.
        if (request.Method == UploadMethod.Multipart && profile.MultipartThreshold is not null)
            return null;
        return Invalid(
            $"The profile \"{profile.Name}\" uses the method {profile.UploadMethod.ToString().ToUpperInvariant()}; "
            + "omit the method from the request.");
    }

    // The signature of a PUT includes the exact size. A POST policy, and the completion of a multipart upload, check a range instead.
    private static UploadError? CheckUnknownSize(UploadProfile profile, UploadRequest request) =>
        request.Size is null && (request.Method ?? profile.UploadMethod) == UploadMethod.Put
            ? Invalid("The size is missing; send the file's length, in bytes.")
            : null;

    private static UploadError? CheckSingleRequestSize(UploadProfile profile, UploadRequest request) =>
        request.Size > S3Limits.MaxSinglePutSize && PartLayout.Create(profile, request) is null
            ? new(UploadErrorCodes.TooLarge,
                $"The file has {FormatBytes(request.Size!.Value)}; "
                + $"a single request can have at most {FormatBytes(S3Limits.MaxSinglePutSize)}. Request the method multipart.")
            : null;

    private static UploadError? CheckRequired(UploadProfile profile, UploadRequest request)
    {
        if (profile.RequireChecksum && request.ChecksumSha256 is null)
            return Invalid($"The profile \"{profile.Name}\" needs checksumSha256: the SHA-256 of the bytes as base64.");
        return null;
    }

    private static UploadError? CheckType(UploadProfile profile, UploadRequest request)
    {
        if (!DeclaredTypeRules.CanMatch(profile.ContentTypes, request.ContentType, request.FileName))
        {
            return new(UploadErrorCodes.TypeNotAllowed,
                $"The profile does not accept the content type {DisplayText.Quote(request.ContentType)}; "
                + $"allowed: {string.Join(", ", profile.ContentTypes)}.");
        }

        return profile.Extensions.Count > 0 && !profile.Extensions.Contains(
            Path.GetExtension(request.FileName), StringComparer.OrdinalIgnoreCase)
            ? new(UploadErrorCodes.TypeNotAllowed,
                $"The profile does not accept the file extension {DisplayText.Quote(Path.GetExtension(request.FileName))}; "
                + $"allowed: {string.Join(", ", profile.Extensions)}.")
            : null;
    }

    private static UploadError? CheckSize(UploadProfile profile, long? size)
    {
        if (size > profile.MaxSize)
        {
            return new(
                UploadErrorCodes.TooLarge, $"The file has {FormatBytes(size.Value)}; at most {FormatBytes(profile.MaxSize)} are allowed.");
        }

        if (size < profile.MinSize)
        {
            return new(
                UploadErrorCodes.TooSmall,
                $"The file has {FormatBytes(size.Value)}; at least {FormatBytes(profile.MinSize)} are required.");
        }

        return null;
    }

    private static UploadError Invalid(string detail) => new(UploadErrorCodes.InvalidRequest, detail);

    private static string FormatBytes(long count) => count.ToString("N0", CultureInfo.InvariantCulture) + " bytes";
}
