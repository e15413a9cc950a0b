using DirectUpload.Profiles;
using DirectUpload.Storage;

namespace DirectUpload;

/// <summary>Creates the S3 lifecycle rules that the profiles need, and applies them to their buckets.</summary>
/// <remarks>
/// <para>With the rules, storage cleans up what the application did not, seven days later than the application would:</para>
/// <list type="bullet">
/// <item><description>Objects below <see cref="DirectUploadOptions.StagingPrefix"/> expire.</description></item>
/// <item><description>Incomplete multipart uploads are aborted.</description></item>
/// <item><description>Noncurrent versions of final objects are deleted.</description></item>
/// </list>
/// <para>
/// Noncurrent versions are deleted below the constant prefix of each profile's <see cref="UploadProfile.KeyTemplate"/>, if it ends with
/// a slash: <c>avatar/</c> for the profile <c>avatar</c> with <c>{profile}/{id}{ext}</c>. Other templates get no such rule. Keep
/// objects of other applications out of these prefixes if you need their noncurrent versions.
/// </para>
/// <para>Instances are safe for concurrent use.</para>
/// <para>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html</para>
/// </remarks>
public sealed class BucketLifecycleManager
{
    // An application that was down for days must still find its uploads.
    private const int SafetyMarginDays = 7;

    private readonly DirectUploadOptions _options;
    private readonly UploadBuckets _buckets;

    internal BucketLifecycleManager(DirectUploadOptions options, UploadBuckets buckets)
    {
        _options = options;
        _buckets = buckets;
    }

    /// <summary>Creates the rules of one bucket as JSON.</summary>
    /// <param name="bucket">The name of the bucket; null for the rules that all buckets share.</param>
    /// <returns>
    /// The JSON for a template, or for <c>--lifecycle-configuration</c> of <c>aws s3api put-bucket-lifecycle-configuration</c>.
    /// </returns>
    public string CreateRulesJson(string? bucket = null) => CreateRules(bucket).ToJson();

    // The application may need a staging object for the longest lifetime of an upload URL plus the time in which a failed upload can
    // be retried.
    internal BucketLifecycleRules CreateRules(string? bucket) => new(
        _options.StagingPrefix,
        (int)Math.Ceiling(_options.Profiles.Values.Select(GetMaxStagingAge).DefaultIfEmpty(_options.FailedRetention).Max().TotalDays)
            + SafetyMarginDays)
    {
        FinalPrefixes = bucket is null ? [] : [.. GetFinalPrefixes(bucket)],
    };

    private TimeSpan GetMaxStagingAge(UploadProfile profile)
    {
        var retryAge = profile.UploadUrlLifetime + _options.FailedRetention;
        return retryAge > profile.MaxUploadDuration ? retryAge : profile.MaxUploadDuration;
    }

    /// <summary>Applies the rules to every bucket that a profile uses.</summary>
    /// <remarks>
    /// <para>Rules whose ids do not start with <c>directupload-</c> are kept.</para>
    /// <para>
    /// Call this method when you deploy, and from one place at a time: S3 replaces the whole configuration and cannot change a single
    /// rule. It needs the permissions <c>s3:GetLifecycleConfiguration</c> and <c>s3:PutLifecycleConfiguration</c>.
    /// </para>
    /// </remarks>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>A task that completes when all buckets have their rules.</returns>
    /// <exception cref="StorageRefusedException">A bucket does not exist, or a permission is missing.</exception>
    /// <exception cref="StorageUnavailableException">Storage cannot be reached.</exception>
    public async Task ApplyAsync(CancellationToken cancellationToken = default)
    {
        foreach (var bucket in _options.GetUsedBuckets())
            await _buckets.Get(bucket).SetLifecycleAsync(CreateRules(bucket), cancellationToken).ConfigureAwait(false);
    }

    private IEnumerable<string> GetFinalPrefixes(string bucket)
    {
        var prefixes = _options.Profiles.Values.Where(profile => _options.GetBucketName(profile) == bucket)
            .Select(profile => KeyTemplate.GetConstantPrefix(profile.KeyTemplate, profile.Name))
            .Where(prefix => prefix.EndsWith('/')).Distinct().ToList();
        return prefixes.Where(prefix => !prefixes.Any(other => other != prefix && prefix.StartsWith(other, StringComparison.Ordinal)));
    }
}
