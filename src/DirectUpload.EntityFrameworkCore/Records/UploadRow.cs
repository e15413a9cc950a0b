namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>Represents a record as a row.</summary>
/// <remarks>
/// Times are text in the format of <see cref="Iso8601"/>, which keeps the precision of a .NET time (100 nanoseconds) and the order on every
/// database.
/// </remarks>
#pragma warning disable CA1852 // Contexts with proxies refuse sealed entity types.
internal class UploadRow
#pragma warning restore CA1852
{
    public string Id { get; set; } = string.Empty;

    public long Version { get; set; }

    public string Profile { get; set; } = string.Empty;

    public string Status { get; set; } = string.Empty;

    public string? Owner { get; set; }

    public string FileName { get; set; } = string.Empty;

    public string ContentType { get; set; } = string.Empty;

    public string? DeclaredContentType { get; set; }

    /// <summary>Gets or sets a JSON array; null when there are none.</summary>
    public string? AllowedContentTypes { get; set; }

    public long DeclaredSize { get; set; }

    public bool IsSizeUnknown { get; set; }

    /// <summary>
    /// Gets or sets the declared size while the upload is pending or writable, otherwise null; the owner's quota index contains only these
    /// rows.
    /// </summary>
    public long? PendingSize { get; set; }

    /// <summary>
    /// Gets or sets the bytes that count against the owner's quota, or null for none; the index of totals contains only these rows.
    /// </summary>
    public long? StoredBytes { get; set; }

    /// <summary>Gets or sets the time after which neither size counts, or null while only a status change ends that.</summary>
    public string? QuotaEndsAt { get; set; }

    public long? Size { get; set; }

    public string? ChecksumSha256 { get; set; }

    public string? ChecksumCrc64Nvme { get; set; }

    public string? StoredChecksum { get; set; }

    public string? StoredChecksumAlgorithm { get; set; }

    public string? StoredChecksumType { get; set; }

    public string Bucket { get; set; } = string.Empty;

    public string StagingKey { get; set; } = string.Empty;

    public string FinalKey { get; set; } = string.Empty;

    public string? ETag { get; set; }

    public string? VersionId { get; set; }

    public long? PartSize { get; set; }

    public string? MultipartId { get; set; }

    public bool PartChecksums { get; set; }

    public string? AssociationType { get; set; }

    public string? AssociationId { get; set; }

    public string? AssociationKind { get; set; }

    public string? AttachedAt { get; set; }

    public string? AttachBy { get; set; }

    public bool IsReplacing { get; set; }

    public string WriteTokenHash { get; set; } = string.Empty;

    public string ReadTokenHash { get; set; } = string.Empty;

    public string? ReadTokenExpiresAt { get; set; }

    public string? WriteTokenExpiresAt { get; set; }

    /// <summary>Gets or sets a JSON array; null when there are none.</summary>
    public string? RequiredProcessors { get; set; }

    /// <summary>Gets or sets a JSON array; null when there are none.</summary>
    public string? Decisions { get; set; }

    /// <summary>Gets or sets the processor whose decision is awaited; the index of waiting uploads contains only these rows.</summary>
    public string? AwaitedProcessor { get; set; }

    public string? Progress { get; set; }

    public string Metadata { get; set; } = string.Empty;

    public string Properties { get; set; } = string.Empty;

    public string Variants { get; set; } = string.Empty;

    public string NotificationCheckpoints { get; set; } = string.Empty;

    /// <summary>Gets or sets the time at which event handlers are notified.</summary>
    /// <remarks>
    /// Only the dispatcher writes this, <see cref="NotificationCheckpoints"/> and <see cref="NotifyUntil"/>; no update of a record
    /// overwrites them.
    /// </remarks>
    public string? NotifyAt { get; set; }

    /// <summary>Gets or sets the end of the dispatcher's lease, which identifies the lease.</summary>
    public string? NotifyUntil { get; set; }

    public string? Actor { get; set; }

    public string? RemoteAddress { get; set; }

    public string? UserAgent { get; set; }

    public string Transitions { get; set; } = string.Empty;

    public string CreatedAt { get; set; } = string.Empty;

    public string UpdatedAt { get; set; } = string.Empty;

    public string GrantExpiresAt { get; set; } = string.Empty;

    public string? NextActionAt { get; set; }

    /// <summary>Gets or sets the time at which the record was due before its last lease, which orders the leased records.</summary>
    public string? PreviousNextActionAt { get; set; }

    public string? PurgeAt { get; set; }

    public int Attempts { get; set; }

    public int FailedAttempts { get; set; }

    public string? LastError { get; set; }

    public string? ErrorCode { get; set; }

    public string? ErrorMessage { get; set; }
}
