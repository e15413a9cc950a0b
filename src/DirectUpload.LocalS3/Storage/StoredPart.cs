using DirectUpload.LocalS3.Checksums;

namespace DirectUpload.LocalS3.Storage;

/// <summary>Bytes in one file: a part of a multipart upload, or the whole of an object that came in one request.</summary>
internal sealed record StoredPart
{
    /// <summary>The number that the client gave it, 1 for the whole.</summary>
    public required int Number { get; init; }

    /// <summary>The name of the file with the bytes; no other part, past or present, has the same.</summary>
    public required string Blob { get; init; }

    public required long Size { get; init; }

    /// <summary>Without quotes: the bytes' MD5.</summary>
    public required string ETag { get; init; }

    /// <summary>In whole seconds.</summary>
    public required DateTimeOffset LastModified { get; init; }

    /// <summary>The part's own checksum, of its upload's algorithm.</summary>
    public StoredChecksum? Checksum { get; init; }
}
