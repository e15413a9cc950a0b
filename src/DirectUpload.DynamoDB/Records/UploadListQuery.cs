using Amazon.DynamoDBv2;
using DirectUpload.Stores;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Lists the records of an owner or an association: it reads their ids from the index and the records from the table.</summary>
/// <remarks>
/// An index contains only what a list needs and no value that changes often; with whole records, every change would cost a second write.
/// Because the index lags behind, each record is compared with the filter once more.
/// </remarks>
internal sealed class UploadListQuery(IAmazonDynamoDB client, DynamoDBStoreOptions options, RecordBatchReader records)
{
    /// <summary>The maximum number of records that are read at once when few of them match.</summary>
    private const int MaxReads = 1000;

    public async Task<IReadOnlyList<UploadRecord>> ListAsync(UploadFilter filter, int limit, CancellationToken cancellationToken)
    {
        var walks = ListRequests.CreateQueries(filter, limit, options).Select(query => new IndexQuery(client, query)).ToArray();
        var listed = new List<UploadRecord>();
        for (var count = limit; listed.Count < limit;)
        {
            var entries = await IndexQuery.TakeNextAsync(walks, count, SelectNext, cancellationToken).ConfigureAwait(false);
            if (entries.Count == 0)
                break;
            var found = await records.ReadAsync(
                [.. entries.Select(entry => entry.GetText(AttributeNames.Id))], cancellationToken).ConfigureAwait(false);
            listed.AddRange(found.Where(filter.Matches).Take(limit - listed.Count));
            // Only the record has the status: with few matches, small steps would take as many requests as there are records.
            count = filter.Status is null ? limit - listed.Count : Math.Min(count * 2, MaxReads);
            foreach (var walk in walks)
                walk.ExtendPages(count);
        }

        return listed;
    }

    private static IndexQuery? SelectNext(IEnumerable<IndexQuery> walks) =>
        walks.MaxBy(walk => walk.Next!.GetText(AttributeNames.Id), StringComparer.Ordinal);
}
