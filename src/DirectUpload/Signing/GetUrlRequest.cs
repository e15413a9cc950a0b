namespace DirectUpload.Signing;

/// <summary>What a presigned GET is to serve, and as what.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html</remarks>
public sealed record GetUrlRequest
{
    /// <summary>The bucket; null means the configured default.</summary>
    public string? Bucket { get; init; }

    /// <summary>The exact object key: 1 to 1,024 bytes of UTF-8.</summary>
    public required string Key { get; init; }

    /// <summary>The exact version in a versioned bucket; null serves the newest.</summary>
    public string? VersionId { get; init; }

    /// <summary>Overrides the <c>Content-Type</c> of the answer.</summary>
    public string? ResponseContentType { get; init; }

    /// <summary>Overrides the <c>Content-Disposition</c> of the answer.</summary>
    public string? ResponseContentDisposition { get; init; }

    /// <summary>Overrides the <c>Cache-Control</c> of the answer.</summary>
    public string? ResponseCacheControl { get; init; }

    /// <summary>How long the URL works: 1 second to 7 days; null means 15 minutes. Cut short by the credentials' own life.</summary>
    public TimeSpan? Lifetime { get; init; }
}
