using System.Text.Json.Serialization;

namespace DirectUpload.LocalS3.Storage;

/// <summary>One object as it is kept: immutable, so a reader that holds it is never surprised.</summary>
internal sealed record StoredObject
{
    public required string Key { get; init; }

    /// <summary>Its bytes, in order. Completing a multipart upload names the parts' files here, and copies nothing.</summary>
    public required IReadOnlyList<StoredPart> Parts { get; init; }

    /// <summary>Without quotes.</summary>
    public required string ETag { get; init; }

    /// <summary>In whole seconds, as S3 keeps it; of a multipart upload the time at which it began.</summary>
    public required DateTimeOffset LastModified { get; init; }

    public required ObjectAttributes Attributes { get; init; }

    public StoredChecksum? Checksum { get; init; }

    /// <summary>The multipart upload that it was; null when it came in one request.</summary>
    public string? UploadId { get; init; }

    public required long Size { get; init; }

    /// <summary>Its place among all writes to the bucket; of a multipart upload the place at which it began, as S3 dates it too.</summary>
    public long Sequence { get; init; }

    [JsonIgnore]
    public bool IsMultipart => UploadId is not null;
}
