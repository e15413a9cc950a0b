namespace DirectUpload.Signing;

/// <summary>The DELETE that ends a multipart upload without an object, and frees its parts.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html</remarks>
public sealed record AbortMultipartUrlRequest : UrlRequest
{
    /// <summary>The multipart upload, as CreateMultipartUpload named it.</summary>
    public required string UploadId { get; init; }

    internal override string Method => "DELETE";

    internal override KeyValuePair<string, string>[] Query() => [new("uploadId", MultipartId.Checked(UploadId))];
}
