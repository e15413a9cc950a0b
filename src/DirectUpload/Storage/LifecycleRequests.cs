using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.Storage;

/// <summary>Lifecycle rules in the SDK's terms.</summary>
internal static class LifecycleRequests
{
    /// <summary>Ours, in place of what we put there before, beside all that are somebody else's: the request replaces every rule of the bucket.</summary>
    public static PutLifecycleConfigurationRequest Put(string bucket, IEnumerable<LifecycleRule> present, StagingLifecycle lifecycle) => new()
    {
        BucketName = bucket,
        Configuration = new LifecycleConfiguration
        {
            Rules =
            [
                .. present.Where(rule => rule.Id?.StartsWith(StagingLifecycle.OwnIds, StringComparison.Ordinal) != true),
                Staging(lifecycle),
                Multipart(lifecycle),
                .. lifecycle.FinalPrefixes.Select((prefix, number) => Versions(lifecycle, prefix, number + 1)),
            ],
        },
    };

    private static LifecycleRule Staging(StagingLifecycle lifecycle) => new()
    {
        Id = StagingLifecycle.StagingId,
        Status = LifecycleRuleStatus.Enabled,
        Filter = For(lifecycle.StagingPrefix),
        Expiration = new LifecycleRuleExpiration { Days = lifecycle.Days },
        NoncurrentVersionExpiration = new LifecycleRuleNoncurrentVersionExpiration { NoncurrentDays = 1 },
    };

    private static LifecycleRule Multipart(StagingLifecycle lifecycle) => new()
    {
        Id = StagingLifecycle.MultipartId,
        Status = LifecycleRuleStatus.Enabled,
        Filter = For(string.Empty),
        AbortIncompleteMultipartUpload = new LifecycleRuleAbortIncompleteMultipartUpload { DaysAfterInitiation = lifecycle.Days },
    };

    private static LifecycleRule Versions(StagingLifecycle lifecycle, string prefix, int number) => new()
    {
        Id = $"{StagingLifecycle.VersionsIds}{number}",
        Status = LifecycleRuleStatus.Enabled,
        Filter = For(prefix),
        Expiration = new LifecycleRuleExpiration { ExpiredObjectDeleteMarker = true },
        NoncurrentVersionExpiration = new LifecycleRuleNoncurrentVersionExpiration { NoncurrentDays = lifecycle.Days },
    };

    private static LifecycleFilter For(string prefix) => new() { LifecycleFilterPredicate = new LifecyclePrefixPredicate { Prefix = prefix } };
}
