using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace DirectUpload.DynamoDB;

/// <summary>Each message names the option, its value and the cure.</summary>
internal sealed partial class DynamoDBStoreOptionsValidator : IValidateOptions<DynamoDBStoreOptions>
{
    public ValidateOptionsResult Validate(string? name, DynamoDBStoreOptions options)
    {
        var faults = FaultsOf(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    public static IEnumerable<string> FaultsOf(DynamoDBStoreOptions options)
    {
        if (!Name().IsMatch(options.TableName ?? string.Empty))
            yield return $"TableName is \"{options.TableName}\"; write 3 to 255 letters, digits, '_', '-' and '.', as DynamoDB asks.";
        if (options.Shards is < 1 or > DynamoDBStoreOptions.MostShards)
            yield return $"Shards is {options.Shards}; set it between 1 and {DynamoDBStoreOptions.MostShards}.";
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.-]{3,255}\z")]
    private static partial Regex Name();
}
