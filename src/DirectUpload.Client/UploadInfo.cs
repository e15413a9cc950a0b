namespace DirectUpload.Client;

/// <summary>An upload as the application shows it.</summary>
public sealed record UploadInfo
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Where it stands.</summary>
    public required UploadStatus Status { get; init; }

    /// <summary>The profile whose rules it is held to.</summary>
    public required string Profile { get; init; }

    /// <summary>The file's own name.</summary>
    public required string FileName { get; init; }

    /// <summary>The media type.</summary>
    public required string ContentType { get; init; }

    /// <summary>In bytes; null while it is open.</summary>
    public long? Size { get; init; }

    /// <summary>The stable code of what ended it, if anything did.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The same in a sentence.</summary>
    public string? ErrorDetail { get; init; }

    /// <summary>Where its content is, for whoever sends the read token in <c>Upload-Token</c> or is its owner; null until it is ready.</summary>
    public Uri? ContentUrl { get; init; }
}
