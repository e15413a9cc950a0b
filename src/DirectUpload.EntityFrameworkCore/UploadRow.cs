namespace DirectUpload.EntityFrameworkCore;

/// <summary>
/// A record as a row. Times are text, as <see cref="SortableTime"/> writes them: exact to the 100 nanoseconds of a .NET time on every database, in order, and readable.
/// </summary>
#pragma warning disable CA1852 // Sealed, a context that makes proxies would refuse it.
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

    public long ClaimedSize { get; set; }

    public bool SizeIsOpen { get; set; }

    /// <summary>The claimed size while the upload is pending or can still be written to, else null: what an owner's quota counts, and nothing else is in its index.</summary>
    public long? PendingSize { get; set; }

    /// <summary>The bytes that the upload counts for, null when none: what an owner's total is added up from, and nothing else is in its index.</summary>
    public long? HeldSize { get; set; }

    /// <summary>From when on neither size counts any more; null while only a change of status ends that.</summary>
    public string? QuotaEndsAt { get; set; }

    public long? Size { get; set; }

    public string? ChecksumSha256 { get; set; }

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

    public string WriteTokenHash { get; set; } = string.Empty;

    public string ReadTokenHash { get; set; } = string.Empty;

    public string? ReadTokenExpiresAt { get; set; }

    public string? WriteTokenExpiresAt { get; set; }

    /// <summary>A JSON array; null when there are none.</summary>
    public string? RequiredProcessors { get; set; }

    public string Metadata { get; set; } = string.Empty;

    public string Findings { get; set; } = string.Empty;

    public string Derivatives { get; set; } = string.Empty;

    public string Told { get; set; } = string.Empty;

    /// <summary>When event handlers are to be notified. Together with <see cref="Told"/> and <see cref="NotifyUntil"/> the dispatcher's own: no update of a record overwrites them.</summary>
    public string? NotifyAt { get; set; }

    /// <summary>The end of the lease of the dispatcher that notifies; it identifies the lease.</summary>
    public string? NotifyUntil { get; set; }

    public string? Actor { get; set; }

    public string? RemoteAddress { get; set; }

    public string? UserAgent { get; set; }

    public string Transitions { get; set; } = string.Empty;

    public string CreatedAt { get; set; } = string.Empty;

    public string UpdatedAt { get; set; } = string.Empty;

    public string GrantExpiresAt { get; set; } = string.Empty;

    public string? DueAt { get; set; }

    /// <summary>When it was due before it was claimed last: the order of what one claim takes.</summary>
    public string? WasDueAt { get; set; }

    public string? RetireAt { get; set; }

    public int Attempts { get; set; }

    public int Failures { get; set; }

    public string? Fault { get; set; }

    public string? ErrorCode { get; set; }

    public string? ErrorDetail { get; set; }
}
