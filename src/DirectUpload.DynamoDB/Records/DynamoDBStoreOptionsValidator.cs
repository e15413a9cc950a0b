using System.Text.RegularExpressions;
using DirectUpload.DependencyInjection;
using DirectUpload.Primitives;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Validates the store's options. Each message names the option, its value and the fix.</summary>
internal sealed partial class DynamoDBStoreOptionsValidator(IConfiguration? configuration = null) : IValidateOptions<DynamoDBStoreOptions>
{
    public ValidateOptionsResult Validate(string? name, DynamoDBStoreOptions options)
    {
        List<string> faults = [.. GetErrors(options), .. configuration is null
            ? []
            : KnownKeys.Of<DynamoDBStoreOptions>().FindErrors(configuration.GetSection(DynamoDBConfiguration.Section))];
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    public static IEnumerable<string> GetErrors(DynamoDBStoreOptions options)
    {
        if (!TableNamePattern().IsMatch(options.TableName ?? string.Empty))
            yield return $"TableName is \"{options.TableName}\"; write 3 to 255 letters, digits, '_', '-' and '.', as DynamoDB requires.";
        foreach (var fault in OptionBounds.FindErrors(options))
            yield return fault;
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.-]{3,255}\z")]
    private static partial Regex TableNamePattern();
}
