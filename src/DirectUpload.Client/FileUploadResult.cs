namespace DirectUpload.Client;

/// <summary>
/// Describes an upload that is ready, or one whose bytes have arrived if <see cref="FileUploadOptions.WaitUntilReady"/> is false.
/// </summary>
public sealed record FileUploadResult
{
    /// <summary>Gets the upload's id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the read token, a secret that grants access to the status and the content.</summary>
    public required string ReadToken { get; init; }

    /// <summary>
    /// Gets the status: <see cref="FileUploadStatus.Ready"/>, unless <see cref="FileUploadOptions.WaitUntilReady"/> is false.
    /// </summary>
    public required FileUploadStatus Status { get; init; }

    /// <summary>Gets the size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Gets the SHA-256 of the bytes that were sent: base64 of 32 bytes.</summary>
    public required string ChecksumSha256 { get; init; }

    /// <summary>Gets the URL of the content, without the read token, or null unless the upload is ready.</summary>
    public Uri? ContentUrl { get; init; }

    /// <summary>Returns a text for logs, without the token.</summary>
    /// <returns>The id, status and size.</returns>
    public override string ToString() => $"upload {Id}: {Status}, {Size} bytes";
}
