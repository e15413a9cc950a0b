namespace DirectUpload.Presigning;

/// <summary>Represents one request to S3 to presign; its type and properties determine what a client may send.</summary>
/// <remarks>
/// Every property that is set is signed, so storage refuses (403) a request that differs from it.
/// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
/// </remarks>
public abstract class UrlRequest
{
    private protected UrlRequest()
    {
    }

    /// <summary>Gets or sets the bucket.</summary>
    /// <value>Default null: the configured bucket.</value>
    public string? Bucket { get; set; }

    /// <summary>Gets or sets the exact object key.</summary>
    /// <value>1 to 1,024 bytes of UTF-8.</value>
    public required string Key { get; set; }

    /// <summary>Gets or sets how long the URL is valid; it never outlives the credentials.</summary>
    /// <value>1 second to 7 days. Default null: 15 minutes.</value>
    public TimeSpan? Lifetime { get; set; }

    internal abstract string Method { get; }

    /// <summary>Gets the query parameters of this request, in the order of their names.</summary>
    internal virtual KeyValuePair<string, string>[] GetQuery() => [];

    /// <summary>Gets the headers that the client must send, in the order of their names.</summary>
    internal virtual SignedHeader[] GetHeaders() => [];
}
