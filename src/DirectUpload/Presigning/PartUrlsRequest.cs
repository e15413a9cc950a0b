namespace DirectUpload.Presigning;

/// <summary>Represents the PUTs of adjacent parts of one multipart upload, which are presigned together.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html</remarks>
public sealed class PartUrlsRequest
{
    /// <summary>Gets or sets the bucket.</summary>
    /// <value>Default null: the configured bucket.</value>
    public string? Bucket { get; set; }

    /// <summary>Gets or sets the exact object key.</summary>
    /// <value>1 to 1,024 bytes of UTF-8.</value>
    public required string Key { get; set; }

    /// <summary>Gets or sets the id that CreateMultipartUpload returned.</summary>
    /// <value>Not empty.</value>
    public required string UploadId { get; set; }

    /// <summary>Gets or sets the number of the first part.</summary>
    /// <value>1 to 10,000. Default 1.</value>
    public int FirstPart { get; set; } = 1;

    /// <summary>Gets or sets the number of parts.</summary>
    /// <value>At least 1; the number of the last part is at most 10,000.</value>
    public required int Count { get; set; }

    /// <summary>Gets or sets the exact size of each part, in bytes; presign a shorter last part in a request of its own.</summary>
    /// <value>At most 5 GiB. Default null: the size is not signed.</value>
    public long? ContentLength { get; set; }

    /// <summary>Gets or sets how long the URLs are valid; they never outlive the credentials.</summary>
    /// <value>1 second to 7 days. Default null: 15 minutes.</value>
    public TimeSpan? Lifetime { get; set; }
}
