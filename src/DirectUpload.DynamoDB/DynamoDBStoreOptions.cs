using DirectUpload.Primitives;

namespace DirectUpload.DynamoDB;

/// <summary>Represents the options of the DynamoDB record store.</summary>
/// <remarks>
/// Set them in the section <c>DirectUploads:DynamoDB</c> or in <c>UseDynamoDB(o => …)</c>; values set in code override the configuration.
/// The client, with region and credentials, comes from the container.
/// </remarks>
public sealed class DynamoDBStoreOptions
{
    internal const int MaxShards = 200;

    /// <summary>Gets or sets the name of the table.</summary>
    /// <value>3 to 255 of a-z, A-Z, 0-9, '_', '-' and '.' (DynamoDB's rule). The default is <c>direct-uploads</c>.</value>
    public string TableName { get; set; } = "direct-uploads";

    /// <summary>Gets or sets the number of index partitions over which due records and anonymous uploads are spread.</summary>
    /// <value>1 to 200. The default is 8.</value>
    /// <remarks>
    /// <para>Each partition accepts 1,000 writes per second. Each poll of the worker queries all of them.</para>
    /// <para>
    /// The number may grow. During the rollout, hosts with the smaller number do not find records in the new shards, but the other hosts
    /// do. The number must never shrink, because records in the removed shards would no longer be found.
    /// </para>
    /// <para>Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html</para>
    /// </remarks>
    [OptionRange(1, MaxShards)]
    public int Shards { get; set; } = 8;

    /// <summary>Gets or sets whether the host creates the table when it starts, if the table does not exist.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    /// <remarks>
    /// The host waits until the table is active, then starts the worker. Any number of hosts may start at once. The table is billed per
    /// request. In production, create it from <see cref="DynamoDBTable.CreateCloudFormationTemplate"/>, so that hosts need no permission to
    /// create tables.
    /// </remarks>
    public bool CreateTableIfMissing { get; set; }
}
