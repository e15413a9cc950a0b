using DirectUpload.LocalS3.Checksums;

namespace DirectUpload.LocalS3.Storage;

/// <summary>A multipart upload that was begun, as it is kept.</summary>
internal sealed record StoredUpload
{
    public required string Id { get; init; }

    public required string Key { get; init; }

    /// <summary>In whole seconds.</summary>
    public required DateTimeOffset Initiated { get; init; }

    /// <summary>What the object will have.</summary>
    public required ObjectAttributes Attributes { get; init; }

    public required ChecksumPlan Checksum { get; init; }

    /// <summary>The place among all writes to the bucket that its object will have.</summary>
    public long Sequence { get; init; }

    /// <summary>There was an object under the key when the upload began.</summary>
    public bool KeyWasTaken { get; init; }
}

/// <summary>Which checksum the parts and the object of an upload have.</summary>
/// <param name="Algorithm">Its name.</param>
/// <param name="Type">As in <see cref="StoredChecksum"/>.</param>
/// <param name="IsAsked">The client chose it, so it must send one with every part; else it is S3's own default.</param>
internal sealed record ChecksumPlan(string Algorithm, string Type, bool IsAsked);

/// <summary>A part's record in the bucket's folder.</summary>
internal sealed record UploadedPart(string UploadId, StoredPart Part);
