namespace DirectUpload.Presigning;

/// <summary>Represents the conditions of a POST policy: a form upload from a browser, with limits that storage enforces.</summary>
/// <remarks>
/// Only the key may contain <c>${filename}</c>: S3 replaces it in other values too, and the policy then refuses the form. All fields
/// together, including the policy and the session token, have at most 20,480 bytes (a limit of S3).
/// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
/// </remarks>
public sealed record PostPolicyRequest
{
    /// <summary>Gets the bucket.</summary>
    /// <value>Default null: the configured bucket.</value>
    public string? Bucket { get; init; }

    /// <summary>Gets the exact object key.</summary>
    /// <value>1 to 1,024 bytes of UTF-8, without <c>$</c>. Set either this or <see cref="KeyPrefix"/>.</value>
    public string? Key { get; init; }

    /// <summary>Gets the prefix of the object key; the client chooses the rest.</summary>
    /// <value>At most 1,023 bytes of UTF-8, without <c>$</c>. Set either this or <see cref="Key"/>.</value>
    /// <remarks>The <c>key</c> field of the form is the prefix followed by <c>${filename}</c>.</remarks>
    public string? KeyPrefix { get; init; }

    /// <summary>Gets the minimum size of the file, in bytes, inclusive.</summary>
    /// <value>0 to <see cref="MaxLength"/>. Default 0.</value>
    public long MinLength { get; init; }

    /// <summary>Gets the maximum size of the file, in bytes, inclusive.</summary>
    /// <value><see cref="MinLength"/> to 5 GiB (the limit of S3 for a single upload).</value>
    public required long MaxLength { get; init; }

    /// <summary>Gets the exact <c>Content-Type</c>.</summary>
    /// <value>Default null: the form has no <c>Content-Type</c>, unless <see cref="ContentTypePrefix"/> is set.</value>
    public string? ContentType { get; init; }

    /// <summary>Gets the prefix with which the client's <c>Content-Type</c> must start, such as <c>image/</c>.</summary>
    /// <value>Default null: no condition. Empty allows any type. Not together with <see cref="ContentType"/>.</value>
    public string? ContentTypePrefix { get; init; }

    /// <summary>Gets the SHA-256 of the file, which storage verifies.</summary>
    /// <value>Base64 of 32 bytes. Default null: no checksum.</value>
    public string? ChecksumSha256 { get; init; }

    /// <summary>Gets the HTTP status with which storage responds to a successful upload.</summary>
    /// <value>200, 201 (with XML) or 204. Default 204. Ignored when <see cref="SuccessRedirect"/> is set.</value>
    public int SuccessStatus { get; init; } = 204;

    /// <summary>Gets the URL to which storage redirects the browser after a successful upload, for forms without script.</summary>
    /// <value>An absolute http or https URL. Default null: no redirect.</value>
    /// <remarks>The redirect has status 303, and <c>bucket</c>, <c>key</c> and <c>etag</c> in the query.</remarks>
    public string? SuccessRedirect { get; init; }

    /// <summary>Gets further settings of the stored object.</summary>
    /// <value>Default: none.</value>
    public ObjectSettings Settings { get => field ??= new(); init; }

    /// <summary>Gets how long the policy is valid; it never outlives the credentials.</summary>
    /// <value>1 second to 7 days. Default null: 15 minutes.</value>
    public TimeSpan? Lifetime { get; init; }
}
