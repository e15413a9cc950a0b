using System.Text.Json;
using DirectUpload.Client.Api;

namespace DirectUpload.Client;

/// <summary>Represents the state with which <see cref="DirectUploadClient.ResumeAsync"/> resumes an upload after a crash.</summary>
/// <remarks>
/// The state does not change during the upload, because storage knows which parts have arrived. Protect it like a password:
/// <see cref="WriteToken"/> allows its holder to send, confirm and delete this upload, and <see cref="ReadToken"/> allows reading it.
/// </remarks>
public sealed record FileUploadState
{
    /// <summary>Gets the upload's id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the write token, a secret that grants every operation on this upload.</summary>
    public required string WriteToken { get; init; }

    /// <summary>Gets the read token, a secret that grants access to the status and the content.</summary>
    public required string ReadToken { get; init; }

    /// <summary>Gets the file's name.</summary>
    public required string FileName { get; init; }

    /// <summary>Gets the size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Gets the time of the file's last write, in UTC, or null for a stream.</summary>
    public DateTimeOffset? LastWriteTime { get; init; }

    /// <summary>Gets how the bytes are sent to storage.</summary>
    public required FileUploadMethod Method { get; init; }

    /// <summary>Gets the size in bytes of each part but the last, or 0 if the upload has no parts.</summary>
    public long PartSize { get; init; }

    /// <summary>Gets whether storage verifies the SHA-256 of each part.</summary>
    public bool PartChecksums { get; init; }

    /// <summary>Gets the declared SHA-256 (base64 of 32 bytes), or null if none was declared.</summary>
    public string? ChecksumSha256 { get; init; }

    /// <summary>Serializes the state to JSON, secrets included.</summary>
    /// <returns>The JSON text.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, ContractJson.Default.FileUploadState);

    /// <summary>Parses the text that <see cref="ToJson"/> returned.</summary>
    /// <param name="json">The JSON text.</param>
    /// <returns>The state.</returns>
    /// <exception cref="JsonException">The text is not a state.</exception>
    public static FileUploadState Parse(string json) =>
        JsonSerializer.Deserialize(json, ContractJson.Default.FileUploadState) ?? throw new JsonException("The state is null.");

    /// <summary>Returns a text for logs, without the tokens.</summary>
    /// <returns>The id, file name and size.</returns>
    public override string ToString() => $"upload {Id} of {FileName}, {Size} bytes";
}
