namespace DirectUpload.Storage;

/// <summary>
/// The parameters of a copy within a bucket, on the condition that the source is the object that was verified, or that the copy is new.
/// </summary>
internal sealed record ConditionalCopy
{
    /// <summary>The key of the source.</summary>
    public required string SourceKey { get; init; }

    /// <summary>
    /// The ETag that the verified object must still have; null to copy whatever object there is, to a key that must have none.
    /// </summary>
    public required string? SourceETag { get; init; }

    /// <summary>The version of the verified object; null in an unversioned bucket.</summary>
    public string? SourceVersionId { get; init; }

    /// <summary>The size of the source, in bytes, verified or declared.</summary>
    public required long Size { get; init; }

    /// <summary>The key of the copy.</summary>
    public required string DestinationKey { get; init; }

    /// <summary>The Content-Type of the copy.</summary>
    public required string ContentType { get; init; }

    /// <summary>
    /// The checksum that storage must compute of the copy, as in <see cref="UploadChecksum.Algorithm"/>; null for that of the source.
    /// </summary>
    public string? ChecksumAlgorithm { get; init; }

    /// <summary>The settings of the copy. No setting of the source is copied.</summary>
    public required ObjectSettings Settings { get; init; }
}
