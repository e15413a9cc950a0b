using System.Text.Json.Serialization;
using DirectUpload.LocalS3.Checksums;

namespace DirectUpload.LocalS3.Objects;

/// <summary>Represents one stored object, or one version of it; immutable, so readers can share it.</summary>
internal sealed record StoredObject
{
    public required string Key { get; init; }

    /// <summary>The version id; null if versioning was not enabled when the object was written.</summary>
    public string? VersionId { get; init; }

    /// <summary>Indicates a delete marker, which has no bytes.</summary>
    public bool IsDeleteMarker { get; init; }

    /// <summary>
    /// The files with the object's bytes, in order; a completed multipart upload refers to its parts' files without a copy.
    /// </summary>
    public required IReadOnlyList<StoredPart> Parts { get; init; }

    /// <summary>The ETag without quotes.</summary>
    public required string ETag { get; init; }

    /// <summary>The modification time in whole seconds, as in S3; for a multipart upload the time at which it started.</summary>
    public required DateTimeOffset LastModified { get; init; }

    /// <summary>The sequence number of the latest change to this object; see <see cref="ChangeSequence"/>.</summary>
    public long Change { get; init; }

    public required ObjectAttributes Attributes { get; init; }

    public StoredChecksum? Checksum { get; init; }

    /// <summary>The id of the multipart upload that created the object; null for an object written by a single request.</summary>
    public string? UploadId { get; init; }

    public required long Size { get; init; }

    /// <summary>
    /// The sequence number of this write in the bucket; for a multipart upload the number of its start, as S3 also dates it.
    /// </summary>
    public long Sequence { get; init; }

    [JsonIgnore]
    public bool IsMultipart => UploadId is not null;

    /// <summary>The version id that clients use.</summary>
    [JsonIgnore]
    public string PublicVersionId => VersionId ?? DirectUpload.LocalS3.Objects.VersionId.Null;

    public static StoredObject CreateDeleteMarker(string key, DateTimeOffset now, long sequence) => new()
    {
        Key = key,
        IsDeleteMarker = true,
        Parts = [],
        Size = 0,
        ETag = "",
        LastModified = now,
        Attributes = new(),
        Sequence = sequence,
    };
}
