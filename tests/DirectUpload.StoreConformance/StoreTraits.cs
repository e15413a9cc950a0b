namespace DirectUpload.StoreConformance;

/// <summary>What the contract leaves to a store, as it documents it.</summary>
public sealed record StoreTraits
{
    /// <summary>How long after a write <see cref="IUploadRecordStore.ListByOwnerAsync"/> may not show it; zero by default, when it must at once.</summary>
    public TimeSpan OwnerListsLag { get; init; }

    /// <summary>How long after a write <see cref="IUploadRecordStore.CountPendingAsync"/> and <see cref="IUploadRecordStore.CountCreatedAsync"/> may not count it; zero by default.</summary>
    public TimeSpan CountsLag { get; init; }

    /// <summary>How long after a write <see cref="IUploadRecordStore.ClaimDueAsync"/> may miss what is due; zero by default.</summary>
    public TimeSpan ClaimsLag { get; init; }

    /// <summary>Whether the database removes what has retired, so that <see cref="IUploadRecordStore.RetireAsync"/> does nothing and answers 0.</summary>
    public bool RetiresByItself { get; init; }

    /// <summary>
    /// How long generated histories are tried for; five seconds by default. The environment variable DIRECTUPLOAD_STORE_SECONDS, where it is set, holds
    /// instead.
    /// </summary>
    public TimeSpan HistoriesTime { get; init; } = TimeSpan.FromSeconds(5);
}
