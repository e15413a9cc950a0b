namespace DirectUpload.Client;

/// <summary>A finished upload; or one that has arrived, when nobody waits for more (<see cref="TransferOptions.WaitUntilReady"/>).</summary>
public sealed record UploadResult
{
    /// <summary>The upload's id.</summary>
    public required string Id { get; init; }

    /// <summary>Opens status and content, nothing else. Whoever has it can read the file.</summary>
    public required string ReadToken { get; init; }

    /// <summary><see cref="UploadStatus.Ready"/>, unless nobody waited.</summary>
    public required UploadStatus Status { get; init; }

    /// <summary>In bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The SHA-256 of the bytes that were sent: base64 of 32 bytes.</summary>
    public required string ChecksumSha256 { get; init; }

    /// <summary>Where the content is; null unless ready. The read token is not part of it.</summary>
    public Uri? ContentUrl { get; init; }

    /// <summary>For logs: without the token.</summary>
    public override string ToString() => $"upload {Id}: {Status}, {Size} bytes";
}
