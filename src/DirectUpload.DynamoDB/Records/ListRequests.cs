using Amazon.DynamoDBv2.Model;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Creates the requests that list records by a filter.</summary>
internal static class ListRequests
{
    private const int ScanPageSize = 500;

    /// <summary>Creates the queries that together find the ids of all records that the filter may match, the newest first.</summary>
    /// <remarks>The index of associations is used when the filter has an association: an entity has fewer uploads than an owner.</remarks>
    public static IEnumerable<QueryRequest> CreateQueries(UploadFilter filter, int limit, DynamoDBStoreOptions options)
    {
        if (IdRange.TryCreate(filter) is not { } ids)
            return [];
        if (IsForAllAwaited(filter))
            return IndexKeys.GetAwaitedKeys(filter.AwaitedProcessor!, options.Shards)
                .Select(list => Create(AttributeNames.ByAwaited, AttributeNames.Awaited, list));
        return filter.Association is { } association
            ? [Create(AttributeNames.ByAssociation, AttributeNames.AssociationList, IndexKeys.GetAssociationList(association))]
            : IndexKeys.GetOwnerLists(filter.Owner, options.Shards)
                .Select(list => Create(AttributeNames.ByOwner, AttributeNames.OwnerList, list));

        QueryRequest Create(string index, string key, string list)
        {
            var names = new Placeholders();
            var keyCondition = $"{names.Name(key)} = {names.Value(AttributeValues.From(list))}";
            if (!ids.IsUnlimited)
                keyCondition += $" AND {names.Name(AttributeNames.Id)} BETWEEN {names.Value(AttributeValues.From(ids.Oldest))} AND "
                    + names.Value(AttributeValues.From(ids.Newest));
            var conditions = string.Join(" AND ", FilterConditions.GetForIndex(filter, names));
            return new()
            {
                TableName = options.TableName,
                IndexName = index,
                KeyConditionExpression = keyCondition,
                FilterExpression = conditions.Length > 0 ? conditions : null,
                ProjectionExpression = names.Name(AttributeNames.Id),
                ExpressionAttributeNames = names.Names,
                ExpressionAttributeValues = names.Values,
                ScanIndexForward = false,
                Limit = limit,
            };
        }
    }

    /// <summary>Checks whether a filter lists what waits for a processor, of all owners and entities.</summary>
    public static bool IsForAllAwaited(UploadFilter filter) =>
        filter is { AwaitedProcessor: not null, IsByOwner: false, Association: null };

    /// <summary>Creates the request that reads the whole table, of which DynamoDB returns only the items that match.</summary>
    public static ScanRequest CreateScan(UploadFilter? filter, DynamoDBStoreOptions options)
    {
        var scan = new ScanRequest { TableName = options.TableName, ConsistentRead = true, Limit = ScanPageSize };
        var names = new Placeholders();
        if (filter is null || FilterConditions.GetAll(filter, names).ToArray() is not { Length: > 0 } conditions)
            return scan;
        scan.FilterExpression = string.Join(" AND ", conditions);
        scan.ExpressionAttributeNames = names.Names;
        scan.ExpressionAttributeValues = names.Values.Count > 0 ? names.Values : null;
        // DynamoDB limits the items that it reads, not those that match: a page ends at 1 MB.
        scan.Limit = null;
        return scan;
    }
}
