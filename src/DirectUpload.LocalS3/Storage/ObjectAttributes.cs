namespace DirectUpload.LocalS3.Storage;

/// <summary>What a writer says about an object besides its bytes.</summary>
internal sealed record ObjectAttributes
{
    /// <summary>Headers to serve it with: Content-Type, Cache-Control and so on.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>User metadata by its full, lower-case header name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    public string Acl { get; init; } = "private";

    /// <summary>Null, or <c>AES256</c>: echoed, the bytes are not encrypted.</summary>
    public string? Encryption { get; init; }

    public string StorageClass { get; init; } = "STANDARD";

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public bool IsPublic => Acl is "public-read" or "public-read-write";
}
