using System.Text.RegularExpressions;
using DirectUpload.Profiles;
using DirectUpload.Signing;
using DirectUpload.Uploads;
using Microsoft.Extensions.Options;

namespace DirectUpload.DependencyInjection;

/// <summary>Finds what attributes can't say: rules between options, and in every profile. Each message names option, value and cure.</summary>
internal sealed partial class DirectUploadOptionsValidator : IValidateOptions<DirectUploadOptions>
{
    private static readonly UploadProfileAttributesValidator Attributes = new();

    public ValidateOptionsResult Validate(string? name, DirectUploadOptions options)
    {
        var failures = new List<string>();
        foreach (var (alias, bucket) in options.Buckets)
        {
            if (string.IsNullOrWhiteSpace(bucket.Name))
                failures.Add($"Buckets[\"{alias}\"].Name is empty; set it to the bucket's name at S3.");
        }

        var names = options.Buckets.Values.Select(bucket => bucket.Name).Append(options.Bucket).Where(bucket => bucket is not null);
        foreach (var twice in names.GroupBy(bucket => bucket).Where(group => group.Count() > 1))
            failures.Add($"The bucket \"{twice.Key}\" is configured twice; records name buckets by their S3 names, so each may stand once.");
        failures.AddRange(
            Within(nameof(options.ContentLifetime), options.ContentLifetime, Lifetimes.Shortest, Lifetimes.Longest)
            .Concat(Within(nameof(options.ConfirmWait), options.ConfirmWait, TimeSpan.Zero, TimeSpan.FromMinutes(1)))
            .Concat(Within(nameof(options.ProcessingLease), options.ProcessingLease, TimeSpan.FromSeconds(10), TimeSpan.FromHours(1))));
        foreach (var (key, profile) in options.Profiles)
            failures.AddRange(FaultsOf(options, key, profile).Select(fault => $"Profiles[\"{key}\"].{fault}"));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> FaultsOf(DirectUploadOptions options, string key, UploadProfile profile)
    {
        if (!ProfileName().IsMatch(key))
            yield return "Name: it must have 1 to 64 of a-z, 0-9, '-' and '_'; rename the profile.";
        if (Attributes.Validate(null, profile) is { Failed: true, Failures: var bounds })
        {
            foreach (var failure in bounds)
                yield return failure;
        }

        foreach (var failure in Within(nameof(profile.Lifetime), profile.Lifetime, Lifetimes.Shortest, Lifetimes.Longest))
            yield return failure;
        if (profile.ContentTypes.Count == 0)
            yield return "ContentTypes is empty; add what is taken, such as \"image/*\" (\"*/*\" takes everything).";
        foreach (var type in profile.ContentTypes.Where(type => !MediaType.IsPattern(type)))
            yield return $"ContentTypes holds \"{type}\"; write \"image/png\", \"image/*\" or \"*/*\".";
        foreach (var extension in profile.Extensions.Where(extension => !Extension().IsMatch(extension)))
            yield return $"Extensions holds \"{extension}\"; write it with one dot in front, such as \".pdf\".";
        if (profile.MinSize > profile.MaxSize)
            yield return $"MinSize is {profile.MinSize}, more than MaxSize, {profile.MaxSize}; nothing would ever be taken.";
        if (KeyTemplate.FindFault(profile.KeyTemplate) is { } fault)
            yield return $"KeyTemplate is \"{profile.KeyTemplate}\"; {fault}.";
        if (profile.Bucket is null && string.IsNullOrWhiteSpace(options.Bucket))
            yield return "Bucket: neither the profile nor the options name one; set Bucket, in code or as \"DirectUploads:Bucket\".";
        if (profile.Bucket is { } alias && !options.Buckets.ContainsKey(alias))
            yield return $"Bucket is \"{alias}\", which Buckets doesn't hold; add Buckets[\"{alias}\"].";
        if (profile is { Finalisation: Finalisation.InPlace, Method: UploadMethod.Post })
            yield return "Finalisation is InPlace with Method Post; forms know no If-None-Match, so content could be overwritten. Use Put, or Promote.";
        if (profile.Finalisation == Finalisation.Promote && profile.KeyTemplate.StartsWith(options.StagingPrefix, StringComparison.Ordinal))
            yield return $"KeyTemplate begins with the staging prefix \"{options.StagingPrefix}\"; finished content would be swept away with it.";
    }

    private static IEnumerable<string> Within(string option, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
            yield return $"{option} is {value:c}; set it between {least:c} and {most:c}.";
    }

    [GeneratedRegex("^[a-z0-9_-]{1,64}$")]
    private static partial Regex ProfileName();

    [GeneratedRegex(@"^\.[A-Za-z0-9_-]{1,16}$")]
    private static partial Regex Extension();
}
