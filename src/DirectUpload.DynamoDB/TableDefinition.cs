using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace DirectUpload.DynamoDB;

/// <summary>The one description of the table: what is created, what a template says, and what an existing table is held to.</summary>
internal static class TableDefinition
{
    public static CreateTableRequest Of(DynamoDBStoreOptions options) => new()
    {
        TableName = options.TableName,
        BillingMode = BillingMode.PAY_PER_REQUEST,
        AttributeDefinitions =
        [
            new(Names.Id, ScalarAttributeType.S),
            new(Names.DueShard, ScalarAttributeType.N),
            new(Names.DueAt, ScalarAttributeType.S),
            new(Names.NotifyShard, ScalarAttributeType.N),
            new(Names.NotifyAt, ScalarAttributeType.S),
            new(Names.OwnerList, ScalarAttributeType.S),
            new(Names.Pending, ScalarAttributeType.S),
        ],
        KeySchema = [new(Names.Id, KeyType.HASH)],
        GlobalSecondaryIndexes =
        [
            Index(Names.ByDue, [new(Names.DueShard, KeyType.HASH), new(Names.DueAt, KeyType.RANGE)], Names.Version),
            Index(Names.ByNotify, [new(Names.NotifyShard, KeyType.HASH), new(Names.NotifyAt, KeyType.RANGE)], Names.NotifyUntil),
            Index(Names.ByOwner, [new(Names.OwnerList, KeyType.HASH), new(Names.Id, KeyType.RANGE)], Names.Profile, Names.HeldSize, Names.QuotaEndsAt, Names.CreatedAt),
            Index(Names.ByPending, [new(Names.Pending, KeyType.HASH)], Names.ClaimedSize, Names.QuotaEndsAt),
        ],
    };

    public static TimeToLiveSpecification TimeToLive { get; } = new() { AttributeName = Names.ExpiresAt, Enabled = true };

    /// <summary>What an existing table lacks, so that the store would not work on it.</summary>
    public static IEnumerable<string> Lacking(DynamoDBStoreOptions options, TableDescription table)
    {
        var wanted = Of(options);
        if (!Same(wanted.KeySchema, table.KeySchema))
            yield return $"the key {Text(wanted.KeySchema)}";
        foreach (var index in wanted.GlobalSecondaryIndexes)
        {
            if (!(table.GlobalSecondaryIndexes ?? []).Any(there => there.IndexName == index.IndexName && Same(index.KeySchema, there.KeySchema)))
                yield return $"the index {index.IndexName} with the key {Text(index.KeySchema)}";
        }
    }

    private static GlobalSecondaryIndex Index(string name, List<KeySchemaElement> key, params List<string> also) => new()
    {
        IndexName = name,
        KeySchema = key,
        Projection = also.Count == 0
            ? new() { ProjectionType = ProjectionType.KEYS_ONLY }
            : new() { ProjectionType = ProjectionType.INCLUDE, NonKeyAttributes = also },
    };

    private static bool Same(List<KeySchemaElement> one, List<KeySchemaElement> another) => Text(one) == Text(another);

    private static string Text(List<KeySchemaElement> key) => string.Join(", ", key.Select(element => $"{element.AttributeName} ({element.KeyType})"));
}
