namespace DirectUpload.Storage;

/// <summary>The attributes of a copy, from the response that created it.</summary>
internal sealed record CopiedObject
{
    /// <summary>The ETag, with quotes.</summary>
    public required string ETag { get; init; }

    /// <summary>Whether the ETag is the MD5 of the bytes; see <see cref="StoredObject.ETagIsContentHash"/>.</summary>
    public required bool ETagIsContentHash { get; init; }

    /// <summary>The version; null in an unversioned bucket.</summary>
    public string? VersionId { get; init; }

    /// <summary>The checksum that storage reported; null when it reported none.</summary>
    public UploadChecksum? Checksum { get; init; }
}
