using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using DirectUpload.Stores;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Stores each record as one item of a DynamoDB table.</summary>
/// <remarks>
/// Indexes find due records, due notifications, pending records, records that wait for a decision, and the records of an owner or an
/// association; they usually lag behind writes by less than a second, and records themselves are read consistently. Each call has a time
/// limit. After the SDK's configured retries, throttling and unavailability become <see cref="RecordStoreUnavailableException"/>.
/// </remarks>
internal sealed class DynamoDBUploadRecordStore(
    IAmazonDynamoDB client, DynamoDBStoreOptions options, TimeProvider clock, UnreadableRecords? unreadable = null) : IUploadRecordStore
{
    private const int PageSize = 100;

    private readonly ConditionalWriter _writer = new(client, options.TableName);
    private readonly ItemReader _reader = new(unreadable);
    private readonly RecordBatchReader _records = new(client, options.TableName, new(unreadable), clock);

    public async ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default)
    {
        var added = record with { Version = 1 };
        var item = RecordWriter.ToItem(added, options.Shards);
        item.Remove(AttributeNames.Id); // The key is not part of the update.
        var change = new UpdateExpression();
        foreach (var (name, value) in item)
            change.Set(value, name);
        return await DynamoDBCall.RunAsync(
            ending => _writer.TryAddAsync(record.Id, change, ending), cancellationToken).ConfigureAwait(false)
            ? added with { NotifyAt = null }
            : throw new InvalidOperationException($"Upload {record.Id} exists already.");
    }

    public async ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default) =>
        await DynamoDBCall.RunAsync(ending => _writer.FindAsync(id, ending), cancellationToken).ConfigureAwait(false) is { } item
            ? _reader.Read(item)
            : null;

    public async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default)
    {
        // Version 0 was never stored, and the last version has no successor.
        if (changed.Version is < 1 or long.MaxValue)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }

        var item = RecordWriter.ToItem(changed, options.Shards);
        var change = new UpdateExpression();
        foreach (var name in AttributeNames.Mutable)
        {
            if (item.TryGetValue(name, out var value))
                change.Set(value, name);
            else
                change.Remove(name);
        }

        // The dispatcher's attributes stay, unless there are new notifications.
        if (changed.NotifyAt is not null)
            change.Set(item[AttributeNames.NotifyAt], AttributeNames.NotifyAt)
                .Set(item[AttributeNames.NotifyShard], AttributeNames.NotifyShard);
        return await DynamoDBCall.RunAsync(ending =>
            _writer.TryUpdateAsync(changed.Id, changed.Version, change, null, ending), cancellationToken).ConfigureAwait(false) is null
            ? null
            : changed with { Version = changed.Version + 1, NotifyAt = null };
    }

    public async ValueTask<IReadOnlyList<UploadRecord>> LeaseDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        await DynamoDBCall.RunAsync(ending => new DueUploadLeaser(
            client, _writer, options, _reader, now, until).LeaseAsync(limit, ending), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<NotificationLease>> LeaseNotificationsAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        await DynamoDBCall.RunAsync(ending => new NotificationLeaser(
            client, _writer, options, _reader).LeaseAsync(now, until, limit, ending), cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> TrySaveCheckpointsAsync(
        NotificationLease lease, IReadOnlyDictionary<string, DateTimeOffset> checkpoints, DateTimeOffset? notifyAt,
        CancellationToken cancellationToken = default) =>
        await DynamoDBCall.RunAsync(
            ending => new NotificationLeaser(client, _writer, options, _reader).SaveAsync(lease, checkpoints, notifyAt, ending),
            cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<UploadRecord>> ListAsync(
        UploadFilter filter, int limit, CancellationToken cancellationToken = default) =>
        await DynamoDBCall.RunAsync(
            ending => new UploadListQuery(client, options, _records).ListAsync(filter, limit, ending),
            cancellationToken).ConfigureAwait(false);

    public async ValueTask<OwnerUsage> GetUsageAsync(OwnerUsageQuery query, CancellationToken cancellationToken = default) =>
        await DynamoDBCall.RunAsync(
            ending => new UsageReader(client, options).ReadAsync(query, ending), cancellationToken).ConfigureAwait(false);

    public async ValueTask<(int Count, DateTimeOffset? Oldest)> GetBacklogAsync(
        DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        await DynamoDBCall.RunAsync(
            ending => new BacklogCounter(client, options).CountAsync(now, limit, ending), cancellationToken).ConfigureAwait(false);

    public async IAsyncEnumerable<UploadRecord> ListAllAsync(
        UploadFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (filter is not null && ListRequests.IsForAllAwaited(filter))
        {
            await foreach (var record in ListPagesAsync(filter, cancellationToken).ConfigureAwait(false))
                yield return record;
            yield break;
        }

        var scan = ListRequests.CreateScan(filter, options);
        do
        {
            var response = await DynamoDBCall.RunAsync(ending => client.ScanAsync(scan, ending), cancellationToken).ConfigureAwait(false);
            foreach (var item in response.Items ?? [])
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_reader.TryRead(item) is { } record && filter?.Matches(record) != false)
                    yield return record;
            }

            scan.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (scan.ExclusiveStartKey is { Count: > 0 });
    }

    /// <summary>Lists the records of an index, page by page.</summary>
    private async IAsyncEnumerable<UploadRecord> ListPagesAsync(
        UploadFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (IReadOnlyList<UploadRecord> page; ; filter = filter with { Before = page[^1].Id })
        {
            page = await ListAsync(filter, PageSize, cancellationToken).ConfigureAwait(false);
            foreach (var record in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return record;
            }

            if (page.Count < PageSize)
                yield break;
        }
    }

    public async ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        await DynamoDBCall.RunAsync(
            async ending =>
            {
                await _writer.DeleteAsync(id, ending).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        unreadable?.Forget(id.ToString());
    }

    /// <summary>
    /// Does nothing: DynamoDB deletes expired items (<see cref="AttributeNames.ExpiresAt"/>) within some days, free of charge.
    /// </summary>
    public ValueTask<int> PurgeExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(0);
    }
}
