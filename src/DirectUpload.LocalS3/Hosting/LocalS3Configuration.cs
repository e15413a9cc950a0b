using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DirectUpload.LocalS3.Hosting;

/// <summary>Reads the configuration sections <c>DirectUploads:LocalS3</c> and <c>LocalS3</c>; the latter takes precedence.</summary>
/// <remarks>
/// The section <c>LocalS3</c> serves a host that runs only the server, and environment variables (<c>LocalS3__DataDirectory</c>) that
/// override the settings of an application. This class does not use the framework's binder, which appends to a
/// default list, because a configured list must replace the default.
/// </remarks>
internal sealed class LocalS3Configuration(IConfiguration? configuration = null) : IConfigureOptions<LocalS3Options>
{
    public const string Section = "DirectUploads:LocalS3";

    public const string OwnSection = "LocalS3";

    public void Configure(LocalS3Options options)
    {
        if (configuration is null)
            return;
        Bind(options, configuration.GetSection(Section));
        Bind(options, configuration.GetSection(OwnSection));
    }

    private static void Bind(LocalS3Options options, IConfigurationSection section)
    {
        options.Url = section[nameof(options.Url)] ?? options.Url;
        options.DataDirectory = section[nameof(options.DataDirectory)] ?? options.DataDirectory;
        options.AccessKey = section[nameof(options.AccessKey)] ?? options.AccessKey;
        options.SecretKey = section[nameof(options.SecretKey)] ?? options.SecretKey;
        options.Region = section[nameof(options.Region)] ?? options.Region;
        options.EventEndpoint = section[nameof(options.EventEndpoint)] ?? options.EventEndpoint;
        options.VirtualHostSuffixes = List(section, nameof(options.VirtualHostSuffixes)) ?? options.VirtualHostSuffixes;
        options.Buckets = List(section, nameof(options.Buckets)) ?? options.Buckets;
        options.AllowedOrigins = List(section, nameof(options.AllowedOrigins)) ?? options.AllowedOrigins;
        if (section[nameof(options.Quirks)] is { } quirks)
            options.Quirks = Enum.TryParse<LocalS3Quirks>(quirks, ignoreCase: true, out var named)
                ? named
                : throw new OptionsValidationException(nameof(LocalS3Options), typeof(LocalS3Options),
                    [$"{section.Path}:Quirks is '{quirks}': set names of LocalS3Quirks, separated by commas."]);
        if (section[nameof(options.AllowInProduction)] is { } allow)
            options.AllowInProduction = bool.TryParse(allow, out var value) ? value : throw new OptionsValidationException(
                nameof(LocalS3Options), typeof(LocalS3Options), [$"{section.Path}:AllowInProduction is '{allow}': set 'true' or 'false'."]);
    }

    /// <summary>Reads a list from an array or from one comma-separated text, as in environment variables.</summary>
    private static IReadOnlyList<string>? List(IConfiguration section, string name) =>
        section.GetSection(name).GetChildren().Select(child => child.Value ?? "").ToList() is { Count: > 0 } items
            ? items
            : section[name]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
