using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Defines the table once, for its creation, for the template and for the validation of an existing table.</summary>
internal static class TableDefinition
{
    public static CreateTableRequest Create(DynamoDBStoreOptions options) => new()
    {
        TableName = options.TableName,
        BillingMode = BillingMode.PAY_PER_REQUEST,
        AttributeDefinitions =
        [
            new(AttributeNames.Id, ScalarAttributeType.S),
            new(AttributeNames.NextActionShard, ScalarAttributeType.N),
            new(AttributeNames.NextActionAt, ScalarAttributeType.S),
            new(AttributeNames.NotifyShard, ScalarAttributeType.N),
            new(AttributeNames.NotifyAt, ScalarAttributeType.S),
            new(AttributeNames.OwnerList, ScalarAttributeType.S),
            new(AttributeNames.AssociationList, ScalarAttributeType.S),
            new(AttributeNames.Pending, ScalarAttributeType.S),
            new(AttributeNames.Awaited, ScalarAttributeType.S),
        ],
        KeySchema = [new(AttributeNames.Id, KeyType.HASH)],
        GlobalSecondaryIndexes =
        [
            CreateIndex(
                AttributeNames.ByNextAction,
                [new(AttributeNames.NextActionShard, KeyType.HASH), new(AttributeNames.NextActionAt, KeyType.RANGE)],
                AttributeNames.Version),
            CreateIndex(
                AttributeNames.ByNotify, [new(AttributeNames.NotifyShard, KeyType.HASH), new(AttributeNames.NotifyAt, KeyType.RANGE)],
                AttributeNames.NotifyUntil),
            CreateIndex(
                AttributeNames.ByOwner, [new(AttributeNames.OwnerList, KeyType.HASH), new(AttributeNames.Id, KeyType.RANGE)],
                AttributeNames.Profile, AttributeNames.StoredSize, AttributeNames.QuotaEndsAt, AttributeNames.CreatedAt),
            // Attributes that change only with the association, so that no other update writes the index.
            CreateIndex(
                AttributeNames.ByAssociation, [new(AttributeNames.AssociationList, KeyType.HASH), new(AttributeNames.Id, KeyType.RANGE)],
                AttributeNames.Association, AttributeNames.Owner, AttributeNames.CreatedAt),
            CreateIndex(
                AttributeNames.ByPending, [new(AttributeNames.Pending, KeyType.HASH)], AttributeNames.DeclaredSize,
                AttributeNames.QuotaEndsAt),
            CreateIndex(
                AttributeNames.ByAwaited, [new(AttributeNames.Awaited, KeyType.HASH), new(AttributeNames.Id, KeyType.RANGE)],
                AttributeNames.CreatedAt),
        ],
    };

    public static TimeToLiveSpecification TimeToLive { get; } = new() { AttributeName = AttributeNames.ExpiresAt, Enabled = true };

    /// <summary>Finds the keys and indexes that an existing table lacks and the store requires.</summary>
    public static IEnumerable<string> FindMissing(DynamoDBStoreOptions options, TableDescription table)
    {
        var wanted = Create(options);
        if (!IsSameKey(wanted.KeySchema, table.KeySchema))
            yield return $"the key {Describe(wanted.KeySchema)}";
        foreach (var index in wanted.GlobalSecondaryIndexes)
        {
            if (!(table.GlobalSecondaryIndexes ?? [])
                .Any(there => there.IndexName == index.IndexName && IsSameKey(index.KeySchema, there.KeySchema)))
                yield return $"the index {index.IndexName} with the key {Describe(index.KeySchema)}";
        }
    }

    private static GlobalSecondaryIndex CreateIndex(string name, List<KeySchemaElement> key, params List<string> also) => new()
    {
        IndexName = name,
        KeySchema = key,
        Projection = also.Count == 0
            ? new() { ProjectionType = ProjectionType.KEYS_ONLY }
            : new() { ProjectionType = ProjectionType.INCLUDE, NonKeyAttributes = also },
    };

    private static bool IsSameKey(List<KeySchemaElement> one, List<KeySchemaElement> another) => Describe(one) == Describe(another);

    private static string Describe(List<KeySchemaElement> key) =>
        string.Join(", ", key.Select(element => $"{element.AttributeName} ({element.KeyType})"));
}
