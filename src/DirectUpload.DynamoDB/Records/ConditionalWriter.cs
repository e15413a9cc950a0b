using System.Globalization;
using System.Security.Cryptography;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Writes an item only if no other writer has changed it.</summary>
/// <remarks>
/// The SDK retries a request whose response was lost, and DynamoDB refuses the retry because of the first write. Every write therefore
/// stores a unique mark beside its version, and a refused writer looks for its own mark.
/// </remarks>
internal sealed class ConditionalWriter(IAmazonDynamoDB client, string table)
{
    /// <summary>The number of versions that keep their marks.</summary>
    /// <remarks>
    /// At most this many versions may follow a write while the SDK retries it. Most uploads have fewer than ten versions, and the marks
    /// take about a kilobyte.
    /// </remarks>
    private const int MaxWriteMarks = 64;

    /// <summary>Writes version 1 if the record does not exist.</summary>
    public async Task<bool> TryAddAsync(UploadId id, UpdateExpression change, CancellationToken cancellationToken)
    {
        var mark = CreateMark();
        change.Set(new() { M = new() { [ToText(1)] = mark } }, AttributeNames.Writes);
        var condition = $"attribute_not_exists({change.Name(AttributeNames.Id)})";
        return await TryAsync(CreateRequest(id, change, condition), 1, mark, cancellationToken).ConfigureAwait(false) is not null;
    }

    /// <summary>Writes the next version if the given one is still the newest.</summary>
    /// <param name="id">The record's id.</param>
    /// <param name="version">The version to change.</param>
    /// <param name="change">The other changes.</param>
    /// <param name="furtherCondition">A further condition.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The changed item, or null if the write was refused.</returns>
    public Task<Item?> TryUpdateAsync(
        UploadId id, long version, UpdateExpression change, string? furtherCondition, CancellationToken cancellationToken)
    {
        var mark = CreateMark();
        change.Set(AttributeValues.From(version + 1), AttributeNames.Version).Set(mark, AttributeNames.Writes, ToText(version + 1));
        if (version >= MaxWriteMarks)
            change.Remove(AttributeNames.Writes, ToText(version + 1 - MaxWriteMarks));
        var condition = $"{change.Name(AttributeNames.Version)} = {change.Value(AttributeValues.From(version))}";
        if (furtherCondition is not null)
            condition += $" AND {furtherCondition}";
        return TryAsync(CreateRequest(id, change, condition), version + 1, mark, cancellationToken);
    }

    /// <summary>Changes attributes that belong to no version, if the condition holds.</summary>
    /// <returns>The changed item, or null if the write was refused.</returns>
    public async Task<Item?> TryAsync(UploadId id, UpdateExpression change, string condition, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.UpdateItemAsync(CreateRequest(id, change, condition), cancellationToken).ConfigureAwait(false)).Attributes;
        }
        catch (ConditionalCheckFailedException)
        {
            return null;
        }
    }

    /// <summary>Reads an item with strong consistency.</summary>
    public async Task<Item?> FindAsync(UploadId id, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest { TableName = table, Key = CreateKey(id), ConsistentRead = true };
        var response = await client.GetItemAsync(request, cancellationToken).ConfigureAwait(false);
        return response.Item is { Count: > 0 } item ? item : null;
    }

    public Task DeleteAsync(UploadId id, CancellationToken cancellationToken) =>
        client.DeleteItemAsync(new DeleteItemRequest { TableName = table, Key = CreateKey(id) }, cancellationToken);

    private async Task<Item?> TryAsync(UpdateItemRequest request, long version, AttributeValue mark, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.UpdateItemAsync(request, cancellationToken).ConfigureAwait(false)).Attributes;
        }
        catch (ConditionalCheckFailedException)
        {
            var found = await FindAsync(UploadId.Parse(request.Key[AttributeNames.Id].S), cancellationToken).ConfigureAwait(false);
            return found?.FindMap(AttributeNames.Writes)?.FindText(ToText(version)) == mark.S ? found : null;
        }
    }

    private UpdateItemRequest CreateRequest(UploadId id, UpdateExpression change, string condition) => new()
    {
        TableName = table,
        Key = CreateKey(id),
        UpdateExpression = change.ToString(),
        ConditionExpression = condition,
        ExpressionAttributeNames = change.Names,
        ExpressionAttributeValues = change.Values,
        ReturnValues = ReturnValue.ALL_NEW,
    };

    private static Item CreateKey(UploadId id) => new() { [AttributeNames.Id] = AttributeValues.From(id.ToString()) };

    /// <summary>Creates a unique mark.</summary>
    public static AttributeValue CreateMark() => AttributeValues.From(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));

    private static string ToText(long version) => version.ToString(CultureInfo.InvariantCulture);
}
