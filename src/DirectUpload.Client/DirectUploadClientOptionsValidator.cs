using Microsoft.Extensions.Options;

namespace DirectUpload.Client;

/// <summary>Each message names the option, its value and the cure.</summary>
internal sealed class DirectUploadClientOptionsValidator : IValidateOptions<DirectUploadClientOptions>
{
    private const long MostChecksumFirst = 5L * 1024 * 1024 * 1024;

    public ValidateOptionsResult Validate(string? name, DirectUploadClientOptions options)
    {
        var faults = FaultsOf(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    public static IEnumerable<string> FaultsOf(DirectUploadClientOptions options)
    {
        if (options.ServerAddress is not { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "", Fragment: "" })
            yield return $"ServerAddress is {(options.ServerAddress is { } address ? $"\"{address}\"" : "not set")}; set it to where the application maps its uploads, such as https://app.example.com/uploads.";
        if (options.PartsInFlight is < 1 or > DirectUploadClientOptions.MostPartsInFlight)
            yield return $"PartsInFlight is {options.PartsInFlight}; set it between 1 and {DirectUploadClientOptions.MostPartsInFlight}.";
        if (options.MaxRetries is < 0 or > DirectUploadClientOptions.MostRetries)
            yield return $"MaxRetries is {options.MaxRetries}; set it between 0 and {DirectUploadClientOptions.MostRetries}.";
        if (options.ChecksumFirstUpTo is < 0 or > MostChecksumFirst)
            yield return $"ChecksumFirstUpTo is {options.ChecksumFirstUpTo}; set it between 0 and {MostChecksumFirst} bytes.";
        foreach (var (name, value, least, most) in Times(options))
        {
            if (value < least || value > most)
                yield return $"{name} is {value}; set it between {least} and {most}.";
        }
    }

    private static IEnumerable<(string Name, TimeSpan Value, TimeSpan Least, TimeSpan Most)> Times(DirectUploadClientOptions options) =>
    [
        (nameof(options.RetryDelay), options.RetryDelay, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1)),
        (nameof(options.MaxRetryDelay), options.MaxRetryDelay, options.RetryDelay, TimeSpan.FromMinutes(10)),
        (nameof(options.StallTimeout), options.StallTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
        (nameof(options.RequestTimeout), options.RequestTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
    ];
}
