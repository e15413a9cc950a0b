namespace DirectUpload;

/// <summary>Represents an object or a record on which storage and the record store disagree.</summary>
/// <param name="kind">The kind of discrepancy.</param>
/// <param name="bucket">The name of the bucket.</param>
/// <param name="key">The key of the object.</param>
/// <param name="uploadId">The id of the upload, from the key.</param>
/// <param name="size">The size, in bytes.</param>
/// <param name="since">The time of the last known change, in UTC.</param>
public sealed class Discrepancy(DiscrepancyKind kind, string bucket, string key, UploadId uploadId, long size, DateTimeOffset since)
{
    /// <summary>Gets the kind of discrepancy.</summary>
    /// <value>A value that specifies what is wrong.</value>
    public DiscrepancyKind Kind { get; } = kind;

    /// <summary>Gets the name of the bucket.</summary>
    /// <value>The name at S3.</value>
    public string Bucket { get; } = bucket;

    /// <summary>Gets the key of the object.</summary>
    /// <value>A staging key or a final key; it contains <see cref="UploadId"/>.</value>
    public string Key { get; } = key;

    /// <summary>Gets the id of the upload that the key belongs to.</summary>
    /// <value>The id in the key; an upload with this id need not exist.</value>
    public UploadId UploadId { get; } = uploadId;

    /// <summary>Gets the size of the object.</summary>
    /// <value>
    /// The size, in bytes, as storage lists it. For a ready upload whose object is missing or changed, the size in the record. 0 for an
    /// incomplete multipart upload.
    /// </value>
    public long Size { get; } = size;

    /// <summary>Gets the time of the last known change.</summary>
    /// <value>
    /// The time, in UTC, at which the object was written, the multipart upload was started, or the record was last changed.
    /// </value>
    public DateTimeOffset Since { get; } = since;

    /// <summary>Gets the id that storage gave the multipart upload.</summary>
    /// <value>The id; null unless <see cref="Kind"/> is <see cref="DiscrepancyKind.IncompleteMultipartUpload"/>.</value>
    public string? MultipartUploadId { get; init; }
}

/// <summary>Specifies how storage and the record store disagree.</summary>
public enum DiscrepancyKind
{
    /// <summary>Specifies an object that no upload needs; it can be deleted.</summary>
    Orphan,

    /// <summary>Specifies a multipart upload that will not be completed, but whose parts are billed; it can be aborted.</summary>
    IncompleteMultipartUpload,

    /// <summary>Specifies a ready upload whose object does not exist; the application decides what to do.</summary>
    Missing,

    /// <summary>Specifies a ready upload whose object is not the one that was verified; it is not served.</summary>
    Changed,
}
