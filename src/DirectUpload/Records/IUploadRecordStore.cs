using DirectUpload.Uploads;

namespace DirectUpload.Records;

/// <summary>
/// Keeps upload records. Every verb is one atomic step; no transaction spans two records. A store decides nothing: it neither knows which
/// status may follow which nor sees a token. Implementations must be safe for concurrent use from several threads and, unless
/// they say otherwise, several processes.
/// </summary>
public interface IUploadRecordStore
{
    /// <summary>Adds a new record, as version 1, and returns it so.</summary>
    /// <exception cref="InvalidOperationException">A record with this id, or with this bucket and staging key, exists.</exception>
    ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default);

    /// <summary>The newest state of a record; null when there is none. A read sees every write that was completed before it began.</summary>
    ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default);

    /// <summary>The record whose staging or final key this is; null when no record owns it.</summary>
    ValueTask<UploadRecord?> FindByKeyAsync(string bucket, string key, CancellationToken cancellationToken = default);

    /// <summary>
    /// Compare-and-set: stores <paramref name="changed"/> if the stored version still equals its <see cref="UploadRecord.Version"/>, and returns
    /// it with the next version; null when somebody was faster or the record has gone. Id, bucket, staging key and creation time never change; the final key may.
    /// </summary>
    ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default);

    /// <summary>Records whose <see cref="UploadRecord.DueAt"/> is at or before <paramref name="now"/>, the longest overdue first.</summary>
    /// <param name="now">The time to compare with.</param>
    /// <param name="limit">At most so many; at least 1.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    ValueTask<IReadOnlyList<UploadRecord>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default);

    /// <summary>An owner's records, the newest first.</summary>
    /// <param name="owner">The owner; null means those of anonymous callers.</param>
    /// <param name="limit">At most so many; at least 1.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    ValueTask<IReadOnlyList<UploadRecord>> ListByOwnerAsync(string? owner, int limit, CancellationToken cancellationToken = default);

    /// <summary>How many of an owner's uploads under one profile are pending (requested, uploaded or processing), and their claimed bytes.</summary>
    ValueTask<PendingUploads> CountPendingAsync(string profile, string? owner, CancellationToken cancellationToken = default);

    /// <summary>Removes a record for good; nothing happens when it has gone already.</summary>
    ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default);
}

/// <summary>What an owner has pending.</summary>
/// <param name="Count">How many uploads.</param>
/// <param name="Bytes">Their claimed sizes, added up, in bytes.</param>
public readonly record struct PendingUploads(int Count, long Bytes);
