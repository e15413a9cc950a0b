using DirectUpload.LocalS3.Checksums;

namespace DirectUpload.LocalS3.Objects;

/// <summary>Represents one file of bytes: a part of a multipart upload, or a whole object written by a single request.</summary>
internal sealed record StoredPart
{
    /// <summary>The part number that the client chose; 1 for a whole object.</summary>
    public required int Number { get; init; }

    /// <summary>The file name, which no other part ever uses.</summary>
    public required string Blob { get; init; }

    public required long Size { get; init; }

    /// <summary>The MD5 of the bytes, without quotes.</summary>
    public required string ETag { get; init; }

    /// <summary>The modification time in whole seconds.</summary>
    public required DateTimeOffset LastModified { get; init; }

    /// <summary>The part's checksum, with the algorithm of its upload.</summary>
    public StoredChecksum? Checksum { get; init; }
}
