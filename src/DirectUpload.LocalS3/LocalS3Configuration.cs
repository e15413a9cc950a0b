using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DirectUpload.LocalS3;

/// <summary>
/// Reads the configuration section <c>LocalS3</c>. By hand, because the framework's binder appends to a list that has a default, where
/// whoever configures a list means to replace it.
/// </summary>
internal sealed class LocalS3Configuration(IConfiguration? configuration = null) : IConfigureOptions<LocalS3Options>
{
    public void Configure(LocalS3Options options)
    {
        if (configuration?.GetSection("LocalS3") is not { } section)
            return;
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
            options.Quirks = Enum.TryParse<LocalS3Quirks>(quirks, ignoreCase: true, out var named) ? named : throw new OptionsValidationException(
                nameof(LocalS3Options), typeof(LocalS3Options), [$"LocalS3:Quirks is '{quirks}': set names of LocalS3Quirks, separated by commas."]);
        if (section[nameof(options.AllowInProduction)] is { } allow)
            options.AllowInProduction = bool.TryParse(allow, out var value) ? value : throw new OptionsValidationException(
                nameof(LocalS3Options), typeof(LocalS3Options), [$"LocalS3:AllowInProduction is '{allow}': set 'true' or 'false'."]);
    }

    /// <summary>A list is either an array or one text with commas, as environment variables have it.</summary>
    private static IReadOnlyList<string>? List(IConfiguration section, string name) =>
        section.GetSection(name).GetChildren().Select(child => child.Value ?? "").ToList() is { Count: > 0 } items
            ? items
            : section[name]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
