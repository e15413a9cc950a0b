using System.Text;
using DirectUpload.Presigning.Checks;
using DirectUpload.Primitives;

namespace DirectUpload.Presigning;

/// <summary>Validates a <see cref="PostPolicyRequest"/> and creates the signed form.</summary>
internal static class PostPolicy
{
    // Sufficient except for long session tokens and much metadata.
    private const int DefaultDocumentSize = 1024;

    public static PresignedPost Sign(PostPolicyRequest request, SigningContext context)
    {
        using var document = new PostPolicyDocument(stackalloc byte[DefaultDocumentSize], context);
        if (request.Key is { } key)
            document.AddExactMatch(PolicyField.Key, key);
        else
            document.AddStartsWith(PolicyField.Key, request.KeyPrefix!, request.KeyPrefix + "${filename}");
        if (request.ContentTypePrefix is { } prefix)
            document.AddStartsWith(PolicyField.ContentType, prefix, prefix);
        else
            document.AddExactMatch(PolicyField.ContentType, request.ContentType);
        document.AddContentLengthRange(request.MinLength, request.MaxLength);
        document.AddSettings(request.Settings);
        if (request.ChecksumSha256 is not null)
            document.AddExactMatch(PolicyField.ChecksumAlgorithm, "SHA256");
        document.AddExactMatch(PolicyField.ChecksumSha256, request.ChecksumSha256);
        if (request.SuccessRedirect is { } redirect)
            document.AddExactMatch(PolicyField.SuccessRedirect, redirect);
        else
            document.AddExactMatch(PolicyField.SuccessStatus, FormatStatus(request.SuccessStatus));

        document.Sign(context);
        return new PresignedPost(context.Target.FormUrl, document.Fields, context.ExpiresAt);
    }

    private static string FormatStatus(int status) => status switch
    {
        200 => "200",
        201 => "201",
        _ => "204",
    };

    /// <exception cref="ArgumentException">The request is contradictory or exceeds a limit of S3; the message names the value.</exception>
    public static void Validate(PostPolicyRequest request)
    {
        if (request.Key is null == request.KeyPrefix is null)
            throw new ArgumentException("Set exactly one of Key and KeyPrefix.", nameof(request));
        if (request.ContentType is not null && request.ContentTypePrefix is not null)
            throw new ArgumentException("Set ContentType or ContentTypePrefix, not both.", nameof(request));
        if (request.MinLength < 0 || request.MaxLength < request.MinLength || request.MaxLength > S3Limits.MaxSinglePutSize)
        {
            throw new ArgumentException(
                $"The size range {request.MinLength} to {request.MaxLength} must be within 0 and {S3Limits.MaxSinglePutSize} bytes "
                + "(5 GiB).",
                nameof(request));
        }

        if (request.SuccessStatus is not (200 or 201 or 204))
            throw new ArgumentException($"SuccessStatus is {request.SuccessStatus}; S3 supports 200, 201 and 204.", nameof(request));
        var key = request.Key ?? request.KeyPrefix!;
        if (request.Key is not null || key.Length > 0)
            ObjectKey.Validate(key);
        if (request.KeyPrefix is not null && Encoding.UTF8.GetByteCount(key) >= ObjectKey.MaxBytes)
        {
            throw new ArgumentException(
                $"KeyPrefix has {Encoding.UTF8.GetByteCount(key)} bytes; keys have at most {ObjectKey.MaxBytes}, "
                + "so none are left for the file's name. Shorten it.",
                nameof(request));
        }

        // S3 parses a dollar sign in the key of a policy as the start of a variable.
        if (key.Contains('$', StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"The key \"{key}\" contains a '$', which a POST policy cannot express. Use a presigned PUT.", nameof(request));
        }

        ValidateValues(request);
    }

    private static void ValidateValues(PostPolicyRequest request)
    {
        ObjectSettingsCheck.ThrowIfInvalid(request.Settings);
        HeaderText.ThrowIfError(HeaderText.FindError(nameof(request.ContentType), request.ContentType));
        // An empty prefix allows any type.
        if (request.ContentTypePrefix is { Length: > 0 } prefix)
            HeaderText.ThrowIfError(HeaderText.FindError(nameof(request.ContentTypePrefix), prefix));
        if (request.SuccessRedirect is { } redirect
            && !(Uri.TryCreate(redirect, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            throw new ArgumentException(
                $"SuccessRedirect is {DisplayText.Quote(redirect)}; S3 ignores a redirect that is not an absolute http or https URL. "
                + "Set one.");
        }

        HeaderText.ThrowIfError(HeaderText.FindError(nameof(request.SuccessRedirect), request.SuccessRedirect));
        PostFormCheck.ThrowIfFileNameVariable(nameof(request.ContentType), request.ContentType);
        PostFormCheck.ThrowIfFileNameVariable(nameof(request.ContentTypePrefix), request.ContentTypePrefix);
        PostFormCheck.ThrowIfFileNameVariable(nameof(request.SuccessRedirect), request.SuccessRedirect);
        if (SignedHeaders.CountHeaders(request.Settings) > 0)
            PostFormCheck.ThrowIfFileNameVariable(request.Settings);
    }
}
