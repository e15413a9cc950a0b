namespace DirectUpload.Uploads;

/// <summary>
/// Describes an object to storage: ACL, encryption, response headers, metadata and tags. What is null is not sent; the bucket's own default holds.
/// </summary>
/// <remarks>
/// <para>What S3 never accepts is refused when the host starts (in a profile) or when a request is signed, with the setting, its value and the cure.</para>
/// <para>
/// In a profile, the settings are those of the final object and of its variants. The client's write to the staging key carries those that a bucket policy may demand of every write: <see cref="ServerSideEncryption"/>,
/// <see cref="KmsKeyId"/>, <see cref="Tags"/>, and <see cref="Acl"/> where it opens the object to the bucket's owner only. An ACL that lets others read is set when the upload is accepted, after inspection and processors: nothing is public before. Where a bucket policy
/// grants access by tag, restrict it to the final keys: staging objects carry the tags before anything is verified. Browsers must be allowed to send <c>x-amz-*</c> headers (CORS).
/// </para>
/// <para>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html</para>
/// </remarks>
public sealed record ObjectSettings
{
    /// <summary>Gets or sets the canned ACL.</summary>
    /// <value>
    /// One of <c>private</c>, <c>public-read</c>, <c>public-read-write</c>, <c>authenticated-read</c>, <c>aws-exec-read</c>, <c>bucket-owner-read</c>, <c>bucket-owner-full-control</c>; default null. The bucket
    /// must allow ACLs, else it answers 400.
    /// </value>
    public string? Acl { get; set; }

    /// <summary>Whether the ACL lets others than the bucket's owner read, so that it may be set on accepted content only.</summary>
    internal bool OpensToOthers => Acl is not (null or "private" or "bucket-owner-read" or "bucket-owner-full-control");

    /// <summary>Gets or sets the <c>Cache-Control</c> that the object is served with.</summary>
    /// <value>Printable US-ASCII without a space at its ends or two in a row; default null.</value>
    public string? CacheControl { get; set; }

    /// <summary>Gets or sets the <c>Content-Disposition</c> that the object is served with.</summary>
    /// <value>Printable US-ASCII without a space at its ends or two in a row; other characters go into <c>filename*</c>. Default null.</value>
    public string? ContentDisposition { get; set; }

    /// <summary>Gets or sets the <c>Content-Encoding</c> that the object is served with, such as <c>gzip</c>.</summary>
    /// <value>Printable US-ASCII without a space at its ends or two in a row; default null. Variants do not get it.</value>
    public string? ContentEncoding { get; set; }

    /// <summary>Gets or sets the server-side encryption.</summary>
    /// <value><c>AES256</c>, <c>aws:kms</c> or <c>aws:kms:dsse</c>; default null.</value>
    public string? ServerSideEncryption { get; set; }

    /// <summary>Gets or sets the KMS key.</summary>
    /// <value>A key's id, ARN or alias ARN, with one of the <c>aws:kms</c> encryptions only; null, the default, takes the account's own.</value>
    public string? KmsKeyId { get; set; }

    /// <summary>Gets the user metadata, sent as <c>x-amz-meta-NAME</c>.</summary>
    /// <value>
    /// Names of US-ASCII letters, digits, hyphens and underscores that differ by more than case; values of printable US-ASCII, not empty, without a space at their ends or two in a row; 2,048 bytes in all.
    /// </value>
    public IDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the object tags.</summary>
    /// <value>
    /// At most 10; keys of 1 to 128 and values of 0 to 256 letters, digits, spaces and <c>+ - = . _ : / @</c>; keys do not begin with <c>aws:</c>. All settings together make at most 6,144 bytes of headers, in
    /// which tags are percent-encoded.
    /// </value>
    public IDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}
