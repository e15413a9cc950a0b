namespace DirectUpload.Uploads;

/// <summary>What a client asks for and claims. Size, type and checksum are believed once storage and the bytes have confirmed them; <see cref="Association"/> and <see cref="Metadata"/> stay claims that the application must check.</summary>
public sealed record UploadRequest
{
    /// <summary>The profile whose rules apply.</summary>
    public required string Profile { get; init; }

    /// <summary>The file's own name, without a path: 1 to 255 characters.</summary>
    public required string FileName { get; init; }

    /// <summary>The media type. Case and parameters don't matter: <c>Text/Plain; charset=utf-8</c> counts as <c>text/plain</c>.</summary>
    public required string ContentType { get; init; }

    /// <summary>
    /// The exact size in bytes; it is signed. Null when it is not known, as of a plain HTML form: then the profile's limits are what is signed, and a PUT can't be had.
    /// </summary>
    public required long? Size { get; init; }

    /// <summary>The SHA-256 of the bytes, as base64 of 32 bytes; lets storage refuse altered bytes. Optional unless the profile requires it.</summary>
    public string? ChecksumSha256 { get; init; }

    /// <summary>
    /// Whether the client will say the SHA-256 of each part when it asks for the part's URL; then storage refuses other bytes. Default false. Counts only for what goes in parts, where
    /// <see cref="ChecksumSha256"/>, of the whole, is checked once all have arrived.
    /// </summary>
    public bool PartChecksums { get; init; }

    /// <summary>Gets the size of each part but the last, where the client cuts the file by itself and goes in parts.</summary>
    /// <value>
    /// In bytes, from 5 MiB to 5 GiB: the exact length of every part is signed. 0 when the client cuts as it goes: their sum is held to <see cref="Size"/>. Null, the default, leaves it to the profile. Counts
    /// only beside a <see cref="Size"/>.
    /// </value>
    public long? PartSize { get; init; }

    /// <summary>Gets whether the staging key is to hold 128 random bits.</summary>
    /// <value>
    /// True for clients that carry a key and no token, as Uppy does: one that knows the key has requested the upload (see <see cref="UploadRecord.HasSecretStagingKey"/>). Default false. Without effect where the
    /// profile finalizes in place.
    /// </value>
    public bool SecretStagingKey { get; init; }

    /// <summary>The application's own notes: at most 32, names to 100 characters, values to 1,000.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>
    /// What the upload is to be attached to. Optional unless the profile requires it. Refused unless an authorizer approves it, <see cref="UploadCaller.MayAssociate"/> is set, or the profile leaves it to clients.
    /// </summary>
    public UploadAssociation? Association { get; init; }

    /// <summary>The method that the client can do; null takes the profile's.</summary>
    public UploadMethod? Method { get; init; }
}
