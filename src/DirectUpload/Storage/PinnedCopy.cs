using DirectUpload.Uploads;

namespace DirectUpload.Storage;

/// <summary>One copy within a bucket, of exactly the object that was verified. Up to 5 TiB.</summary>
public sealed record PinnedCopy
{
    /// <summary>Where the verified object is.</summary>
    public required string SourceKey { get; init; }

    /// <summary>The ETag that it must still have.</summary>
    public required string SourceETag { get; init; }

    /// <summary>Its version in a versioned bucket.</summary>
    public string? SourceVersionId { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Where the copy goes.</summary>
    public required string DestinationKey { get; init; }

    /// <summary>The copy's Content-Type.</summary>
    public required string ContentType { get; init; }

    /// <summary>What else storage is told about the copy; nothing is taken over from the source.</summary>
    public required ObjectSettings Settings { get; init; }
}
