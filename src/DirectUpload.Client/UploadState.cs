using System.Text.Json;
using DirectUpload.Client.Application;

namespace DirectUpload.Client;

/// <summary>
/// What it takes to go on with an upload after a crash. It does not change while the upload goes on: which parts have arrived, storage knows. Keep it as you keep a password:
/// <see cref="WriteToken"/> lets its holder send, confirm and delete this one upload, and <see cref="ReadToken"/> read it.
/// </summary>
public sealed record UploadState
{
    /// <summary>The upload's id.</summary>
    public required string Id { get; init; }

    /// <summary>Secret: opens everything about this upload.</summary>
    public required string WriteToken { get; init; }

    /// <summary>Secret: opens status and content.</summary>
    public required string ReadToken { get; init; }

    /// <summary>The file's own name.</summary>
    public required string FileName { get; init; }

    /// <summary>In bytes.</summary>
    public required long Size { get; init; }

    /// <summary>When the file was last written, in UTC; null for a stream, of which only the size is known.</summary>
    public DateTimeOffset? LastWriteTime { get; init; }

    /// <summary>How the bytes travel.</summary>
    public required UploadMethod Method { get; init; }

    /// <summary>The size of each part but the last, in bytes; 0 when it goes in one piece.</summary>
    public long PartSize { get; init; }

    /// <summary>Whether each part goes with its SHA-256.</summary>
    public bool PartChecksums { get; init; }

    /// <summary>The SHA-256 that was promised: base64 of 32 bytes; null when none was.</summary>
    public string? ChecksumSha256 { get; init; }

    /// <summary>As JSON, secrets included.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ContractJson.Default.UploadState);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="JsonException">It is something else.</exception>
    public static UploadState Parse(string json) => JsonSerializer.Deserialize(json, ContractJson.Default.UploadState) ?? throw new JsonException("The state is null.");

    /// <summary>For logs: without the tokens.</summary>
    public override string ToString() => $"upload {Id} of {FileName}, {Size} bytes";
}
