using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DirectUpload.DynamoDB.Records;

namespace DirectUpload.DynamoDB;

/// <summary>Creates the record table, or a CloudFormation template of it; safe for concurrent use.</summary>
public static class DynamoDBTable
{
    private static readonly TimeSpan MinDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(2);

    /// <summary>Creates a CloudFormation template, in JSON, of the table that <see cref="CreateIfMissingAsync"/> creates.</summary>
    /// <remarks>The table remains when the stack is deleted.</remarks>
    /// <param name="options">The store's options.</param>
    /// <returns>The template's JSON text.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">An option is out of its bounds.</exception>
    public static string CreateCloudFormationTemplate(DynamoDBStoreOptions options) =>
        CloudFormationTemplate.Create(TableDefinition.Create(Validate(options)), TableDefinition.TimeToLive);

    /// <summary>Creates the table if it is missing, waits until it is active, and enables its time to live.</summary>
    /// <remarks>Any number of callers in any number of processes may call the method at once.</remarks>
    /// <param name="client">
    /// A client that may call <c>dynamodb:DescribeTable</c>, <c>CreateTable</c>, <c>DescribeTimeToLive</c> and <c>UpdateTimeToLive</c> on
    /// the table.
    /// </param>
    /// <param name="options">The store's options.</param>
    /// <param name="clock">The clock of the wait; null uses the system's clock.</param>
    /// <param name="cancellationToken">Cancels the wait, which usually takes half a minute.</param>
    /// <returns>A task that completes when the table is active.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="client"/> or <paramref name="options"/> is <see langword="null"/>.
    /// </exception>
    /// <exception cref="ArgumentException">An option is out of its bounds.</exception>
    /// <exception cref="OperationCanceledException">The <paramref name="cancellationToken"/> was canceled.</exception>
    /// <exception cref="InvalidOperationException">A table of that name exists with another schema.</exception>
    public static async Task CreateIfMissingAsync(
        IAmazonDynamoDB client, DynamoDBStoreOptions options, TimeProvider? clock = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        Validate(options);
        clock ??= TimeProvider.System;
        var pause = MinDelay;
        while (await DescribeAsync(client, options, cancellationToken).ConfigureAwait(false) is var table && !IsUsable(table))
        {
            if (table is null)
                await CreateAsync(client, options, cancellationToken).ConfigureAwait(false);
            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < MaxDelay ? pause * 2 : MaxDelay;
        }

        await EnableTimeToLiveAsync(client, options, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<TableDescription?> DescribeAsync(
        IAmazonDynamoDB client, DynamoDBStoreOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var table = (await client.DescribeTableAsync(options.TableName, cancellationToken).ConfigureAwait(false)).Table;
            var lacking = TableDefinition.FindMissing(options, table).ToList();
            return lacking.Count == 0 ? table : throw new InvalidOperationException(
                $"The table \"{options.TableName}\" exists and lacks {string.Join(" and ", lacking)}. Add what is missing, for example by "
                + "updating its stack with DynamoDBTable.CreateCloudFormationTemplate, or set TableName to another name.");
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
    }

    private static bool IsUsable(TableDescription? table) =>
        table?.TableStatus == TableStatus.ACTIVE && table.GlobalSecondaryIndexes.All(index => index.IndexStatus == IndexStatus.ACTIVE);

    private static async Task CreateAsync(IAmazonDynamoDB client, DynamoDBStoreOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await client.CreateTableAsync(TableDefinition.Create(options), cancellationToken).ConfigureAwait(false);
        }
        catch (ResourceInUseException)
        {
            // Another process has just started to create the table.
        }
    }

    private static async Task EnableTimeToLiveAsync(
        IAmazonDynamoDB client, DynamoDBStoreOptions options, CancellationToken cancellationToken)
    {
        if (await HasTimeToLiveAsync(client, options, cancellationToken).ConfigureAwait(false))
            return;
        try
        {
            await client.UpdateTimeToLiveAsync(
                new UpdateTimeToLiveRequest { TableName = options.TableName, TimeToLiveSpecification = TableDefinition.TimeToLive },
                cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonDynamoDBException refused) when (refused.ErrorCode == "UnknownOperationException")
        {
            // An emulator that does not support time to live keeps expired items.
        }
        catch (AmazonDynamoDBException refused) when (refused.ErrorCode is "ValidationException" or "ResourceInUseException")
        {
            // A concurrent caller has enabled it; otherwise the refusal is an error.
            if (!await HasTimeToLiveAsync(client, options, cancellationToken).ConfigureAwait(false))
                throw;
        }
    }

    private static async Task<bool> HasTimeToLiveAsync(
        IAmazonDynamoDB client, DynamoDBStoreOptions options, CancellationToken cancellationToken)
    {
        var response = await client.DescribeTimeToLiveAsync(options.TableName, cancellationToken).ConfigureAwait(false);
        var found = response.TimeToLiveDescription;
        return found?.AttributeName == AttributeNames.ExpiresAt
            && (found.TimeToLiveStatus == TimeToLiveStatus.ENABLED || found.TimeToLiveStatus == TimeToLiveStatus.ENABLING);
    }

    private static DynamoDBStoreOptions Validate(DynamoDBStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return DynamoDBStoreOptionsValidator.GetErrors(options).FirstOrDefault() is { } error
            ? throw new ArgumentException(error, nameof(options))
            : options;
    }
}
