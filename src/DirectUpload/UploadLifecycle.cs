using DirectUpload.Storage;

namespace DirectUpload;

/// <summary>
/// The lifecycle rules that belong on the buckets, made from the profiles: they expire what stays below the staging prefix and abort multipart uploads that nobody finished, on the
/// bucket's side, with a week to spare. Safe for concurrent use.
/// </summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html</remarks>
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

    /// <summary>
    /// The rules: what is staged stays for as long as the longest grant and the time in which a failed upload can be retried, and a week. Its
    /// <see cref="StagingLifecycle.ToJson"/> goes into a template, or to the command line.
    /// </summary>
    public StagingLifecycle Rules => new(
        _options.StagingPrefix,
        (int)Math.Ceiling(_options.Profiles.Values.Select(LongestStay).DefaultIfEmpty(_options.FailedRetention).Max().TotalDays) + DaysToSpare);

    private TimeSpan LongestStay(Profiles.UploadProfile profile) =>
        profile.Lifetime + _options.FailedRetention > profile.MaxLifetime ? profile.Lifetime + _options.FailedRetention : profile.MaxLifetime;

    /// <summary>
    /// Puts the rules on every bucket that a profile uses; rules of others, whose ids don't begin with <c>directupload-</c>, stay. Needs
    /// <c>s3:GetLifecycleConfiguration</c> and <c>s3:PutLifecycleConfiguration</c>. Run it when you deploy, not from several places at once: S3 can't change one rule of many.
    /// </summary>
    public async Task ApplyAsync(CancellationToken cancellationToken = default)
    {
        foreach (var bucket in _options.UsedBuckets())
            await _buckets.Get(bucket).SetLifecycleAsync(Rules, cancellationToken).ConfigureAwait(false);
    }
}
