namespace DirectUpload.Storage;

/// <summary>The parameters of a copy within a bucket, on the condition that the source is the object that was verified.</summary>
internal sealed record ConditionalCopy
{
    /// <summary>The key of the verified object.</summary>
    public required string SourceKey { get; init; }

    /// <summary>The ETag that the verified object must still have.</summary>
    public required string SourceETag { get; init; }

    /// <summary>The version of the verified object; null in an unversioned bucket.</summary>
    public string? SourceVersionId { get; init; }

    /// <summary>The size of the verified object, in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The key of the copy.</summary>
    public required string DestinationKey { get; init; }

    /// <summary>The Content-Type of the copy.</summary>
    public required string ContentType { get; init; }

    /// <summary>Whether storage must compute the CRC-64/NVME of the copy, because the source has another checksum.</summary>
    public bool ComputesCrc64Nvme { get; init; }

    /// <summary>The settings of the copy. No setting of the source is copied.</summary>
    public required ObjectSettings Settings { get; init; }
}
