using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DirectUpload.Records;
using DirectUpload.Uploads;

namespace DirectUpload.DynamoDB;

/// <summary>
/// Records in one DynamoDB table, an item each. What is due, an owner's list and what is pending are indexes, which lag behind writes, by less than a second
/// as a rule; records are always read as they are. Throttling comes through as what it is, an outage, once the SDK has tried again as it is configured to.
/// </summary>
internal sealed class DynamoDBUploadRecordStore(IAmazonDynamoDB client, DynamoDBStoreOptions options, TimeProvider clock) : IUploadRecordStore
{
    private readonly RecordWrites _writes = new(client, options.TableName);

    public async ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default)
    {
        var added = record with { Version = 1 };
        var item = RecordWriter.ToItem(added, options.Shards);
        item.Remove(Names.Id); // the key is named apart
        var change = new UpdateExpression();
        foreach (var (name, value) in item)
            change.Set(value, name);
        return await _writes.TryAddAsync(record.Id, change, cancellationToken).ConfigureAwait(false)
            ? added
            : throw new InvalidOperationException($"Upload {record.Id} exists already.");
    }

    public async ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default) =>
        await _writes.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } item ? RecordReader.ToRecord(item) : null;

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

        return await _writes.TryUpdateAsync(changed.Id, changed.Version, change, null, cancellationToken).ConfigureAwait(false) is null
            ? null
            : changed with { Version = changed.Version + 1 };
    }

    public async ValueTask<IReadOnlyList<UploadRecord>> ClaimDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        await new DueClaim(client, _writes, options, now, until).ClaimAsync(limit, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<UploadRecord>> ListByOwnerAsync(
        string? owner, int limit, UploadId? before = null, CancellationToken cancellationToken = default) =>
        await new OwnerListing(client, options, clock).ListAsync(owner, limit, before, cancellationToken).ConfigureAwait(false);

    public async ValueTask<PendingUploads> CountPendingAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        await new PendingCount(client, options).CountAsync(profile, owner, now, cancellationToken).ConfigureAwait(false);

    public async ValueTask<int> CountCreatedAsync(string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken = default) =>
        await new CreatedCount(client, options).CountAsync(owner, since, limit, cancellationToken).ConfigureAwait(false);

    public async ValueTask<long> SumHeldBytesAsync(string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        await new HeldBytes(client, options).SumAsync(profile, owner, now, cancellationToken).ConfigureAwait(false);

    public async ValueTask<DueUploads> MeasureDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        await new DueMeasure(client, options).MeasureAsync(now, limit, cancellationToken).ConfigureAwait(false);

    public async IAsyncEnumerable<UploadRecord> ListAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var scan = new ScanRequest { TableName = options.TableName, ConsistentRead = true, Limit = 500 };
        do
        {
            var response = await client.ScanAsync(scan, cancellationToken).ConfigureAwait(false);
            foreach (var item in response.Items ?? [])
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return RecordReader.ToRecord(item);
            }

            scan.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (scan.ExclusiveStartKey is { Count: > 0 });
    }

    public async ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default) =>
        await _writes.DeleteAsync(id, cancellationToken).ConfigureAwait(false);

    /// <summary>DynamoDB itself removes what has retired (<see cref="Names.ExpiresAt"/>), within some days and free of charge.</summary>
    public ValueTask<int> RetireAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(0);
    }
}
