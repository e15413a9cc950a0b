namespace DirectUpload.Signing;

/// <summary>
/// One request to S3 that is to be presigned: which kind it is says the type, such as <see cref="PutUrlRequest"/> or <see cref="PartUrlRequest"/>.
/// Everything stated in it is signed, so storage refuses (403) a client that sends anything else, or leaves it out.
/// </summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html</remarks>
public abstract record UrlRequest
{
    private protected UrlRequest()
    {
    }

    /// <summary>The bucket; null means the configured default.</summary>
    public string? Bucket { get; init; }

    /// <summary>The exact object key: 1 to 1,024 bytes of UTF-8.</summary>
    public required string Key { get; init; }

    /// <summary>How long the URL works: 1 second to 7 days; null means 15 minutes. Cut short by the credentials' own life.</summary>
    public TimeSpan? Lifetime { get; init; }

    internal abstract string Method { get; }

    /// <summary>Its own parameters, in the order of their names.</summary>
    internal virtual KeyValuePair<string, string>[] Query() => [];

    /// <summary>The headers that must be sent, in the order of their names.</summary>
    internal virtual SignedHeader[] Headers() => [];
}
