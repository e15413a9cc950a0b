using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DirectUpload.Records;
using DirectUpload.Uploads;

namespace DirectUpload.DynamoDB;

/// <summary>
/// One call that claims what is due. The index tells who may be due, each shard in the order of time; it lags behind, so each record is then claimed by a write
/// that is refused when the record has changed since.
/// </summary>
internal sealed class DueClaim(IAmazonDynamoDB client, RecordWrites writes, DynamoDBStoreOptions options, ItemReader reader, DateTimeOffset now, DateTimeOffset until)
{
    /// <summary>What DynamoDB charges for one page at least, 4 KB, holds some more than this: shorter pages would cost as much.</summary>
    private const int CheapPage = 25;

    // Taken in a random order, so that claimants who step aside do so to different shards.
    private readonly int[] _shards = Shuffled(options.Shards);

    private readonly List<(string DueAt, UploadRecord Record)> _claimed = [];
    private bool _metOthers;

    public async Task<IReadOnlyList<UploadRecord>> ClaimAsync(int limit, CancellationToken cancellationToken)
    {
        var walks = _shards.Select(shard => Walk(shard, Math.Min(limit, Math.Max(CheapPage, 2 * limit / options.Shards)))).ToArray();
        try
        {
            while (_claimed.Count < limit)
            {
                var candidates = await IndexWalk.TakeAsync(walks, Math.Min(limit - _claimed.Count, InParallel.Most), First, cancellationToken).ConfigureAwait(false);
                if (candidates.Count == 0)
                    break;
                await InParallel.ForEachAsync(candidates, candidate => TryClaimAsync(candidate, cancellationToken)).ConfigureAwait(false);
            }
        }
        catch (Exception) when (_claimed.Count > 0 && !cancellationToken.IsCancellationRequested)
        {
            // What was claimed is worth more than the news of an outage, which the next call will bring.
        }

        return [.. _claimed.OrderBy(claimed => claimed.DueAt, StringComparer.Ordinal).Select(claimed => claimed.Record)];
    }

    /// <summary>The longest overdue of all; once others claim the same ones, what lies nearest at hand.</summary>
    private IndexWalk? First(IEnumerable<IndexWalk> walks) =>
        _metOthers ? walks.FirstOrDefault() : walks.MinBy(walk => walk.Next!.TextOf(Names.DueAt), StringComparer.Ordinal);

    private async Task TryClaimAsync(Item candidate, CancellationToken cancellationToken)
    {
        var (id, version) = (UploadId.Parse(candidate.TextOf(Names.Id)), candidate.NumberOf(Names.Version));
        var change = new UpdateExpression().Set(Values.Of(until), Names.DueAt);
        // A record that was deleted and added again begins at version 1 anew: so ask the time as well.
        var isDue = $"{change.Name(Names.DueAt)} <= {change.Value(Values.Of(now))}";
        var item = await writes.TryUpdateAsync(id, version, change, isDue, cancellationToken).ConfigureAwait(false);
        // A later version: the answer was lost, and meanwhile somebody has taken the record on; it is theirs.
        var isMine = item?.NumberOf(Names.Version) == version + 1;
        var record = isMine ? reader.TryRead(item!) : null;
        lock (_claimed)
        {
            if (record is not null)
                _claimed.Add((candidate.TextOf(Names.DueAt), record));
            else if (!isMine)
                _metOthers = true;
        }

        if (isMine && record is null)
            await SetAsideAsync(id, version + 1, cancellationToken).ConfigureAwait(false);
    }

    // Not by the claim's own end: others would meet it at each of their claims.
    private Task<Item?> SetAsideAsync(UploadId id, long version, CancellationToken cancellationToken) =>
        writes.TryUpdateAsync(id, version, new UpdateExpression().Set(Values.Of(now + UnreadableRecords.SetAsideFor), Names.DueAt), null, cancellationToken);

    private IndexWalk Walk(int shard, int page) => new(client, new QueryRequest
    {
        TableName = options.TableName,
        IndexName = Names.ByDue,
        KeyConditionExpression = "#shard = :shard AND #due <= :now",
        ExpressionAttributeNames = new() { ["#shard"] = Names.DueShard, ["#due"] = Names.DueAt },
        ExpressionAttributeValues = new() { [":shard"] = Values.Of(shard), [":now"] = Values.Of(now) },
        Limit = page,
    });

    private static int[] Shuffled(int count)
    {
        int[] numbers = [.. Enumerable.Range(0, count)];
        Random.Shared.Shuffle(numbers);
        return numbers;
    }
}
