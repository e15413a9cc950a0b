namespace DirectUpload.Client;

/// <summary>What is uploaded, and as what. The application checks every claim.</summary>
public sealed record UploadRequest
{
    /// <summary>The application's name for this kind of upload.</summary>
    public required string Profile { get; init; }

    /// <summary>The file's own name, without a path: 1 to 255 characters. Null: the source's name; a source without one needs this.</summary>
    public string? FileName { get; init; }

    /// <summary>The media type. Default <c>application/octet-stream</c>.</summary>
    public string ContentType { get; init; } = "application/octet-stream";

    /// <summary>The application's own notes: at most 32, names to 100 characters, values to 1,000.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>What the upload is attached to. Null unless the profile requires it.</summary>
    public UploadAssociation? Association { get; init; }

    /// <summary>How the bytes shall travel. Null, the default, leaves it to the profile, which knows best.</summary>
    public UploadMethod? Method { get; init; }

    /// <summary>
    /// The SHA-256 of the bytes, base64 of 32 bytes. Null: computed before the request where the source can be read twice and has at most
    /// <see cref="DirectUploadClientOptions.ChecksumFirstUpTo"/> bytes; else not promised.
    /// </summary>
    public string? ChecksumSha256 { get; init; }

    /// <summary>
    /// Whether each part of what goes in parts is held to its SHA-256 by storage. Default false, for it costs one more reading of the file, and a call for each part; worth it where the way is not
    /// by TLS, or the bytes are worth more than the time. Storage must know checksums: AWS does, Ceph RGW 16 does not look at them.
    /// </summary>
    public bool PartChecksums { get; init; }
}
