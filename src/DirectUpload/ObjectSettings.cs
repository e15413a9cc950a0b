namespace DirectUpload;

/// <summary>Specifies how storage keeps and serves an object: ACL, encryption, response headers, metadata and tags.</summary>
/// <remarks>
/// <para>Settings that are null are not sent; the default of the bucket applies.</para>
/// <para>
/// Values that S3 never accepts are refused when the host starts (in a profile) or when a request is signed. The error names the setting,
/// its value and the resolution.
/// </para>
/// <para>
/// In a profile, the settings apply to the final object and its variants. The client writes the staging object with those settings that a
/// bucket policy may require for every write: <see cref="ServerSideEncryption"/>, <see cref="KmsKeyId"/>, <see cref="Tags"/>, and an
/// <see cref="Acl"/> that grants access to the owner of the bucket only. CORS rules must therefore allow browsers to send <c>x-amz-*</c>
/// headers.
/// </para>
/// <para>
/// An ACL that grants access to others is set after inspection and processors, when the upload is accepted: nothing is public before. If a
/// bucket policy grants access by tag, restrict the policy to final keys, because staging objects have the tags before they are verified.
/// </para>
/// <para>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html</para>
/// </remarks>
public sealed record ObjectSettings
{
    /// <summary>Gets or sets the canned ACL.</summary>
    /// <value>
    /// One of <c>private</c>, <c>public-read</c>, <c>public-read-write</c>, <c>authenticated-read</c>, <c>aws-exec-read</c>,
    /// <c>bucket-owner-read</c>, <c>bucket-owner-full-control</c>. The default is null. Storage responds with 400 if the bucket does not
    /// allow ACLs.
    /// </value>
    public string? Acl { get; set; }

    /// <summary>
    /// Gets a value that indicates whether the ACL grants access to others than the owner of the bucket, so that only accepted content may
    /// have it.
    /// </summary>
    internal bool GrantsAccessToOthers => Acl is not (null or "private" or "bucket-owner-read" or "bucket-owner-full-control");

    /// <summary>Gets or sets the <c>Cache-Control</c> header with which the object is served.</summary>
    /// <value>Printable US-ASCII without leading, trailing or consecutive spaces. The default is null.</value>
    public string? CacheControl { get; set; }

    /// <summary>Gets or sets the <c>Content-Disposition</c> header with which the object is served.</summary>
    /// <value>
    /// Printable US-ASCII without leading, trailing or consecutive spaces; use <c>filename*</c> for other characters. The default is null.
    /// </value>
    public string? ContentDisposition { get; set; }

    /// <summary>Gets or sets the <c>Content-Encoding</c> header with which the object is served, such as <c>gzip</c>.</summary>
    /// <value>
    /// Printable US-ASCII without leading, trailing or consecutive spaces. The default is null. It does not apply to variants.
    /// </value>
    public string? ContentEncoding { get; set; }

    /// <summary>Gets or sets the server-side encryption.</summary>
    /// <value><c>AES256</c>, <c>aws:kms</c> or <c>aws:kms:dsse</c>. The default is null.</value>
    public string? ServerSideEncryption { get; set; }

    /// <summary>Gets or sets the KMS key that encrypts the object.</summary>
    /// <value>
    /// The id, ARN or alias ARN of a key; requires <c>aws:kms</c> or <c>aws:kms:dsse</c> encryption. The default is null: the key of the
    /// account.
    /// </value>
    public string? KmsKeyId { get; set; }

    /// <summary>Gets the user metadata, which is sent as <c>x-amz-meta-NAME</c> headers.</summary>
    /// <value>
    /// At most 2,048 bytes in total. Names consist of US-ASCII letters, digits, hyphens and underscores, and differ in more than case,
    /// hyphens and underscores. Values are printable US-ASCII, not empty, without leading, trailing or consecutive spaces. The default is
    /// empty.
    /// </value>
    public IDictionary<string, string> Metadata { get => field ??= new Dictionary<string, string>(); init; }

    /// <summary>Gets the object tags.</summary>
    /// <value>
    /// At most 10 tags, with keys of 1 to 128 and values of 0 to 256 characters: letters, digits, spaces and <c>+ - = . _ : / @</c>. Keys
    /// do not start with <c>aws:</c>. The default is empty. All settings together have at most 6,144 bytes of headers, with percent-encoded
    /// tags.
    /// </value>
    public IDictionary<string, string> Tags { get => field ??= new Dictionary<string, string>(); init; }
}
