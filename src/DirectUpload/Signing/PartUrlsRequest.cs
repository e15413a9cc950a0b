namespace DirectUpload.Signing;

/// <summary>The PUTs of many parts of one multipart upload, signed together: what they share is written once.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html</remarks>
public sealed record PartUrlsRequest
{
    /// <summary>The bucket; null means the configured default.</summary>
    public string? Bucket { get; init; }

    /// <summary>The exact object key: 1 to 1,024 bytes of UTF-8.</summary>
    public required string Key { get; init; }

    /// <summary>The multipart upload, as CreateMultipartUpload named it.</summary>
    public required string UploadId { get; init; }

    /// <summary>The first part: 1 to 10,000. Default 1.</summary>
    public int FirstPart { get; init; } = 1;

    /// <summary>How many parts, from the first on: at least 1; the last one's number is at most 10,000.</summary>
    public required int Count { get; init; }

    /// <summary>The exact size in bytes of each of these parts, at most 5 GiB; null leaves it open. A shorter last part is asked for by itself.</summary>
    public long? ContentLength { get; init; }

    /// <summary>How long the URLs work: 1 second to 7 days; null means 15 minutes. Cut short by the credentials' own life.</summary>
    public TimeSpan? Lifetime { get; init; }

    internal PartUrlRequest First => new() { Bucket = Bucket, Key = Key, UploadId = UploadId, PartNumber = FirstPart, ContentLength = ContentLength, Lifetime = Lifetime };
}
