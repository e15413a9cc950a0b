namespace DirectUpload.Client;

/// <summary>Declares a file to upload; the application checks every declaration.</summary>
public sealed record FileUploadRequest
{
    /// <summary>Gets the name of the application's profile for this kind of upload.</summary>
    /// <value>Required.</value>
    public required string Profile { get; init; }

    /// <summary>Gets the file's name, without a path.</summary>
    /// <value>From 1 to 255 characters. The default, null, uses the name of the source; a source without a name requires this.</value>
    public string? FileName { get; init; }

    /// <summary>Gets the content type.</summary>
    /// <value>The default is <c>application/octet-stream</c>.</value>
    public string ContentType { get; init; } = "application/octet-stream";

    /// <summary>Gets the application's metadata.</summary>
    /// <value>At most 32 entries, with names of up to 100 characters and values of up to 1,000. The default is null.</value>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Gets the object that the upload is attached to.</summary>
    /// <value>The default is null; a profile may require an association.</value>
    public FileUploadAssociation? Association { get; init; }

    /// <summary>Gets how the bytes are sent to storage.</summary>
    /// <value>The default, null, leaves the choice to the profile. This is recommended.</value>
    public FileUploadMethod? Method { get; init; }

    /// <summary>Gets the SHA-256 of the bytes.</summary>
    /// <value>
    /// The base64 of 32 bytes. The default, null, computes it before the request if the source can be read twice and has at most
    /// <see cref="DirectUploadClientOptions.PrecomputeChecksumMaxSize"/> bytes; otherwise no checksum is declared.
    /// </value>
    public string? ChecksumSha256 { get; init; }

    /// <summary>Gets whether storage verifies the SHA-256 of each part.</summary>
    /// <remarks>
    /// The checksums cost one more read of the file and one call for each part. Use them without TLS, or where integrity matters more than
    /// time. Storage must support checksums: AWS does; Ceph RGW 16 ignores them.
    /// </remarks>
    /// <value>The default is false.</value>
    public bool PartChecksums { get; init; }
}
