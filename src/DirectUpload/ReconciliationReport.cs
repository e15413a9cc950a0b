namespace DirectUpload;

/// <summary>What a reconciliation has found.</summary>
public sealed record ReconciliationReport
{
    /// <summary>Objects that no upload needs.</summary>
    public int Orphans { get; init; }

    /// <summary>Their sizes added up, in bytes.</summary>
    public long OrphanBytes { get; init; }

    /// <summary>Multipart uploads that nobody will finish.</summary>
    public int UnfinishedMultiparts { get; init; }

    /// <summary>Ready uploads whose object has gone.</summary>
    public int Missing { get; init; }

    /// <summary>Ready uploads at whose key another object is.</summary>
    public int Changed { get; init; }

    /// <summary>How many orphans and multipart uploads were deleted.</summary>
    public int Deleted { get; init; }

    internal ReconciliationReport With(Discrepancy found, bool deleted)
    {
        var report = deleted ? this with { Deleted = Deleted + 1 } : this;
        return found.Kind switch
        {
            DiscrepancyKind.Orphan => report with { Orphans = Orphans + 1, OrphanBytes = OrphanBytes + found.Size },
            DiscrepancyKind.UnfinishedMultipart => report with { UnfinishedMultiparts = UnfinishedMultiparts + 1 },
            DiscrepancyKind.Missing => report with { Missing = Missing + 1 },
            _ => report with { Changed = Changed + 1 },
        };
    }
}
