using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Reads one partition of an index, page by page, in the order of its sort key. Not safe for concurrent use.</summary>
internal sealed class IndexQuery(IAmazonDynamoDB client, QueryRequest query)
{
    /// <summary>The page size above which only DynamoDB's limit of 1 MB ends a page.</summary>
    private const int MaxPageSize = 16_000;

    private readonly Queue<Item> _page = [];
    private bool _ended;

    /// <summary>Gets the next item; null at the end. Valid after <see cref="FillAsync"/>.</summary>
    public Item? Next => _page.TryPeek(out var item) ? item : null;

    public Item Dequeue() => _page.Dequeue();

    /// <summary>Makes the next pages at least this long.</summary>
    public void ExtendPages(int length)
    {
        if (query.Limit < length)
            query.Limit = length;
    }

    /// <summary>Fetches pages until an item is available; returns false at the end.</summary>
    /// <remarks>A page may be empty without being the last.</remarks>
    public async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        while (_page.Count == 0 && !_ended)
        {
            var response = await client.QueryAsync(query, cancellationToken).ConfigureAwait(false);
            foreach (var item in response.Items ?? [])
                _page.Enqueue(item);
            query.ExclusiveStartKey = response.LastEvaluatedKey;
            _ended = response.LastEvaluatedKey is not { Count: > 0 };
            // The limit counts the entries before the filter: if few match, small pages would take as many requests as there are entries.
            if (query.FilterExpression is not null && response.Count < response.ScannedCount && query.Limit is { } limit)
                query.Limit = Math.Min(limit * 2, MaxPageSize);
        }

        return _page.Count > 0;
    }

    /// <summary>Merges the items of several queries into one order.</summary>
    /// <param name="queries">The queries.</param>
    /// <param name="count">The maximum number of items.</param>
    /// <param name="first">Selects, among the queries that have a next item, the one whose item comes first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The next items.</returns>
    public static async Task<List<Item>> TakeNextAsync(
        IReadOnlyList<IndexQuery> queries, int count, Func<IEnumerable<IndexQuery>, IndexQuery?> first, CancellationToken cancellationToken)
    {
        var taken = new List<Item>();
        while (taken.Count < count)
        {
            // The first iteration fetches a page of every query; later ones only of a query whose page is used up.
            await ParallelRequests.ForEachAsync(
                queries.Where(query => query.Next is null), query => query.FillAsync(cancellationToken)).ConfigureAwait(false);
            if (first(queries.Where(query => query.Next is not null)) is not { } next)
                break;
            taken.Add(next.Dequeue());
        }

        return taken;
    }
}
