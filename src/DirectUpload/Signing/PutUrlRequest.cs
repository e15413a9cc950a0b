using DirectUpload.Signing.Checks;
using DirectUpload.Uploads;

namespace DirectUpload.Signing;

/// <summary>A PUT of one whole object. What is stated here is signed as headers.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html</remarks>
public sealed record PutUrlRequest : UrlRequest
{
    /// <summary>The exact <c>Content-Type</c> to be sent; null leaves it open.</summary>
    public string? ContentType { get; init; }

    /// <summary>
    /// The exact size in bytes, 0 to 5 GiB; null leaves it open (a PUT knows no range: use a POST policy for one). Browsers send the length
    /// by themselves, so it is signed but not among the <see cref="PresignedUrl.Headers"/> that a client must set.
    /// </summary>
    public long? ContentLength { get; init; }

    /// <summary>The SHA-256 of the bytes as base64; storage verifies it (AWS does, Ceph RGW 16 does not).</summary>
    public string? ChecksumSha256 { get; init; }

    /// <summary>Signs <c>If-None-Match: *</c>: the PUT succeeds only while nothing is at the key. Default false.</summary>
    public bool OnlyIfNew { get; init; }

    /// <summary>What else to tell storage about the object.</summary>
    public ObjectSettings Settings { get; init; } = new();

    internal override string Method => "PUT";

    internal override SignedHeader[] Headers()
    {
        ObjectSettingsCheck.ThrowIfFaulty(Settings);
        var headers = new SignedHeaders(
            SignedHeaders.CountOf(Settings) + SignedHeaders.One(ContentLength) + SignedHeaders.One(ContentType) + SignedHeaders.One(ChecksumSha256) + (OnlyIfNew ? 1 : 0));
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
