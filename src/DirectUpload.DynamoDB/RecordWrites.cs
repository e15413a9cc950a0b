using System.Globalization;
using System.Security.Cryptography;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DirectUpload.Uploads;

namespace DirectUpload.DynamoDB;

/// <summary>
/// Writes that count only if nobody was faster. The SDK repeats a request whose answer was lost, and the repetition is refused because of what the first one
/// wrote. So every write leaves a mark of its own beside the version that it made, and whoever is refused looks for it.
/// </summary>
internal sealed class RecordWrites(IAmazonDynamoDB client, string table)
{
    /// <summary>
    /// How many versions keep their marks: so many can be written on top of ours while the SDK repeats a request. Most uploads end after less than ten; and
    /// a kilobyte is all that it takes.
    /// </summary>
    private const int Remembered = 64;

    /// <summary>Makes version 1, if the record does not exist.</summary>
    public async Task<bool> TryAddAsync(UploadId id, UpdateExpression change, CancellationToken cancellationToken)
    {
        var mark = NewMark();
        change.Set(new() { M = new() { [Text(1)] = mark } }, Names.Writes);
        var condition = $"attribute_not_exists({change.Name(Names.Id)})";
        return await TryAsync(Request(id, change, condition), 1, mark, cancellationToken).ConfigureAwait(false) is not null;
    }

    /// <summary>Makes the version after one, if that is still the newest.</summary>
    /// <param name="id">The record.</param>
    /// <param name="version">The version that is changed.</param>
    /// <param name="change">What else is to become of it.</param>
    /// <param name="furtherCondition">What else must hold.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The item with the change; null when the write was refused.</returns>
    public Task<Item?> TryUpdateAsync(
        UploadId id, long version, UpdateExpression change, string? furtherCondition, CancellationToken cancellationToken)
    {
        var mark = NewMark();
        change.Set(Values.Of(version + 1), Names.Version).Set(mark, Names.Writes, Text(version + 1));
        if (version >= Remembered)
            change.Remove(Names.Writes, Text(version + 1 - Remembered));
        var condition = $"{change.Name(Names.Version)} = {change.Value(Values.Of(version))}";
        if (furtherCondition is not null)
            condition += $" AND {furtherCondition}";
        return TryAsync(Request(id, change, condition), version + 1, mark, cancellationToken);
    }

    /// <summary>Changes what does not belong to a version, if that holds.</summary>
    /// <returns>The item with the change; null when the write was refused.</returns>
    public async Task<Item?> TryAsync(UploadId id, UpdateExpression change, string condition, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.UpdateItemAsync(Request(id, change, condition), cancellationToken).ConfigureAwait(false)).Attributes;
        }
        catch (ConditionalCheckFailedException)
        {
            return null;
        }
    }

    /// <summary>Sees every write that was completed before it began.</summary>
    public async Task<Item?> FindAsync(UploadId id, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest { TableName = table, Key = Key(id), ConsistentRead = true };
        var response = await client.GetItemAsync(request, cancellationToken).ConfigureAwait(false);
        return response.Item is { Count: > 0 } item ? item : null;
    }

    public Task DeleteAsync(UploadId id, CancellationToken cancellationToken) =>
        client.DeleteItemAsync(new DeleteItemRequest { TableName = table, Key = Key(id) }, cancellationToken);

    private async Task<Item?> TryAsync(UpdateItemRequest request, long version, AttributeValue mark, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.UpdateItemAsync(request, cancellationToken).ConfigureAwait(false)).Attributes;
        }
        catch (ConditionalCheckFailedException)
        {
            var found = await FindAsync(UploadId.Parse(request.Key[Names.Id].S), cancellationToken).ConfigureAwait(false);
            return found?.Map(Names.Writes)?.Text(Text(version)) == mark.S ? found : null;
        }
    }

    private UpdateItemRequest Request(UploadId id, UpdateExpression change, string condition) => new()
    {
        TableName = table,
        Key = Key(id),
        UpdateExpression = change.ToString(),
        ConditionExpression = condition,
        ExpressionAttributeNames = change.Names,
        ExpressionAttributeValues = change.Values,
        ReturnValues = ReturnValue.ALL_NEW,
    };

    private static Item Key(UploadId id) => new() { [Names.Id] = Values.Of(id.ToString()) };

    /// <summary>A text that no other write has.</summary>
    public static AttributeValue NewMark() => Values.Of(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);
}
