namespace DirectUpload.Stores;

/// <summary>Stores upload records: the contract between DirectUpload and a database.</summary>
/// <remarks>
/// <para>
/// Atomicity: every method call changes one record atomically; a method that returns or removes many records changes each of them
/// atomically. No transaction spans two records.
/// </para>
/// <para>
/// Concurrency: implementations are safe for concurrent use from several threads and, unless they document otherwise, from several
/// processes.
/// </para>
/// <para>
/// Responsibility: a store makes no decisions. It does not know which status may follow which, and it never receives a token.
/// </para>
/// <para>
/// Errors: every method has a time limit of its own, well below 30 seconds. When the engine fails, the method throws
/// <see cref="RecordStoreUnavailableException"/>. The call may or may not have had its effect, and callers conclude nothing from it.
/// Callers treat any other undocumented exception in the same way.
/// </para>
/// <para>
/// Unreadable records (<see cref="UnreadableRecordException"/>) must not block other records. A method that returns many records leaves
/// them out and reports them to <see cref="UnreadableRecords"/>. A method that leases records sets them aside for
/// <see cref="UnreadableRecords.QuarantineDuration"/>.
/// </para>
/// <para>
/// The test suite in <c>tests/DirectUpload.StoreConformance</c> is the executable form of this contract; every store passes it.
/// </para>
/// </remarks>
public interface IUploadRecordStore
{
    /// <summary>Adds a new record as version 1.</summary>
    /// <param name="record">The record; its version is ignored.</param>
    /// <param name="cancellationToken">Cancels the call; the record may have been added.</param>
    /// <returns>The record as it was stored. Every <see cref="FindAsync"/> that starts afterwards returns it.</returns>
    /// <exception cref="InvalidOperationException">A record with this id exists; nothing was changed.</exception>
    /// <exception cref="RecordStoreUnavailableException">The store is unavailable; the record may have been added.</exception>
    ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default);

    /// <summary>Returns the latest state of a record.</summary>
    /// <param name="id">The id of the upload.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The record, with every write that was completed before the call started; null when it does not exist.</returns>
    /// <exception cref="UnreadableRecordException">The record exists, but this version of the library cannot read it.</exception>
    /// <exception cref="RecordStoreUnavailableException">The store is unavailable.</exception>
    ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default);

    /// <summary>Replaces a record if its version has not changed since it was read (compare-and-set).</summary>
    /// <param name="changed">
    /// The changed record, with the version that was read. Id, profile, owner, declared size and creation time never change.
    /// </param>
    /// <param name="cancellationToken">Cancels the call; the change may have been stored.</param>
    /// <returns>
    /// The record as it was stored, with the next version; null when another caller changed it first or it does not exist.
    /// </returns>
    /// <remarks>
    /// <para>Of any number of callers that pass the same version, exactly one succeeds.</para>
    /// <para>
    /// The method never writes <see cref="UploadRecord.NotificationCheckpoints"/>; only <see cref="TrySaveCheckpointsAsync"/> does.
    /// </para>
    /// <para>
    /// The method stores a <see cref="UploadRecord.NotifyAt"/> that is not null, and <see cref="LeaseNotificationsAsync"/> returns the
    /// record from that time on. Null leaves the stored value unchanged. No method returns a record with a
    /// <see cref="UploadRecord.NotifyAt"/>.
    /// </para>
    /// </remarks>
    /// <exception cref="RecordStoreUnavailableException">The store is unavailable; the change may have been stored.</exception>
    ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default);

    /// <summary>Leases records whose <see cref="UploadRecord.NextActionAt"/> has passed, the longest overdue first.</summary>
    /// <param name="now">The current time: records that are due at or before it are leased.</param>
    /// <param name="until">The end of the leases; later than <paramref name="now"/>.</param>
    /// <param name="limit">The maximum number of records: 1 to 1,000.</param>
    /// <param name="cancellationToken">Cancels the call; records that were leased before that are due again when their lease ends.</param>
    /// <returns>The records as they are stored after the call.</returns>
    /// <remarks>
    /// A lease sets <see cref="UploadRecord.NextActionAt"/> to <paramref name="until"/> and increments the version. No other caller gets
    /// the record before then, and the store never leases one record to two callers. The method may miss records that became due within the
    /// last seconds; a later call finds them.
    /// </remarks>
    /// <exception cref="RecordStoreUnavailableException">
    /// The store is unavailable; records may have been leased until their lease ends.
    /// </exception>
    ValueTask<IReadOnlyList<UploadRecord>> LeaseDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Leases records whose <see cref="UploadRecord.NotifyAt"/> has passed and that no other dispatcher has leased, the longest waiting
    /// first.
    /// </summary>
    /// <param name="now">The current time: records that are due at or before it are leased.</param>
    /// <param name="until">The end of the leases; later than <paramref name="now"/>.</param>
    /// <param name="limit">The maximum number of records: 1 to 1,000.</param>
    /// <param name="cancellationToken">Cancels the call; records that were leased before that are due again when their lease ends.</param>
    /// <returns>The leases, with the records as they are stored after the call.</returns>
    /// <remarks>
    /// The method changes neither the version nor any other value of a record, so it never interferes with the process that works on the
    /// record. It never leases one record to two callers. It may miss records that became due within the last seconds; a later call finds
    /// them.
    /// </remarks>
    /// <exception cref="RecordStoreUnavailableException">
    /// The store is unavailable; records may have been leased until their lease ends.
    /// </exception>
    ValueTask<IReadOnlyList<NotificationLease>> LeaseNotificationsAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends a lease of <see cref="LeaseNotificationsAsync"/> and stores which transitions the event handlers were notified of.
    /// </summary>
    /// <param name="lease">The lease.</param>
    /// <param name="checkpoints">
    /// The new <see cref="UploadRecord.NotificationCheckpoints"/>: by event handler, the time of the last transition it was notified of, in
    /// UTC.
    /// </param>
    /// <param name="notifyAt">The next <see cref="UploadRecord.NotifyAt"/>, in UTC; null when every event handler is up to date.</param>
    /// <param name="cancellationToken">Cancels the call; the checkpoints may have been stored.</param>
    /// <returns>
    /// True when the checkpoints were stored. False when another dispatcher has leased the record or it was removed; nothing was changed
    /// then.
    /// </returns>
    /// <remarks>
    /// A <see cref="UploadRecord.NotifyAt"/> that was stored after the lease was taken stays, so no transition is missed. The method
    /// changes neither the version nor any other value of the record.
    /// </remarks>
    /// <exception cref="RecordStoreUnavailableException">The store is unavailable; the checkpoints may have been stored.</exception>
    ValueTask<bool> TrySaveCheckpointsAsync(
        NotificationLease lease, IReadOnlyDictionary<string, DateTimeOffset> checkpoints, DateTimeOffset? notifyAt,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Lists the records of an owner or of an association that match a filter, the newest first: in descending order of their ids.
    /// </summary>
    /// <param name="filter">
    /// The filter, which is <see cref="UploadFilter.IsByOwner"/> or has an <see cref="UploadFilter.Association"/>, or both.
    /// </param>
    /// <param name="limit">The maximum number of records: 1 to 1,000.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// The records; fewer than <paramref name="limit"/> only when there are no more. The list may lag behind writes by seconds.
    /// </returns>
    /// <remarks>
    /// The store has an index of owners and one of associations. The index of associations is used when the filter has an association.
    /// </remarks>
    /// <exception cref="RecordStoreUnavailableException">The store is unavailable.</exception>
    ValueTask<IReadOnlyList<UploadRecord>> ListAsync(UploadFilter filter, int limit, CancellationToken cancellationToken = default);

    /// <summary>Returns what the uploads of an owner count toward its quotas.</summary>
    /// <param name="query">The owner, and the totals that are asked for.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The totals; 0 for each that the query does not ask for.</returns>
    /// <remarks>
    /// <para>
    /// The library calls the method once for each request that has quotas, after it has added the record, so a store answers it with as few
    /// requests to its database as it can: the relational stores execute one statement.
    /// </para>
    /// <para>
    /// The totals need not be of the same moment. Each includes every write that was completed before the call started, unless the store
    /// documents that they lag behind writes by seconds; a quota is then enforced with the same delay. They always include
    /// <see cref="OwnerUsageQuery.Added"/>.
    /// </para>
    /// <para>
    /// Ids are ordered by time and at most 15 minutes older than their record, so a store can limit its search for created uploads to a
    /// range of ids.
    /// </para>
    /// </remarks>
    /// <exception cref="RecordStoreUnavailableException">The store is unavailable.</exception>
    ValueTask<OwnerUsage> GetUsageAsync(OwnerUsageQuery query, CancellationToken cancellationToken = default);

    /// <summary>Counts the records that are due and not leased, and returns the time at which the oldest of them became due.</summary>
    /// <param name="now">The current time: records whose <see cref="UploadRecord.NextActionAt"/> is at or before it are due.</param>
    /// <param name="limit">The number at which counting stops: 1 to 100,000.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// The number of records, at most <paramref name="limit"/>, and the earliest <see cref="UploadRecord.NextActionAt"/>, in UTC; null when
    /// no record is due. Both may lag behind writes by seconds.
    /// </returns>
    /// <exception cref="RecordStoreUnavailableException">The store is unavailable.</exception>
    ValueTask<(int Count, DateTimeOffset? Oldest)> GetBacklogAsync(
        DateTimeOffset now, int limit, CancellationToken cancellationToken = default);

    /// <summary>Lists all records that match a filter, in any order, and reads them page by page.</summary>
    /// <param name="filter">The filter; null for all records.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>
    /// The records. A record that exists unchanged during the whole listing appears exactly once. One that is added, changed or removed
    /// during the listing may appear in either state or not at all.
    /// </returns>
    /// <exception cref="RecordStoreUnavailableException">The store is unavailable; the enumeration throws it.</exception>
    IAsyncEnumerable<UploadRecord> ListAllAsync(UploadFilter? filter = null, CancellationToken cancellationToken = default);

    /// <summary>Removes a record permanently; does nothing when it does not exist.</summary>
    /// <param name="id">The id of the upload.</param>
    /// <param name="cancellationToken">Cancels the call; the record may have been removed.</param>
    /// <returns>A task that completes when the record is removed.</returns>
    /// <exception cref="RecordStoreUnavailableException">The store is unavailable; the record may have been removed.</exception>
    ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default);

    /// <summary>Removes records permanently whose <see cref="UploadRecord.PurgeAt"/> has passed.</summary>
    /// <param name="now">The current time: records whose <see cref="UploadRecord.PurgeAt"/> is at or before it are removed.</param>
    /// <param name="limit">The maximum number of records: 1 to 10,000.</param>
    /// <param name="cancellationToken">Cancels the call; records that were removed before that stay removed.</param>
    /// <returns>The number of removed records; when it equals <paramref name="limit"/>, there may be more.</returns>
    /// <remarks>A store whose database removes expired records itself (time to live) may do nothing and return 0.</remarks>
    /// <exception cref="RecordStoreUnavailableException">The store is unavailable; some records may have been removed.</exception>
    ValueTask<int> PurgeExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default);
}
