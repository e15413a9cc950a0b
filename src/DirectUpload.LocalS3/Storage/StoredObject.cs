using System.Text.Json.Serialization;
using DirectUpload.LocalS3.Checksums;

namespace DirectUpload.LocalS3.Storage;

/// <summary>One object, or one version of it, as it is kept: immutable, so a reader that holds it is never surprised.</summary>
internal sealed record StoredObject
{
    public required string Key { get; init; }

    /// <summary>Null when it was written while the bucket kept no versions.</summary>
    public string? VersionId { get; init; }

    /// <summary>It only says that the object was deleted, and has no bytes.</summary>
    public bool IsDeleteMarker { get; init; }

    /// <summary>Its bytes, in order. Completing a multipart upload names the parts' files here, and copies nothing.</summary>
    public required IReadOnlyList<StoredPart> Parts { get; init; }

    /// <summary>Without quotes.</summary>
    public required string ETag { get; init; }

    /// <summary>In whole seconds, as S3 keeps it; of a multipart upload the time at which it began.</summary>
    public required DateTimeOffset LastModified { get; init; }

    /// <summary>The place among all changes of the latest one to this object; see <see cref="Storage.Sequence"/>.</summary>
    public long Change { get; init; }

    public required ObjectAttributes Attributes { get; init; }

    public StoredChecksum? Checksum { get; init; }

    /// <summary>The multipart upload that it was; null when it came in one request.</summary>
    public string? UploadId { get; init; }

    public required long Size { get; init; }

    /// <summary>Its place among all writes to the bucket; of a multipart upload the place at which it began, as S3 dates it too.</summary>
    public long Sequence { get; init; }

    [JsonIgnore]
    public bool IsMultipart => UploadId is not null;

    /// <summary>The version's id as clients say it.</summary>
    [JsonIgnore]
    public string PublicVersionId => VersionId ?? Storage.VersionId.Null;

    public static StoredObject DeleteMarker(string key, DateTimeOffset now, long sequence) => new()
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
