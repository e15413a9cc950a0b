using Amazon.DynamoDBv2;
using DirectUpload.Stores;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Reads the totals of an owner's uploads, all that a query asks for at the same time.</summary>
internal sealed class UsageReader(IAmazonDynamoDB client, DynamoDBStoreOptions options)
{
    public async Task<OwnerUsage> ReadAsync(OwnerUsageQuery query, CancellationToken cancellationToken)
    {
        var pending = query.Pending
            ? new PendingUploadCounter(client, options).CountAsync(query, cancellationToken)
            : Task.FromResult((0, 0L));
        var stored = query.Stored
            ? new StoredByteCounter(client, options).SumAsync(query, cancellationToken)
            : Task.FromResult(0L);
        var created = query.CreatedLimit > 0
            ? new CreatedUploadCounter(client, options).CountAsync(query, cancellationToken)
            : Task.FromResult(0);
        await Task.WhenAll(pending, stored, created).ConfigureAwait(false);
        var (count, bytes) = await pending.ConfigureAwait(false);
        return new(count, bytes, await stored.ConfigureAwait(false), await created.ConfigureAwait(false));
    }
}
