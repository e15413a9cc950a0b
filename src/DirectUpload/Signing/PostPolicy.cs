using System.Text;
using DirectUpload.Profiles;
using DirectUpload.Signing.Checks;
using DirectUpload.Uploads;

namespace DirectUpload.Signing;

/// <summary>Makes a signed form from a <see cref="PostPolicyRequest"/>.</summary>
internal static class PostPolicy
{
    // Enough for all but long tokens and much metadata.
    private const int UsualDocument = 1024;

    public static PresignedPost Sign(PostPolicyRequest request, SigningOccasion occasion)
    {
        var (target, scope) = (occasion.Target, occasion.Scope);
        using var document = new PostPolicyDocument(stackalloc byte[UsualDocument], occasion.ExpiresAt);
        document.Exactly("bucket", target.Bucket);
        if (request.Key is { } key)
            document.Exactly("key", key);
        else
            document.StartsWith("key", request.KeyPrefix!, request.KeyPrefix + "${filename}");
        if (request.ContentTypePrefix is { } prefix)
            document.StartsWith("Content-Type", prefix, prefix);
        else
            document.Exactly("Content-Type", request.ContentType);
        document.ContentLengthRange(request.MinLength, request.MaxLength);
        document.Settings(request.Settings);
        if (request.ChecksumSha256 is not null)
            document.Exactly("x-amz-checksum-algorithm", "SHA256");
        document.Exactly("x-amz-checksum-sha256", request.ChecksumSha256);
        if (request.SuccessRedirect is { } redirect)
            document.Exactly("success_action_redirect", redirect);
        else
            document.Exactly("success_action_status", StatusText(request.SuccessStatus));
        document.Exactly("x-amz-algorithm", SigV4.Algorithm);
        document.Exactly("x-amz-credential", scope.Credential);
        document.Exactly("x-amz-date", occasion.Time.Text);
        document.Exactly("x-amz-security-token", occasion.Credentials.SessionToken is { Length: > 0 } token ? token : null);

        document.Sign(scope);
        return new PresignedPost(target.FormUrl, document.Fields, occasion.ExpiresAt);
    }

    private static string StatusText(int status) => status switch
    {
        200 => "200",
        201 => "201",
        _ => "204",
    };

    /// <exception cref="ArgumentException">The request contradicts itself or S3's limits; the message says how.</exception>
    public static void Validate(PostPolicyRequest request)
    {
        if (request.Key is null == request.KeyPrefix is null)
            throw new ArgumentException("State either Key or KeyPrefix, not both and not neither.", nameof(request));
        if (request.ContentType is not null && request.ContentTypePrefix is not null)
            throw new ArgumentException("State ContentType or ContentTypePrefix, not both.", nameof(request));
        if (request.MinLength < 0 || request.MaxLength < request.MinLength || request.MaxLength > SizeLimits.SingleUpload)
        {
            throw new ArgumentException(
                $"The size range {request.MinLength} to {request.MaxLength} must lie within 0 and {SizeLimits.SingleUpload} bytes (5 GiB).", nameof(request));
        }

        if (request.SuccessStatus is not (200 or 201 or 204))
            throw new ArgumentException($"SuccessStatus is {request.SuccessStatus}; S3 knows 200, 201 and 204.", nameof(request));
        var key = request.Key ?? request.KeyPrefix!;
        if (request.Key is not null || key.Length > 0)
            ObjectKey.Validate(key);
        if (request.KeyPrefix is not null && Encoding.UTF8.GetByteCount(key) >= ObjectKey.MostBytes)
            throw new ArgumentException($"KeyPrefix has {Encoding.UTF8.GetByteCount(key)} bytes; keys have at most {ObjectKey.MostBytes}, so none are left for the file's name. Shorten it.", nameof(request));
        // S3 takes a dollar sign in a policy's key for the start of a variable.
        if (key.Contains('$', StringComparison.Ordinal))
            throw new ArgumentException($"The key \"{key}\" holds a '$', which POST policies can't express. Use a presigned PUT.", nameof(request));
        ValidateValues(request);
    }

    private static void ValidateValues(PostPolicyRequest request)
    {
        ObjectSettingsCheck.ThrowIfFaulty(request.Settings);
        HeaderText.ThrowIf(HeaderText.FindFault(nameof(request.ContentType), request.ContentType));
        // Empty, it leaves the type to the client.
        if (request.ContentTypePrefix is { Length: > 0 } prefix)
            HeaderText.ThrowIf(HeaderText.FindFault(nameof(request.ContentTypePrefix), prefix));
        if (request.SuccessRedirect is { } redirect && !(Uri.TryCreate(redirect, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
            throw new ArgumentException($"SuccessRedirect is {Quoted.Text(redirect)}; S3 ignores what is no absolute http or https address. Write one.");
        HeaderText.ThrowIf(HeaderText.FindFault(nameof(request.SuccessRedirect), request.SuccessRedirect));
        PostFormCheck.ThrowIfReplaced(nameof(request.ContentType), request.ContentType);
        PostFormCheck.ThrowIfReplaced(nameof(request.ContentTypePrefix), request.ContentTypePrefix);
        PostFormCheck.ThrowIfReplaced(nameof(request.SuccessRedirect), request.SuccessRedirect);
        PostFormCheck.ThrowIfReplaced(request.Settings);
    }
}
