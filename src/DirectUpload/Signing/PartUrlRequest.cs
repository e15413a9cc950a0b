using System.Globalization;

namespace DirectUpload.Signing;

/// <summary>The PUT of one part of a multipart upload. For many parts at once there is <see cref="PartUrlsRequest"/>.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html</remarks>
public sealed record PartUrlRequest : UrlRequest
{
    /// <summary>The multipart upload, as CreateMultipartUpload named it.</summary>
    public required string UploadId { get; init; }

    /// <summary>Which part: 1 to 10,000.</summary>
    public required int PartNumber { get; init; }

    /// <summary>The exact size of this part in bytes, at most 5 GiB; null leaves it open. All parts but the last need 5 MiB.</summary>
    public long? ContentLength { get; init; }

    /// <summary>The SHA-256 of the part's bytes as base64; the upload must have been created with this algorithm.</summary>
    public string? ChecksumSha256 { get; init; }

    internal override string Method => "PUT";

    internal override KeyValuePair<string, string>[] Query()
    {
        PartNumbers.ThrowUnlessValid(PartNumber, PartNumber);
        return [new("partNumber", PartNumber.ToString(CultureInfo.InvariantCulture)), new("uploadId", MultipartId.Checked(UploadId))];
    }

    internal override SignedHeader[] Headers()
    {
        var headers = new SignedHeaders(SignedHeaders.One(ContentLength) + SignedHeaders.One(ChecksumSha256));
        headers.AddContentLength(ContentLength);
        headers.AddChecksum(ChecksumSha256);
        return headers.ToArray();
    }
}
