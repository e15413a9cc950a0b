using DirectUpload.Profiles;
using DirectUpload.Storage;

namespace DirectUpload;

/// <summary>
/// Makes the lifecycle rules that belong on the buckets from the profiles: they expire what stays below the staging prefix, abort unfinished multipart uploads, and delete earlier versions of finished
/// content, on the bucket's side, with a week to spare. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Earlier versions are deleted below the constant beginning of each profile's <see cref="UploadProfile.KeyTemplate"/>, where that ends in a slash (<c>avatar/</c> of <c>{profile}/{id}{ext}</c>); a template that begins
/// otherwise gets no such rule. Keep objects of other origin, whose earlier versions you need, out of these prefixes.
/// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html
/// </remarks>
public sealed class UploadLifecycle
{
    // An application that was out for days must find its uploads again.
    private const int DaysToSpare = 7;

    private readonly DirectUploadOptions _options;
    private readonly UploadBuckets _buckets;

    internal UploadLifecycle(DirectUploadOptions options, UploadBuckets buckets)
    {
        _options = options;
        _buckets = buckets;
    }

    /// <summary>Gets the rules of the default bucket: see <see cref="RulesFor"/>.</summary>
    public StagingLifecycle Rules => RulesFor(_options.Bucket);

    /// <summary>
    /// Makes the rules of one bucket: what is staged stays for as long as the longest grant and the time in which a failed upload can be retried, and a week. Their
    /// <see cref="StagingLifecycle.ToJson"/> goes into a template, or to the command line.
    /// </summary>
    /// <param name="bucket">The bucket's name at S3; null for the rules that every bucket has.</param>
    /// <returns>The rules.</returns>
    public StagingLifecycle RulesFor(string? bucket) => new(
        _options.StagingPrefix,
        (int)Math.Ceiling(_options.Profiles.Values.Select(LongestStay).DefaultIfEmpty(_options.FailedRetention).Max().TotalDays) + DaysToSpare)
    {
        FinalPrefixes = bucket is null ? [] : [.. FinalPrefixesOf(bucket)],
    };

    private TimeSpan LongestStay(UploadProfile profile) =>
        profile.Lifetime + _options.FailedRetention > profile.MaxLifetime ? profile.Lifetime + _options.FailedRetention : profile.MaxLifetime;

    /// <summary>
    /// Puts the rules on every bucket that a profile uses; rules of others, whose ids don't begin with <c>directupload-</c>, stay. Needs
    /// <c>s3:GetLifecycleConfiguration</c> and <c>s3:PutLifecycleConfiguration</c>. Run it when you deploy, not from several places at once: S3 can't change one rule of many.
    /// </summary>
    public async Task ApplyAsync(CancellationToken cancellationToken = default)
    {
        foreach (var bucket in _options.UsedBuckets())
            await _buckets.Get(bucket).SetLifecycleAsync(RulesFor(bucket), cancellationToken).ConfigureAwait(false);
    }

    private IEnumerable<string> FinalPrefixesOf(string bucket)
    {
        var prefixes = _options.Profiles.Values.Where(profile => _options.BucketOf(profile) == bucket)
            .Select(profile => KeyTemplate.ConstantBeginning(profile.KeyTemplate, profile.Name))
            .Where(prefix => prefix.EndsWith('/')).Distinct().ToList();
        return prefixes.Where(prefix => !prefixes.Any(other => other != prefix && prefix.StartsWith(other, StringComparison.Ordinal)));
    }
}
