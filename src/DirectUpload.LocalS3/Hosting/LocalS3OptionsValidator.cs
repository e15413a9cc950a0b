using DirectUpload.DependencyInjection;
using DirectUpload.LocalS3.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DirectUpload.LocalS3.Hosting;

/// <summary>Validates the options; each failure contains the option, its value and the expected value.</summary>
internal sealed class LocalS3OptionsValidator(IConfiguration? configuration = null) : IValidateOptions<LocalS3Options>
{
    public static void ThrowIfInvalid(LocalS3Options options)
    {
        var failures = Failures(options).ToList();
        if (failures.Count > 0)
            throw new OptionsValidationException(nameof(LocalS3Options), typeof(LocalS3Options), failures);
    }

    public ValidateOptionsResult Validate(string? name, LocalS3Options options)
    {
        List<string> failures =
        [
            .. Failures(options),
            .. FindUnknownKeys(LocalS3Configuration.Section),
            .. FindUnknownKeys(LocalS3Configuration.OwnSection),
        ];
        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }

    private IEnumerable<string> FindUnknownKeys(string section) =>
        configuration is null ? [] : KnownKeys.Of<LocalS3Options>().FindErrors(configuration.GetSection(section));

    private static IEnumerable<string> Failures(LocalS3Options options)
    {
        if (!ListenAddress.TryParse(options.Url, out _))
            yield return $"LocalS3Options.Url is '{options.Url}': set an http URL with an IP address or localhost, a port and no path, " +
                "such as 'http://127.0.0.1:5081' ('http://127.0.0.1:0' selects a free port).";
        if (string.IsNullOrWhiteSpace(options.DataDirectory))
            yield return "LocalS3Options.DataDirectory is empty: set the folder for the objects.";
        if (options.AccessKey is not { Length: >= 1 and <= 128 } key || key.Any(c => c == '/' || c == ',' || c <= ' ' || c > '~'))
            yield return $"LocalS3Options.AccessKey is '{options.AccessKey}': set 1 to 128 visible ASCII characters without '/' and ','.";
        if (string.IsNullOrEmpty(options.SecretKey))
            yield return "LocalS3Options.SecretKey is empty: set the secret that clients sign with.";
        if (options.Region is not { Length: > 0 } region || region.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-'))
            yield return $"LocalS3Options.Region is '{options.Region}': set a region name of letters, digits and hyphens, " +
                "such as 'us-east-1'.";
        if (options.Buckets is null)
            yield return "LocalS3Options.Buckets is null: set a list, which may be empty.";
        if (options.VirtualHostSuffixes is null)
            yield return "LocalS3Options.VirtualHostSuffixes is null: set a list; an empty one means path style only.";
        foreach (var suffix in options.VirtualHostSuffixes ?? [])
            if (Uri.CheckHostName(suffix) != UriHostNameType.Dns)
                yield return $"LocalS3Options.VirtualHostSuffixes contains '{suffix}': write a host name without scheme, port " +
                    "and leading " +
                    "dot, such as 's3.localhost'.";
        if (options.EventEndpoint is not null && !(Uri.TryCreate(options.EventEndpoint, UriKind.Absolute, out var target)
            && target.Scheme is "http" or "https"))
            yield return $"LocalS3Options.EventEndpoint is '{options.EventEndpoint}': set the http or https URL that receives the " +
                "events, such as 'http://127.0.0.1:5080/s3-events', or null.";
        if (options.AllowedOrigins is null)
            yield return "LocalS3Options.AllowedOrigins is null: set a list; an empty one means no CORS configuration.";
        foreach (var bucket in options.Buckets ?? [])
            if (!BucketName.IsValid(bucket))
                yield return $"LocalS3Options.Buckets contains '{bucket}': S3 allows 3 to 63 lower-case letters, digits, dots " +
                    "and hyphens, " +
                    "beginning and ending with a letter or digit.";
        foreach (var origin in options.AllowedOrigins ?? [])
            if (string.IsNullOrWhiteSpace(origin) || origin.Count(c => c == '*') > 1)
                yield return $"LocalS3Options.AllowedOrigins contains '{origin}': write an origin such as 'http://127.0.0.1:5080', " +
                    "with at most one '*'.";
    }
}
