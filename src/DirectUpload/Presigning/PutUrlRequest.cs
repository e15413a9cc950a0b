namespace DirectUpload.Presigning;

/// <summary>Represents the PUT of a whole object.</summary>
/// <remarks>
/// Every property that is set is signed as a header, so the client must send it unchanged.
/// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
/// </remarks>
public sealed class PutUrlRequest : UrlRequest
{
    /// <summary>Gets or sets the exact <c>Content-Type</c> to send.</summary>
    /// <value>Default null: the type is not signed.</value>
    public string? ContentType { get; set; }

    /// <summary>Gets or sets the exact size of the content, in bytes.</summary>
    /// <value>
    /// 0 to 5 GiB. Default null: the size is not signed. For a range of sizes use a POST policy (<see cref="PostPolicyRequest"/>).
    /// </value>
    /// <remarks>
    /// HTTP clients set <c>Content-Length</c> themselves, so it is signed but not part of <see cref="PresignedUrl.Headers"/>.
    /// </remarks>
    public long? ContentLength { get; set; }

    /// <summary>Gets or sets the SHA-256 of the content, which storage verifies (Amazon S3 does, Ceph RGW 16 does not).</summary>
    /// <value>Base64 of 32 bytes. Default null: the checksum is not signed.</value>
    public string? ChecksumSha256 { get; set; }

    /// <summary>Gets or sets whether to sign <c>If-None-Match: *</c>: the PUT fails (412) when an object exists at the key.</summary>
    /// <value>Default false.</value>
    public bool OnlyIfNew { get; set; }

    /// <summary>Gets or sets further settings of the stored object.</summary>
    /// <value>Default: none.</value>
    public ObjectSettings Settings { get => field ??= new(); set; }

    internal override string Method => "PUT";

    internal override SignedHeader[] GetHeaders()
    {
        ObjectSettingsCheck.ThrowIfInvalid(Settings);
        var headers = new SignedHeaders(
            SignedHeaders.CountHeaders(Settings) + SignedHeaders.CountIfSet(ContentLength) + SignedHeaders.CountIfSet(ContentType)
            + SignedHeaders.CountIfSet(ChecksumSha256) + (OnlyIfNew ? 1 : 0));
        headers.Add(HeaderName.CacheControl, Settings.CacheControl);
        headers.Add(HeaderName.ContentDisposition, Settings.ContentDisposition);
        headers.Add(HeaderName.ContentEncoding, Settings.ContentEncoding);
        headers.AddContentLength(ContentLength);
        headers.Add(HeaderName.ContentType, ContentType);
        headers.Add(HeaderName.IfNoneMatch, OnlyIfNew ? "*" : null);
        headers.Add(HeaderName.Acl, Settings.Acl);
        headers.AddChecksum(ChecksumSha256);
        headers.AddMetadata(Settings.Metadata);
        headers.Add(HeaderName.ServerSideEncryption, Settings.ServerSideEncryption);
        headers.Add(HeaderName.KmsKeyId, Settings.KmsKeyId);
        headers.AddTags(Settings.Tags);
        return headers.ToArray();
    }
}
