using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace DirectUpload.DynamoDB;

/// <summary>Walks through one partition of an index, page by page, in the order of its sort key. Not for several threads.</summary>
internal sealed class IndexWalk(IAmazonDynamoDB client, QueryRequest query)
{
    private readonly Queue<Item> _page = [];
    private bool _ended;

    /// <summary>The next item; null at the end. Valid after <see cref="FillAsync"/>.</summary>
    public Item? Next => _page.TryPeek(out var item) ? item : null;

    public Item Take() => _page.Dequeue();

    /// <summary>Fetches what comes next, unless it is here; false at the end. A page may be empty without being the last.</summary>
    public async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        while (_page.Count == 0 && !_ended)
        {
            var response = await client.QueryAsync(query, cancellationToken).ConfigureAwait(false);
            foreach (var item in response.Items ?? [])
                _page.Enqueue(item);
            query.ExclusiveStartKey = response.LastEvaluatedKey;
            _ended = response.LastEvaluatedKey is not { Count: > 0 };
        }

        return _page.Count > 0;
    }

    /// <summary>Takes the next items of several walks, all of them in one order.</summary>
    /// <param name="walks">Where to take from.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="first">Of the walks that have an item, the one whose turn it is.</param>
    /// <param name="cancellationToken">Ends the fetching.</param>
    public static async Task<List<Item>> TakeAsync(
        IReadOnlyList<IndexWalk> walks, int count, Func<IEnumerable<IndexWalk>, IndexWalk?> first, CancellationToken cancellationToken)
    {
        var taken = new List<Item>();
        while (taken.Count < count)
        {
            // All of them at first, later the one that was just emptied; and none once there is enough.
            await InParallel.ForEachAsync(walks.Where(walk => walk.Next is null), walk => walk.FillAsync(cancellationToken)).ConfigureAwait(false);
            if (first(walks.Where(walk => walk.Next is not null)) is not { } walk)
                break;
            taken.Add(walk.Take());
        }

        return taken;
    }
}
