using DirectUpload.Uploads;

namespace DirectUpload.Signing;

/// <summary>What a POST policy is to allow: a form upload straight from a browser, with limits that storage enforces.</summary>
/// <remarks>
/// No value but the key may hold <c>${filename}</c>: S3 replaces it, and the policy then refuses the form. All fields together have at most 20,480 bytes (S3's limit), policy and session token included.
/// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
/// </remarks>
public sealed record PostPolicyRequest
{
    /// <summary>The bucket; null means the configured default.</summary>
    public string? Bucket { get; init; }

    /// <summary>
    /// The exact object key, 1 to 1,024 bytes of UTF-8 without <c>$</c>. Exactly one of this and <see cref="KeyPrefix"/>.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>A prefix under which the client names its object; the form's <c>key</c> comes as <c>PREFIX${filename}</c>. At most 1,023 bytes of UTF-8, without <c>$</c>.</summary>
    public string? KeyPrefix { get; init; }

    /// <summary>The smallest size in bytes, inclusive. Default 0.</summary>
    public long MinLength { get; init; }

    /// <summary>The largest size in bytes, inclusive; at most 5 GiB (S3's limit for a single upload).</summary>
    public required long MaxLength { get; init; }

    /// <summary>The exact <c>Content-Type</c>; null with no <see cref="ContentTypePrefix"/> leaves it out of the form.</summary>
    public string? ContentType { get; init; }

    /// <summary>A prefix that the client's <c>Content-Type</c> must start with, such as <c>image/</c>. Not with <see cref="ContentType"/>.</summary>
    public string? ContentTypePrefix { get; init; }

    /// <summary>The SHA-256 of the bytes as base64; storage verifies it.</summary>
    public string? ChecksumSha256 { get; init; }

    /// <summary>What a success answers: 200, 201 (with XML) or 204. Default 204. Not with <see cref="SuccessRedirect"/>.</summary>
    public int SuccessStatus { get; init; } = 204;

    /// <summary>Where a success redirects to (303, with bucket, key and etag in the query); for forms without script. An absolute http or https address.</summary>
    public string? SuccessRedirect { get; init; }

    /// <summary>What else to tell storage about the object.</summary>
    public ObjectSettings Settings { get; init; } = new();

    /// <summary>How long the policy works: 1 second to 7 days; null means 15 minutes. Cut short by the credentials' own life.</summary>
    public TimeSpan? Lifetime { get; init; }
}
