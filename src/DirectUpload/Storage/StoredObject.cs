namespace DirectUpload.Storage;

/// <summary>The attributes of a stored object, from HeadObject.</summary>
internal sealed record StoredObject
{
    /// <summary>The ETag as storage returned it, with quotes.</summary>
    public required string ETag { get; init; }

    /// <summary>The size, in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The stored Content-Type.</summary>
    public string? ContentType { get; init; }

    /// <summary>The version; null in an unversioned bucket.</summary>
    public string? VersionId { get; init; }

    /// <summary>The checksum that storage reported; null when it reported none.</summary>
    public UploadChecksum? Checksum { get; init; }

    /// <summary>
    /// Whether the ETag is the MD5 of the bytes, so that a copy must have the same ETag: true unless the object was encrypted with KMS or
    /// uploaded in parts.
    /// </summary>
    /// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html (ETag)</remarks>
    public required bool ETagIsContentHash { get; init; }
}
