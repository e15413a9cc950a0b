using DirectUpload.Signing.Checks;
using DirectUpload.Uploads;

namespace DirectUpload.Signing;

/// <summary>The POST that begins a multipart upload. What is stated here is signed as headers, and holds for the whole object.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html</remarks>
public sealed record CreateMultipartUrlRequest : UrlRequest
{
    /// <summary>The exact <c>Content-Type</c> to be sent; null leaves it open.</summary>
    public string? ContentType { get; init; }

    /// <summary>Which checksum the parts will carry: <c>SHA256</c>, <c>CRC32</c> and so on; null leaves it to storage.</summary>
    public string? ChecksumAlgorithm { get; init; }

    /// <summary>What else to tell storage about the object.</summary>
    public ObjectSettings Settings { get; init; } = new();

    internal override string Method => "POST";

    internal override KeyValuePair<string, string>[] Query() => [new("uploads", string.Empty)];

    internal override SignedHeader[] Headers()
    {
        ObjectSettingsCheck.ThrowIfFaulty(Settings);
        var headers = new SignedHeaders(SignedHeaders.CountOf(Settings) + SignedHeaders.One(ContentType) + SignedHeaders.One(ChecksumAlgorithm));
        headers.Add(HeaderName.CacheControl, Settings.CacheControl);
        headers.Add(HeaderName.ContentDisposition, Settings.ContentDisposition);
        headers.Add(HeaderName.ContentEncoding, Settings.ContentEncoding);
        headers.Add(HeaderName.ContentType, ContentType);
        headers.Add(HeaderName.Acl, Settings.Acl);
        headers.Add(HeaderName.ChecksumAlgorithm, ChecksumAlgorithm);
        headers.AddMetadata(Settings.Metadata);
        headers.Add(HeaderName.ServerSideEncryption, Settings.ServerSideEncryption);
        headers.Add(HeaderName.KmsKeyId, Settings.KmsKeyId);
        headers.AddTags(Settings.Tags);
        return headers.ToArray();
    }
}
