namespace DirectUpload.Signing;

/// <summary>One request that is to be presigned, in SigV4's terms.</summary>
internal readonly ref struct UrlToSign
{
    /// <summary>The HTTP method, upper-case.</summary>
    public required string Method { get; init; }

    /// <summary>The object key, not encoded.</summary>
    public required string Key { get; init; }

    /// <summary>The operation's parameters, sorted by name; each name sorts behind "X-Amz-…", as all of S3's do.</summary>
    public ReadOnlySpan<KeyValuePair<string, string>> Query { get; init; }

    /// <summary>The headers that must be sent, besides Host, sorted by name.</summary>
    public ReadOnlySpan<SignedHeader> Headers { get; init; }

    /// <summary>For which bucket, whose signature it is, and when.</summary>
    public required SigningOccasion Occasion { get; init; }
}
