namespace DirectUpload.LocalS3.Objects;

/// <summary>Contains the attributes that a writer sets for an object, besides its bytes.</summary>
internal sealed record ObjectAttributes
{
    /// <summary>The headers that responses repeat, such as Content-Type and Cache-Control.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The user metadata; the keys are full, lower-case header names.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    public string Acl { get; init; } = "private";

    /// <summary>Null or <c>AES256</c>; the value is returned, but the bytes are not encrypted.</summary>
    public string? Encryption { get; init; }

    public string StorageClass { get; init; } = "STANDARD";

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public bool IsPublic => Acl is "public-read" or "public-read-write";
}
