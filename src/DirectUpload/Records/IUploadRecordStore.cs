using DirectUpload.Uploads;

namespace DirectUpload.Records;

/// <summary>
/// Keeps upload records. Every verb is one atomic step; no transaction spans two records. A store decides nothing: it neither knows which
/// status may follow which nor sees a token. Implementations are safe for concurrent use from several threads and, unless they say otherwise, several
/// processes. Each verb has a time limit of its own, well below 30 seconds. Where the engine fails, it throws <see cref="RecordStoreUnavailableException"/>: nothing is concluded from it, and the call
/// may or may not have had its effect. Any other exception is treated alike.
/// </summary>
/// <remarks>
/// A record that cannot be read (<see cref="UnreadableRecordException"/>) must not hold up others: verbs that return many records leave it out and report it to
/// <see cref="UnreadableRecords"/>; a verb that leases records sets it aside for <see cref="UnreadableRecords.SetAsideFor"/>.
/// </remarks>
/// <remarks>Every store passes the suite of <c>tests/DirectUpload.StoreConformance</c>, which is this contract, executable.</remarks>
public interface IUploadRecordStore
{
    /// <summary>Adds a new record, as version 1, and returns it so. Seen by every read that begins afterwards.</summary>
    /// <exception cref="InvalidOperationException">A record with this id exists; nothing was changed.</exception>
    ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default);

    /// <summary>The newest state of a record; null when there is none. Sees every write that was completed before it began.</summary>
    /// <exception cref="UnreadableRecordException">The record exists, and this version cannot read it.</exception>
    ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Compare-and-set: stores <paramref name="changed"/> if the stored version still equals its <see cref="UploadRecord.Version"/>, and returns
    /// it with the next version; null when somebody was faster or the record has gone. Of any number of callers with one version, exactly one
    /// succeeds. Id, profile, owner, claimed size and creation time never change.
    /// </summary>
    /// <remarks>
    /// <see cref="UploadRecord.Told"/> is never written here: it belongs to <see cref="TrySaveNotificationsAsync"/>. A <see cref="UploadRecord.NotifyAt"/> that is not null is stored, so that
    /// <see cref="ClaimNotificationsAsync"/> returns the record from then on; null leaves what is stored as it is. No verb returns a record with a <see cref="UploadRecord.NotifyAt"/>.
    /// </remarks>
    ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes records whose <see cref="UploadRecord.DueAt"/> is at or before <paramref name="now"/>, the longest overdue first: each becomes due again
    /// only at <paramref name="until"/>, as its next version, and nobody else is given it before. May miss what became due within the last seconds (a later
    /// call finds it); never gives one record to two callers.
    /// </summary>
    /// <param name="now">The time to compare with.</param>
    /// <param name="until">When the claim ends; later than <paramref name="now"/>.</param>
    /// <param name="limit">At most so many; 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the call; what was claimed by then comes back when the claim ends.</param>
    /// <returns>The records as they are stored now.</returns>
    ValueTask<IReadOnlyList<UploadRecord>> ClaimDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Leases records whose <see cref="UploadRecord.NotifyAt"/> is at or before <paramref name="now"/> and that no other dispatcher has leased, the longest waiting first. Changes neither the
    /// version of a record nor anything else of it, so it never interferes with the process that works on the record. May miss what became due within the last seconds (a later call finds it);
    /// never leases one record to two callers.
    /// </summary>
    /// <param name="now">The time to compare with.</param>
    /// <param name="until">The end of the leases; later than <paramref name="now"/>.</param>
    /// <param name="limit">At most so many; 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the call; what was leased by then is due again when the lease ends.</param>
    /// <returns>The leases, with the records as they are stored now.</returns>
    ValueTask<IReadOnlyList<NotificationLease>> ClaimNotificationsAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends a lease of <see cref="ClaimNotificationsAsync"/>: stores <paramref name="told"/> as the record's <see cref="UploadRecord.Told"/> and <paramref name="notifyAt"/> as its next
    /// <see cref="UploadRecord.NotifyAt"/>. A <see cref="UploadRecord.NotifyAt"/> that was stored since the lease was taken stays, so no transition is missed. Changes neither the version of the
    /// record nor anything else of it.
    /// </summary>
    /// <param name="lease">The lease.</param>
    /// <param name="told">How far each event handler was notified.</param>
    /// <param name="notifyAt">When to notify again, in UTC; null when nothing is left to notify.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False when the lease has passed to another dispatcher, or the record has gone; nothing was changed then.</returns>
    ValueTask<bool> TrySaveNotificationsAsync(
        NotificationLease lease, IReadOnlyList<UploadTold> told, DateTimeOffset? notifyAt, CancellationToken cancellationToken = default);

    /// <summary>An owner's records, the newest first, which is the order of their ids downwards. May lag behind writes by seconds.</summary>
    /// <param name="owner">The owner; null means those of anonymous callers.</param>
    /// <param name="limit">At most so many; 1 to 1,000.</param>
    /// <param name="before">Only those older than this one: the last of the page before.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    ValueTask<IReadOnlyList<UploadRecord>> ListByOwnerAsync(
        string? owner, int limit, UploadId? before = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Counts an owner's uploads under one profile that have <see cref="UploadRecord.PendingBytes"/>, and adds those up; one whose <see cref="UploadRecord.QuotaEndsAt"/> is at or before <paramref name="now"/> is left
    /// out. May lag behind writes by seconds, where the store documents that: a quota then holds a little late.
    /// </summary>
    /// <param name="profile">The profile.</param>
    /// <param name="owner">The owner; null means anonymous callers.</param>
    /// <param name="now">The time to compare with.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many uploads, and their bytes.</returns>
    ValueTask<PendingUploads> CountPendingAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>
    /// Counts an owner's records that were created after <paramref name="since"/>, up to <paramref name="limit"/>. An id is at most 15 minutes older than its record. May lag behind writes by seconds, where the store
    /// says so.
    /// </summary>
    /// <param name="owner">The owner; null means anonymous callers.</param>
    /// <param name="since">The time to compare with.</param>
    /// <param name="limit">Counts up to so many; 1 to 10,000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many records.</returns>
    ValueTask<int> CountCreatedAsync(string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// The <see cref="UploadRecord.HeldBytes"/> of an owner's uploads under one profile, added up, without those whose <see cref="UploadRecord.QuotaEndsAt"/> is at or before <paramref name="now"/>. May lag behind writes by seconds, where the store says so, and may cost a read of
    /// each of these uploads' index entries: it is asked only where a profile limits them.
    /// </summary>
    /// <param name="profile">The profile.</param>
    /// <param name="owner">The owner; null means anonymous callers.</param>
    /// <param name="now">The time to compare with.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The sum, in bytes.</returns>
    ValueTask<long> SumHeldBytesAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>How many records are due, claimed ones left out, and since when. May lag behind writes by seconds.</summary>
    /// <param name="now">The time to compare with.</param>
    /// <param name="limit">Counts up to so many; 1 to 100,000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<DueUploads> MeasureDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Every record, in any order, read page by page. What exists from the listing's begin to its end is in it exactly once; what comes, changes or
    /// goes meanwhile may be in it in either state or not at all.
    /// </summary>
    IAsyncEnumerable<UploadRecord> ListAllAsync(CancellationToken cancellationToken = default);

    /// <summary>Removes a record for good; nothing happens when it has gone already.</summary>
    ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes records for good whose <see cref="UploadRecord.RetireAt"/> is at or before <paramref name="now"/>. A store whose database does that by
    /// itself (a time to live) need do nothing, and answers 0.
    /// </summary>
    /// <param name="now">The time to compare with.</param>
    /// <param name="limit">At most so many; 1 to 10,000.</param>
    /// <param name="cancellationToken">Ends the call; what has gone by then is gone.</param>
    /// <returns>How many were removed; as many as <paramref name="limit"/> means that there may be more.</returns>
    ValueTask<int> RetireAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default);
}

/// <summary>What waits for the background.</summary>
/// <param name="Count">How many records, up to the limit that was asked for.</param>
/// <param name="Oldest">Since when the longest overdue of them is due, in UTC; null when none is.</param>
public readonly record struct DueUploads(int Count, DateTimeOffset? Oldest);

/// <summary>What an owner has pending, or can still write.</summary>
/// <param name="Count">How many uploads.</param>
/// <param name="Bytes">Their claimed sizes, added up, in bytes.</param>
public readonly record struct PendingUploads(int Count, long Bytes);
