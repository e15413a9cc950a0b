using System.Text.RegularExpressions;
using DirectUpload.Signing;
using DirectUpload.Signing.Checks;
using DirectUpload.Uploads;
using Microsoft.Extensions.Options;

namespace DirectUpload.DependencyInjection;

/// <summary>Finds every mistake in the options at once. Each message names the option, its value and the cure.</summary>
internal sealed partial class DirectUploadOptionsValidator : IValidateOptions<DirectUploadOptions>
{
    // Behind it come the profile's name, the upload's id and the extension.
    private const int LongestStagingPrefix = 800;

    public ValidateOptionsResult Validate(string? name, DirectUploadOptions options)
    {
        var faults = FaultsOf(options)
            .Concat(options.Profiles.SelectMany(profile =>
                ProfileFaults.Of(profile.Key, profile.Value, options).Select(fault => $"Profiles[\"{profile.Key}\"].{fault}")))
            .ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> FaultsOf(DirectUploadOptions options)
    {
        foreach (var fault in FaultsOfBuckets(options))
            yield return fault;
        foreach (var (alias, _) in options.Buckets.Where(bucket => string.IsNullOrWhiteSpace(bucket.Value.Name)))
            yield return $"Buckets[\"{alias}\"].Name is empty; set it to the bucket's name at S3.";
        var names = options.Buckets.Values.Select(bucket => bucket.Name).Append(options.Bucket).Where(bucket => !string.IsNullOrWhiteSpace(bucket));
        foreach (var twice in names.GroupBy(bucket => bucket).Where(group => group.Count() > 1))
            yield return $"The bucket \"{twice.Key}\" is configured twice; records name buckets by their S3 names, so each may stand once.";
        if (!Prefix().IsMatch(options.StagingPrefix) || options.StagingPrefix.Split('/').Any(segment => segment is "." or ".."))
        {
            yield return $"StagingPrefix is \"{options.StagingPrefix}\"; write segments of letters, digits and ! _ . - that each end in a slash, such as \"staging/\".";
        }
        else if (options.StagingPrefix.Length > LongestStagingPrefix)
        {
            yield return $"StagingPrefix has {options.StagingPrefix.Length} characters; S3's keys have at most 1,024 bytes, so write at most {LongestStagingPrefix}.";
        }

        if (UploadId.TryFindIn(options.StagingPrefix, out _))
            yield return $"StagingPrefix is \"{options.StagingPrefix}\", which looks like an upload's id; choose another, such as \"staging/\".";
        foreach (var fault in Bounds.Fault(nameof(options.ContentLifetime), options.ContentLifetime, Lifetimes.Shortest, Lifetimes.Longest))
            yield return fault;
        foreach (var fault in Bounds.Fault(nameof(options.MaxRequestsPerMinute), options.MaxRequestsPerMinute ?? 1, 1, 10_000))
            yield return fault;
        foreach (var fault in Bounds.Fault(nameof(options.ConfirmWait), options.ConfirmWait, TimeSpan.Zero, TimeSpan.FromMinutes(1)))
            yield return fault;
        foreach (var fault in Bounds.Fault(nameof(options.ProcessingLease), options.ProcessingLease, TimeSpan.FromSeconds(10), TimeSpan.FromHours(1)))
            yield return fault;
        foreach (var fault in Bounds.Fault(nameof(options.StorageTimeout), options.StorageTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)))
            yield return fault;
        foreach (var fault in Bounds.Fault(nameof(options.ProcessingTimeout), options.ProcessingTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromDays(7)))
            yield return fault;
        foreach (var fault in Bounds.Fault(nameof(options.ConfirmTimeout), options.ConfirmTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)))
            yield return fault;
        foreach (var origin in (options.BrowserOrigins ?? []).Where(origin => !IsOrigin(origin)))
            yield return $"BrowserOrigins holds \"{origin}\"; write scheme, host and port only, such as \"https://app.example.com\".";
        foreach (var fault in Bounds.Fault(nameof(options.MaxAttempts), options.MaxAttempts, 1, 1000))
            yield return fault;
        foreach (var fault in Bounds.Fault(nameof(options.FailedRetention), options.FailedRetention, TimeSpan.Zero, TimeSpan.FromDays(365)))
            yield return fault;
        foreach (var fault in Bounds.Fault(nameof(options.RecordRetention), options.RecordRetention, TimeSpan.Zero, TimeSpan.FromDays(3650)))
            yield return fault;
    }

    private static IEnumerable<string> FaultsOfBuckets(DirectUploadOptions options) =>
    [
        .. Fault(string.IsNullOrWhiteSpace(options.Bucket) ? null : BucketNameCheck.FindFault(nameof(options.Bucket), options.Bucket)),
        .. Fault(PublicEndpointCheck.FindFault(nameof(options.PublicEndpoint), options.PublicEndpoint)),
        .. options.Buckets.Where(bucket => !string.IsNullOrWhiteSpace(bucket.Value.Name))
            .SelectMany(bucket => Fault(BucketNameCheck.FindFault($"Buckets[\"{bucket.Key}\"].Name", bucket.Value.Name))),
        .. options.Buckets.SelectMany(bucket => Fault(PublicEndpointCheck.FindFault($"Buckets[\"{bucket.Key}\"].PublicEndpoint", bucket.Value.PublicEndpoint))),
    ];

    private static string[] Fault(string? fault) => fault is null ? [] : [fault];

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        && origin.TrimEnd('/').Equals(address.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^([A-Za-z0-9!_.-]+/)+\z")]
    private static partial Regex Prefix();
}
