namespace DirectUpload.Presigning;

/// <summary>Represents one request to presign.</summary>
internal readonly ref struct UrlToSign
{
    /// <summary>Gets the HTTP method, upper-case.</summary>
    public required string Method { get; init; }

    /// <summary>Gets the object key, not encoded.</summary>
    public required string Key { get; init; }

    /// <summary>Gets the query parameters of the operation, sorted by name.</summary>
    /// <remarks>Each name sorts after "X-Amz-…", like all parameter names of S3.</remarks>
    public ReadOnlySpan<KeyValuePair<string, string>> Query { get; init; }

    /// <summary>Gets the headers that the client must send, except Host, sorted by name.</summary>
    public ReadOnlySpan<SignedHeader> Headers { get; init; }

    /// <summary>Gets the bucket, the credentials and the time of the signature.</summary>
    public required SigningContext Context { get; init; }
}
