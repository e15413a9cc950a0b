namespace DirectUpload.DynamoDB;

/// <summary>Where the records are kept. The client, and with it region and credentials, comes from the container, never from here.</summary>
public sealed class DynamoDBStoreOptions
{
    internal const int MostShards = 200;

    /// <summary>The table's name.</summary>
    /// <value>3 to 255 of a-z, A-Z, 0-9, '_', '-' and '.' (DynamoDB's rule); <c>direct-uploads</c> by default.</value>
    public string TableName { get; set; } = "direct-uploads";

    /// <summary>
    /// Over how many partitions of an index everything is spread that all instances share: what is due, and what anonymous callers have uploaded. Each
    /// takes 1,000 writes a second; each look for work asks them all. It may grow: an instance that knows a smaller number meanwhile misses what lies in the
    /// new shards, and the others find it. It must never shrink, or nobody finds what lies in the shards left out.
    /// </summary>
    /// <value>1 to 200; 8 by default.</value>
    /// <remarks>Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html</remarks>
    public int Shards { get; set; } = 8;

    /// <summary>
    /// Creates the table as the host starts, before its worker, where it does not exist, and waits until it can be used; any number of hosts may start at
    /// once. It is billed by request. In production let <see cref="DynamoDBTable.CloudFormation"/> describe it instead, and hosts need no such permission.
    /// </summary>
    /// <value>False by default.</value>
    public bool CreateTableIfMissing { get; set; }
}
