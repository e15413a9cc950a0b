using DirectUpload.LocalS3.Checksums;

namespace DirectUpload.LocalS3.Objects;

/// <summary>Represents the stored record of a multipart upload.</summary>
internal sealed record StoredUpload
{
    public required string Id { get; init; }

    public required string Key { get; init; }

    /// <summary>The start time in whole seconds.</summary>
    public required DateTimeOffset Initiated { get; init; }

    /// <summary>The attributes of the future object.</summary>
    public required ObjectAttributes Attributes { get; init; }

    public required ChecksumPlan Checksum { get; init; }

    /// <summary>The sequence number that the object will have among all writes to the bucket.</summary>
    public long Sequence { get; init; }

    /// <summary>Indicates whether the key had an object when the upload started.</summary>
    public bool KeyWasTaken { get; init; }
}

/// <summary>Specifies the checksum of an upload's parts and of its object.</summary>
/// <param name="Algorithm">The name of the algorithm.</param>
/// <param name="Type">The type, as in <see cref="StoredChecksum"/>.</param>
/// <param name="IsAsked">True if the client chose the checksum and must send it with every part; false for S3's default.</param>
internal sealed record ChecksumPlan(string Algorithm, string Type, bool IsAsked);

/// <summary>Represents the stored record of a part.</summary>
internal sealed record UploadedPart(string UploadId, StoredPart Part);
