using DirectUpload.DependencyInjection;
using DirectUpload.Primitives;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DirectUpload.Client.DependencyInjection;

/// <summary>Validates the client's options. Each message names the option, its value and the fix.</summary>
internal sealed class DirectUploadClientOptionsValidator(IConfiguration? configuration = null) : IValidateOptions<DirectUploadClientOptions>
{
    public ValidateOptionsResult Validate(string? name, DirectUploadClientOptions options)
    {
        List<string> faults = [.. GetErrors(options), .. configuration is null
            ? []
            : KnownKeys.Of<DirectUploadClientOptions>().FindErrors(configuration.GetSection(DirectUploadClientConfiguration.Section))];
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    public static IEnumerable<string> GetErrors(DirectUploadClientOptions options)
    {
        if (options.ServerAddress is not { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "", Fragment: "" })
        {
            yield return $"ServerAddress is {(options.ServerAddress is { } address ? $"\"{address}\"" : "not set")}; "
                + "set it to the URL at which the application maps its uploads, such as https://app.example.com/uploads.";
        }

        foreach (var error in OptionBounds.FindErrors(options))
            yield return error;
        if (options.MaxRetryDelay < options.RetryDelay)
            yield return $"MaxRetryDelay is {options.MaxRetryDelay}; set it between {options.RetryDelay} (RetryDelay) and 00:10:00.";
    }
}
