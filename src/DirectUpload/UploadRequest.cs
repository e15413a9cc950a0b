namespace DirectUpload;

/// <summary>Represents the request of a client for an upload.</summary>
/// <remarks>
/// The client declares all values. The library verifies size, media type and checksum when the file arrives. It does not verify
/// <see cref="Association"/> and <see cref="Metadata"/>: the application must check them.
/// </remarks>
/// <example>
/// <code>
/// var request = new UploadRequest
/// {
///     Profile = "invoice",
///     FileName = scan.FileName,
///     ContentType = scan.ContentType,
///     Size = scan.Size,
///     Association = new UploadAssociation("invoice", invoice),
/// };
/// </code>
/// </example>
public sealed record UploadRequest
{
    /// <summary>Gets the name of the profile whose rules apply.</summary>
    /// <value>A key of <see cref="DirectUploadOptions.Profiles"/>.</value>
    public required string Profile { get; init; }

    /// <summary>Gets the name of the file.</summary>
    /// <value>1 to 255 characters, without a path.</value>
    public required string FileName { get; init; }

    /// <summary>Gets the media type of the file.</summary>
    /// <value>
    /// A media type such as <c>image/png</c>. Case and parameters are ignored: <c>Text/Plain; charset=utf-8</c> counts as
    /// <c>text/plain</c>.
    /// </value>
    public required string ContentType { get; init; }

    /// <summary>Gets the exact size of the file, which is signed.</summary>
    /// <value>
    /// The size, in bytes; null if it is unknown, as in an HTML form without script. The limits of the profile are then signed instead, and
    /// <see cref="UploadMethod.Put"/> is not possible.
    /// </value>
    public required long? Size { get; init; }

    /// <summary>Gets the SHA-256 of the file, with which storage refuses altered bytes.</summary>
    /// <value>Base64 of 32 bytes; null (the default) for none, unless <see cref="UploadProfile.RequireChecksum"/> is true.</value>
    public string? ChecksumSha256 { get; init; }

    /// <summary>Gets the CRC-64/NVME of the file, which the library compares with the checksum that storage reports.</summary>
    /// <value>
    /// Base64 of 8 bytes, the highest byte first; null (the default) if the client states it when it confirms the upload, or not at all.
    /// See <see cref="UploadProfile.RequireIntegrity"/>.
    /// </value>
    public string? ChecksumCrc64Nvme { get; init; }

    /// <summary>Gets a value that indicates whether the client provides the SHA-256 of each part when it has the part signed.</summary>
    /// <value>
    /// True if storage must refuse parts with other bytes. The default is false. It applies only to files that are sent in parts;
    /// <see cref="ChecksumSha256"/> of the whole file is verified after all parts have arrived.
    /// </value>
    public bool UsePartChecksums { get; init; }

    /// <summary>Gets the size of each part except the last, if the client itself splits the file into parts.</summary>
    /// <value>
    /// 5 MiB to 5 GiB, in bytes: the exact size of each part is signed. 0 if the client chooses the part sizes during the upload: their sum
    /// must equal <see cref="Size"/>. Null (the default) for the part size of the profile. It applies only if <see cref="Size"/> is not
    /// null.
    /// </value>
    public long? PartSize { get; init; }

    /// <summary>Gets a value that indicates whether the staging key contains 128 random bits, so that it is a secret.</summary>
    /// <value>
    /// True for clients that send a key instead of a token, such as Uppy: a client that knows the key has requested the upload. The default
    /// is false. It has no effect if the profile uses <see cref="UploadProfile.FinalizeInPlace"/>.
    /// </value>
    public bool UseSecretStagingKey { get; init; }

    /// <summary>Gets the metadata of the application, which is stored with the upload.</summary>
    /// <value>At most 32 entries, with names of up to 100 and values of up to 1,000 characters; null (the default) for none.</value>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Gets the association of the upload with an entity of the application.</summary>
    /// <value>
    /// The association; null (the default) for none, unless <see cref="UploadProfile.RequireAssociation"/> is true. The request is refused
    /// unless an authorizer, <see cref="UploadCaller.MayAssociate"/> or <see cref="UploadProfile.ClientsMayAssociate"/> approves the
    /// association.
    /// </value>
    public UploadAssociation? Association { get; init; }

    /// <summary>Gets the method that the client supports.</summary>
    /// <value>The method; null (the default) for the method of the profile.</value>
    public UploadMethod? Method { get; init; }
}
