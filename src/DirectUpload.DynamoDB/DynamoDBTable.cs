using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace DirectUpload.DynamoDB;

/// <summary>The table of the records: described for CloudFormation, or created here. Its methods may be called from several threads.</summary>
public static class DynamoDBTable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>A CloudFormation template, in JSON, of the table as <see cref="CreateIfMissingAsync"/> creates it. Deleting the stack leaves it in place.</summary>
    /// <param name="options">Its name, as the store has it.</param>
    /// <exception cref="ArgumentException">An option is out of its bounds.</exception>
    public static string CloudFormation(DynamoDBStoreOptions options) => CloudFormationTemplate.Of(TableDefinition.Of(Valid(options)), TableDefinition.TimeToLive);

    /// <summary>
    /// Creates the table, where it does not exist, and waits until it can be used; has DynamoDB remove what has retired. Any number of callers, in any number
    /// of processes, may do so at once.
    /// </summary>
    /// <param name="client">
    /// May call <c>dynamodb:DescribeTable</c>, <c>CreateTable</c>, <c>DescribeTimeToLive</c> and <c>UpdateTimeToLive</c> on the table.
    /// </param>
    /// <param name="options">Its name, as the store has it.</param>
    /// <param name="clock">Times the waiting; null takes the system's clock.</param>
    /// <param name="cancellationToken">Ends the waiting, which takes half a minute as a rule.</param>
    /// <exception cref="ArgumentException">An option is out of its bounds.</exception>
    /// <exception cref="InvalidOperationException">A table of that name exists, and it is not of this kind.</exception>
    public static async Task CreateIfMissingAsync(
        IAmazonDynamoDB client, DynamoDBStoreOptions options, TimeProvider? clock = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        Valid(options);
        clock ??= TimeProvider.System;
        var pause = ShortestPause;
        while (await DescribeAsync(client, options, cancellationToken).ConfigureAwait(false) is var table && !IsUsable(table))
        {
            if (table is null)
                await CreateAsync(client, options, cancellationToken).ConfigureAwait(false);
            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }

        await LetExpireAsync(client, options, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<TableDescription?> DescribeAsync(IAmazonDynamoDB client, DynamoDBStoreOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var table = (await client.DescribeTableAsync(options.TableName, cancellationToken).ConfigureAwait(false)).Table;
            var lacking = TableDefinition.Lacking(options, table).ToList();
            return lacking.Count == 0 ? table : throw new InvalidOperationException(
                $"The table \"{options.TableName}\" exists and lacks {string.Join(" and ", lacking)}. Set TableName to another, or create this one as DynamoDBTable.CloudFormation says.");
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
            await client.CreateTableAsync(TableDefinition.Of(options), cancellationToken).ConfigureAwait(false);
        }
        catch (ResourceInUseException)
        {
            // Somebody else has just begun to.
        }
    }

    private static async Task LetExpireAsync(IAmazonDynamoDB client, DynamoDBStoreOptions options, CancellationToken cancellationToken)
    {
        if (await ExpiresAsync(client, options, cancellationToken).ConfigureAwait(false))
            return;
        try
        {
            await client.UpdateTimeToLiveAsync(
                new UpdateTimeToLiveRequest { TableName = options.TableName, TimeToLiveSpecification = TableDefinition.TimeToLive }, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonDynamoDBException refused) when (refused.ErrorCode == "UnknownOperationException")
        {
            // An emulator that has no time to live: what retires there stays.
        }
        catch (AmazonDynamoDBException refused) when (refused.ErrorCode is "ValidationException" or "ResourceInUseException")
        {
            // Whoever is second is refused; and it is only then that the refusal means nothing.
            if (!await ExpiresAsync(client, options, cancellationToken).ConfigureAwait(false))
                throw;
        }
    }

    private static async Task<bool> ExpiresAsync(IAmazonDynamoDB client, DynamoDBStoreOptions options, CancellationToken cancellationToken)
    {
        var response = await client.DescribeTimeToLiveAsync(options.TableName, cancellationToken).ConfigureAwait(false);
        var found = response.TimeToLiveDescription;
        return found?.AttributeName == Names.ExpiresAt && (found.TimeToLiveStatus == TimeToLiveStatus.ENABLED || found.TimeToLiveStatus == TimeToLiveStatus.ENABLING);
    }

    private static DynamoDBStoreOptions Valid(DynamoDBStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return DynamoDBStoreOptionsValidator.FaultsOf(options).FirstOrDefault() is { } fault ? throw new ArgumentException(fault, nameof(options)) : options;
    }
}
