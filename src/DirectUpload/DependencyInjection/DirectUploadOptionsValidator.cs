using System.Text.RegularExpressions;
using DirectUpload.Presigning.Checks;
using DirectUpload.Primitives;
using DirectUpload.Profiles;
using Microsoft.Extensions.Options;

namespace DirectUpload.DependencyInjection;

/// <summary>Validates all options and reports every error at once. Each message names the option, its value and the fix.</summary>
internal sealed partial class DirectUploadOptionsValidator : IValidateOptions<DirectUploadOptions>
{
    // The profile's name, the upload's id and the extension follow the prefix.
    private const int MaxStagingPrefixLength = 800;

    public ValidateOptionsResult Validate(string? name, DirectUploadOptions options)
    {
        var faults = FindErrors(options)
            .Concat(options.Profiles.SelectMany(profile =>
                UploadProfileValidator.Validate(profile.Key, profile.Value, options)
                    .Select(fault => $"Profiles[\"{profile.Key}\"].{fault}")))
            .ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> FindErrors(DirectUploadOptions options)
    {
        foreach (var fault in options.ProfileErrors.Distinct().Concat(OptionBounds.FindErrors(options)).Concat(FindBucketErrors(options)))
            yield return fault;
        foreach (var (alias, _) in options.Buckets.Where(bucket => string.IsNullOrWhiteSpace(bucket.Value.Name)))
            yield return $"Buckets[\"{alias}\"].Name is empty; set it to the bucket's name at S3.";
        var names = options.Buckets.Values.Select(bucket => bucket.Name).Append(options.Bucket)
            .Where(bucket => !string.IsNullOrWhiteSpace(bucket));
        foreach (var duplicate in names.GroupBy(bucket => bucket).Where(group => group.Count() > 1))
            yield return $"The bucket \"{duplicate.Key}\" is configured twice; records refer to a bucket by its S3 name, "
                + "so configure each bucket once.";
        if (!StagingPrefixPattern().IsMatch(options.StagingPrefix)
            || options.StagingPrefix.Split('/').Any(segment => segment is "." or ".."))
        {
            yield return $"StagingPrefix is \"{options.StagingPrefix}\"; write segments of letters, digits and ! _ . - "
                + "that each end in a slash, such as \"staging/\".";
        }
        else if (options.StagingPrefix.Length > MaxStagingPrefixLength)
        {
            yield return $"StagingPrefix has {options.StagingPrefix.Length} characters; S3 keys have at most 1,024 bytes, "
                + $"so write at most {MaxStagingPrefixLength}.";
        }

        if (UploadId.TryFindIn(options.StagingPrefix, out _))
            yield return $"StagingPrefix is \"{options.StagingPrefix}\", which contains the pattern of an upload id; "
                + "choose another prefix, such as \"staging/\".";
        foreach (var origin in (options.BrowserOrigins ?? []).Where(origin => !IsOrigin(origin)))
            yield return $"BrowserOrigins contains \"{origin}\"; write scheme, host and port only, such as \"https://app.example.com\".";
    }

    private static IEnumerable<string> FindBucketErrors(DirectUploadOptions options) =>
    [
        .. ToErrors(string.IsNullOrWhiteSpace(options.Bucket) ? null : BucketNameCheck.FindError(nameof(options.Bucket), options.Bucket)),
        .. ToErrors(PublicEndpointCheck.FindError(nameof(options.PublicEndpoint), options.PublicEndpoint)),
        .. options.Buckets.Where(bucket => !string.IsNullOrWhiteSpace(bucket.Value.Name))
            .SelectMany(bucket => ToErrors(BucketNameCheck.FindError($"Buckets[\"{bucket.Key}\"].Name", bucket.Value.Name))),
        .. options.Buckets.SelectMany(
            bucket => ToErrors(PublicEndpointCheck.FindError($"Buckets[\"{bucket.Key}\"].PublicEndpoint", bucket.Value.PublicEndpoint))),
    ];

    private static string[] ToErrors(string? fault) => fault is null ? [] : [fault];

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        && origin.TrimEnd('/').Equals(address.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^([A-Za-z0-9!_.-]+/)+\z")]
    private static partial Regex StagingPrefixPattern();
}
