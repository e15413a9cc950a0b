namespace DirectUpload.Storage;

/// <summary>What storage says of an object (HeadObject).</summary>
public sealed record StoredObject
{
    /// <summary>The ETag, as storage gave it, quotes included.</summary>
    public required string ETag { get; init; }

    /// <summary>The size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The stored Content-Type.</summary>
    public string? ContentType { get; init; }

    /// <summary>The version in a versioned bucket.</summary>
    public string? VersionId { get; init; }

    /// <summary>The SHA-256 of the whole object, as base64, when storage has verified one.</summary>
    public string? ChecksumSha256 { get; init; }

    /// <summary>
    /// Whether the ETag is the MD5 of the bytes, so that a copy must have the same one: neither encrypted with KMS nor made of parts.
    /// </summary>
    /// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html (ETag)</remarks>
    public required bool ETagIsContentHash { get; init; }
}
