namespace DirectUpload;

/// <summary>Contains the signed instructions with which a client sends the file to storage.</summary>
/// <remarks>
/// The file is sent by one PUT request, by one POST form, or in parts. Storage refuses (403) requests that deviate from the instructions.
/// </remarks>
public sealed class UploadInstructions
{
    /// <summary>Gets the method by which the file is sent.</summary>
    /// <value>A value that determines which of the other properties are set.</value>
    public required UploadMethod Method { get; init; }

    /// <summary>Gets the URL of the PUT request or of the form.</summary>
    /// <value>An absolute URL; empty for an upload in parts. It is a secret until it expires.</value>
    public string Url { get; init; } = string.Empty;

    /// <summary>Gets the headers of the PUT request.</summary>
    /// <value>Names and values, which the client must send unchanged; empty for other methods.</value>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = Empty;

    /// <summary>Gets the fields of the POST form.</summary>
    /// <value>
    /// Names and values in the order in which the client must send them, before the field <c>file</c>; empty for other methods.
    /// </value>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = Empty;

    /// <summary>Gets the time at which the instructions expire.</summary>
    /// <value>The time, in UTC; storage refuses requests that start later.</value>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Gets the size of each part except the last.</summary>
    /// <value>
    /// The size, in bytes; 0 if the file is not sent in parts, or if the client chooses the part sizes. All parts except the last must then
    /// have at least 5 MiB.
    /// </value>
    public long PartSize { get; init; }

    /// <summary>Gets the number of parts.</summary>
    /// <value>1 to 10,000; 0 if the client chooses the part sizes, or if the file is not sent in parts.</value>
    public int PartCount { get; init; }

    /// <summary>Gets the first signed parts.</summary>
    /// <value>
    /// The first parts; request the others with <see cref="IDirectUploadService.SignPartsAsync"/>. Empty if
    /// <see cref="RequiresPartChecksums"/> is true, or if the file is not sent in parts.
    /// </value>
    public IReadOnlyList<SignedPart> Parts { get; init; } = [];

    /// <summary>Gets a value that indicates whether the client must provide the SHA-256 of each part to have it signed.</summary>
    /// <value>True for a request with <see cref="UploadRequest.UsePartChecksums"/>; otherwise false.</value>
    public bool RequiresPartChecksums { get; init; }

    /// <summary>Gets a value that indicates whether the client must state the file's CRC-64/NVME when it confirms the upload.</summary>
    /// <value>
    /// True if <see cref="UploadProfile.RequireIntegrity"/> requires a checksum and the request stated none; otherwise false.
    /// </value>
    public bool RequiresChecksum { get; init; }

    /// <summary>Gets the key that the client writes.</summary>
    /// <value>The staging key, or the final key if the profile uses <see cref="UploadProfile.FinalizeInPlace"/>.</value>
    public string Key { get; init; } = string.Empty;

    /// <summary>Gets the id that storage gave the multipart upload.</summary>
    /// <value>The id; null if the file is not sent in parts.</value>
    public string? MultipartUploadId { get; init; }

    private static Dictionary<string, string> Empty { get; } = [];

    /// <summary>Returns the method and the expiry, without signatures.</summary>
    /// <returns>A text without secrets, for logs.</returns>
    public override string ToString() => $"(presigned {Method}, until {ExpiresAt:u})";
}
