namespace DirectUpload.Signing;

/// <summary>The POST that makes an object of the uploaded parts; the client sends their numbers and ETags as XML.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html</remarks>
public sealed record CompleteMultipartUrlRequest : UrlRequest
{
    /// <summary>The multipart upload, as CreateMultipartUpload named it.</summary>
    public required string UploadId { get; init; }

    /// <summary>Signs <c>If-None-Match: *</c>: it succeeds only while nothing is at the key. Default false.</summary>
    public bool OnlyIfNew { get; init; }

    internal override string Method => "POST";

    internal override KeyValuePair<string, string>[] Query() => [new("uploadId", MultipartId.Checked(UploadId))];

    internal override SignedHeader[] Headers() => OnlyIfNew ? [new(HeaderName.IfNoneMatch, "*")] : [];
}
