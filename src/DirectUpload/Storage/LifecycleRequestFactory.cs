using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.Storage;

/// <summary>Creates the SDK's requests for lifecycle rules.</summary>
internal static class LifecycleRequestFactory
{
    /// <summary>Creates a request with the rules of DirectUpload and all present rules that are not from DirectUpload.</summary>
    /// <remarks>The request replaces every rule of the bucket.</remarks>
    public static PutLifecycleConfigurationRequest CreatePut(
        string bucket, IEnumerable<LifecycleRule> present, BucketLifecycleRules lifecycle) => new()
        {
            BucketName = bucket,
            Configuration = new LifecycleConfiguration
            {
                Rules =
                [
                    .. present.Where(rule => rule.Id?.StartsWith(BucketLifecycleRules.RuleIdPrefix, StringComparison.Ordinal) != true),
                    CreateStagingRule(lifecycle),
                    CreateMultipartRule(lifecycle),
                    .. lifecycle.FinalPrefixes.Select((prefix, number) => CreateVersionsRule(lifecycle, prefix, number + 1)),
                ],
            },
        };

    private static LifecycleRule CreateStagingRule(BucketLifecycleRules lifecycle) => new()
    {
        Id = BucketLifecycleRules.StagingRuleId,
        Status = LifecycleRuleStatus.Enabled,
        Filter = CreateFilter(lifecycle.StagingPrefix),
        Expiration = new LifecycleRuleExpiration { Days = lifecycle.ExpirationDays },
        NoncurrentVersionExpiration = new LifecycleRuleNoncurrentVersionExpiration { NoncurrentDays = 1 },
    };

    private static LifecycleRule CreateMultipartRule(BucketLifecycleRules lifecycle) => new()
    {
        Id = BucketLifecycleRules.MultipartRuleId,
        Status = LifecycleRuleStatus.Enabled,
        Filter = CreateFilter(string.Empty),
        AbortIncompleteMultipartUpload = new LifecycleRuleAbortIncompleteMultipartUpload { DaysAfterInitiation = lifecycle.ExpirationDays },
    };

    private static LifecycleRule CreateVersionsRule(BucketLifecycleRules lifecycle, string prefix, int number) => new()
    {
        Id = $"{BucketLifecycleRules.VersionsRuleIdPrefix}{number}",
        Status = LifecycleRuleStatus.Enabled,
        Filter = CreateFilter(prefix),
        Expiration = new LifecycleRuleExpiration { ExpiredObjectDeleteMarker = true },
        NoncurrentVersionExpiration = new LifecycleRuleNoncurrentVersionExpiration { NoncurrentDays = lifecycle.ExpirationDays },
    };

    private static LifecycleFilter CreateFilter(string prefix) =>
        new() { LifecycleFilterPredicate = new LifecyclePrefixPredicate { Prefix = prefix } };
}
