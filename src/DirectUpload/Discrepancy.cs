using DirectUpload.Uploads;

namespace DirectUpload;

/// <summary>Something in which storage and records do not agree.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">The object's key.</param>
/// <param name="Upload">The upload that the key names.</param>
/// <param name="Size">The object's size in bytes; for one that is missing, what the record says; 0 for unfinished multipart uploads.</param>
/// <param name="Since">When the object was written, the multipart upload begun, or the record last changed, in UTC.</param>
public sealed record Discrepancy(DiscrepancyKind Kind, string Bucket, string Key, UploadId Upload, long Size, DateTimeOffset Since)
{
    /// <summary>What storage knows the multipart upload by; null for all other kinds.</summary>
    public string? MultipartUploadId { get; init; }
}

/// <summary>How storage and records can disagree.</summary>
public enum DiscrepancyKind
{
    /// <summary>An object that no upload needs: it may be deleted.</summary>
    Orphan,

    /// <summary>A multipart upload that nobody will finish; its parts are paid for. It may be aborted.</summary>
    UnfinishedMultipart,

    /// <summary>A ready upload whose object has gone. What to do about it only the application can know.</summary>
    Missing,

    /// <summary>A ready upload at whose key another object is than the one that was verified. It is not served.</summary>
    Changed,
}
