namespace DirectUpload.LocalS3.Storage;

/// <summary>One object as it is kept: immutable, so a reader that holds it is never surprised.</summary>
internal sealed record StoredObject
{
    public required string Key { get; init; }

    /// <summary>The name of the file with the bytes; no other object, past or present, has the same.</summary>
    public required string Blob { get; init; }

    public required long Size { get; init; }

    /// <summary>Without quotes.</summary>
    public required string ETag { get; init; }

    /// <summary>In whole seconds, as S3 keeps it.</summary>
    public required DateTimeOffset LastModified { get; init; }

    public required ObjectAttributes Attributes { get; init; }

    /// <summary>Additional checksums by their header name, base64.</summary>
    public IReadOnlyDictionary<string, string> Checksums { get; init; } = new Dictionary<string, string>();
}
