namespace DirectUpload.Uploads;

/// <summary>
/// What storage is told about an object besides its bytes. Null means: say nothing, the bucket's own default holds.
/// </summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html</remarks>
public sealed record ObjectSettings
{
    /// <summary>A canned ACL such as <c>private</c> or <c>public-read</c>. The bucket must allow ACLs, else it answers 400.</summary>
    public string? Acl { get; set; }

    /// <summary>The <c>Cache-Control</c> that the object is served with.</summary>
    public string? CacheControl { get; set; }

    /// <summary>The <c>Content-Disposition</c> that the object is served with. US-ASCII; other characters go into <c>filename*</c>.</summary>
    public string? ContentDisposition { get; set; }

    /// <summary>The <c>Content-Encoding</c> that the object is served with, such as <c>gzip</c>.</summary>
    public string? ContentEncoding { get; set; }

    /// <summary>Server-side encryption: <c>AES256</c>, <c>aws:kms</c> or <c>aws:kms:dsse</c>.</summary>
    public string? ServerSideEncryption { get; set; }

    /// <summary>The KMS key, for the <c>aws:kms</c> encryptions; null takes the account's own.</summary>
    public string? KmsKeyId { get; set; }

    /// <summary>
    /// User metadata: sent as <c>x-amz-meta-NAME</c>. Names are US-ASCII letters, digits and hyphens; 2 KB in all (S3's limit).
    /// </summary>
    public IDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Object tags, at most 10 (S3's limit); keys to 128 and values to 256 characters.</summary>
    public IDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}
