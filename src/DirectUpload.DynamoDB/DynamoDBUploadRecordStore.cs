using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DirectUpload.Records;
using DirectUpload.Uploads;

namespace DirectUpload.DynamoDB;

/// <summary>
/// Records in one DynamoDB table, an item each. What is due, what is to be notified of, an owner's list and what is pending are indexes, which lag behind writes, by less than a second
/// as a rule; records are always read as they are. Each verb has a time limit; throttling and outages become <see cref="RecordStoreUnavailableException"/> once the SDK has tried again as it is
/// configured to.
/// </summary>
internal sealed class DynamoDBUploadRecordStore(IAmazonDynamoDB client, DynamoDBStoreOptions options, TimeProvider clock, UnreadableRecords? unreadable = null) : IUploadRecordStore
{
    private readonly RecordWrites _writes = new(client, options.TableName);
    private readonly ItemReader _reader = new(unreadable);

    public async ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default)
    {
        var added = record with { Version = 1 };
        var item = RecordWriter.ToItem(added, options.Shards);
        item.Remove(Names.Id); // the key is named apart
        var change = new UpdateExpression();
        foreach (var (name, value) in item)
            change.Set(value, name);
        return await ServiceCall.RunAsync(ending => _writes.TryAddAsync(record.Id, change, ending), cancellationToken).ConfigureAwait(false)
            ? added with { NotifyAt = null }
            : throw new InvalidOperationException($"Upload {record.Id} exists already.");
    }

    public async ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default) =>
        await ServiceCall.RunAsync(ending => _writes.FindAsync(id, ending), cancellationToken).ConfigureAwait(false) is { } item ? _reader.Read(item) : null;

    public async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default)
    {
        // Version 0 was never stored, and there is nothing after the last.
        if (changed.Version is < 1 or long.MaxValue)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }

        var item = RecordWriter.ToItem(changed, options.Shards);
        var change = new UpdateExpression();
        foreach (var name in Names.Changing)
        {
            if (item.TryGetValue(name, out var value))
                change.Set(value, name);
            else
                change.Remove(name);
        }

        // What the dispatcher has stored stays, unless there is more to notify.
        if (changed.NotifyAt is not null)
            change.Set(item[Names.NotifyAt], Names.NotifyAt).Set(item[Names.NotifyShard], Names.NotifyShard);
        return await ServiceCall.RunAsync(ending => _writes.TryUpdateAsync(changed.Id, changed.Version, change, null, ending), cancellationToken).ConfigureAwait(false) is null
            ? null
            : changed with { Version = changed.Version + 1, NotifyAt = null };
    }

    public async ValueTask<IReadOnlyList<UploadRecord>> ClaimDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        await ServiceCall.RunAsync(ending => new DueClaim(client, _writes, options, _reader, now, until).ClaimAsync(limit, ending), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<NotificationLease>> ClaimNotificationsAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        await ServiceCall.RunAsync(ending => new NotificationClaim(client, _writes, options, _reader).ClaimAsync(now, until, limit, ending), cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> TrySaveNotificationsAsync(
        NotificationLease lease, IReadOnlyList<UploadTold> told, DateTimeOffset? notifyAt, CancellationToken cancellationToken = default) =>
        await ServiceCall.RunAsync(ending => new NotificationClaim(client, _writes, options, _reader).SaveAsync(lease, told, notifyAt, ending), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<UploadRecord>> ListByOwnerAsync(
        string? owner, int limit, UploadId? before = null, CancellationToken cancellationToken = default) =>
        await ServiceCall.RunAsync(ending => new OwnerListing(client, options, _reader, clock).ListAsync(owner, limit, before, ending), cancellationToken).ConfigureAwait(false);

    public async ValueTask<PendingUploads> CountPendingAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        await ServiceCall.RunAsync(ending => new PendingCount(client, options).CountAsync(profile, owner, now, ending), cancellationToken).ConfigureAwait(false);

    public async ValueTask<int> CountCreatedAsync(string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken = default) =>
        await ServiceCall.RunAsync(ending => new CreatedCount(client, options).CountAsync(owner, since, limit, ending), cancellationToken).ConfigureAwait(false);

    public async ValueTask<long> SumHeldBytesAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        await ServiceCall.RunAsync(ending => new HeldBytes(client, options).SumAsync(profile, owner, now, ending), cancellationToken).ConfigureAwait(false);

    public async ValueTask<DueUploads> MeasureDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        await ServiceCall.RunAsync(ending => new DueMeasure(client, options).MeasureAsync(now, limit, ending), cancellationToken).ConfigureAwait(false);

    public async IAsyncEnumerable<UploadRecord> ListAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var scan = new ScanRequest { TableName = options.TableName, ConsistentRead = true, Limit = 500 };
        do
        {
            var response = await ServiceCall.RunAsync(ending => client.ScanAsync(scan, ending), cancellationToken).ConfigureAwait(false);
            foreach (var item in response.Items ?? [])
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_reader.TryRead(item) is { } record)
                    yield return record;
            }

            scan.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (scan.ExclusiveStartKey is { Count: > 0 });
    }

    public async ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        await ServiceCall.RunAsync(
            async ending =>
            {
                await _writes.DeleteAsync(id, ending).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        unreadable?.Forget(id.ToString());
    }

    /// <summary>DynamoDB itself removes what has retired (<see cref="Names.ExpiresAt"/>), within some days and free of charge.</summary>
    public ValueTask<int> RetireAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(0);
    }
}
