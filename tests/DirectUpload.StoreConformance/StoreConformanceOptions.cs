namespace DirectUpload.StoreConformance;

/// <summary>Describes the lags and features that the contract leaves to a store.</summary>
public sealed record StoreConformanceOptions
{
    /// <summary>Gets the maximum time until <see cref="IUploadRecordStore.ListAsync"/> shows a write.</summary>
    /// <value>The default is zero: the list shows each write at once.</value>
    public TimeSpan OwnerListLag { get; init; }

    /// <summary>Gets the maximum time until the counts and sums of a store include a write.</summary>
    /// <value>The default is zero: they include each write at once.</value>
    /// <remarks>
    /// The lag applies to <see cref="IUploadRecordStore.GetUsageAsync"/> and <see cref="IUploadRecordStore.GetBacklogAsync"/>.
    /// </remarks>
    public TimeSpan CountLag { get; init; }

    /// <summary>Gets the maximum time until leases include a record that a write has made due.</summary>
    /// <value>The default is zero: leases include it at once.</value>
    /// <remarks>
    /// The lag applies to <see cref="IUploadRecordStore.LeaseDueAsync"/> and
    /// <see cref="IUploadRecordStore.LeaseNotificationsAsync"/>.
    /// </remarks>
    public TimeSpan LeaseLag { get; init; }

    /// <summary>Gets a value that indicates whether the database removes records whose purge time has come.</summary>
    /// <value>
    /// The default is <see langword="false"/>. If <see langword="true"/>, <see cref="IUploadRecordStore.PurgeExpiredAsync"/> must remove
    /// nothing and return 0.
    /// </value>
    public bool PurgesAutomatically { get; init; }

    /// <summary>Gets how long generated histories run.</summary>
    /// <value>The default is 5 seconds. The environment variable <c>DIRECTUPLOAD_STORE_SECONDS</c> overrides it.</value>
    public TimeSpan HistoryDuration { get; init; } = TimeSpan.FromSeconds(5);
}
