using DirectUpload.Profiles;
using DirectUpload.Signing;
using DirectUpload.Uploads;

namespace DirectUpload;

/// <summary>Set in code (<c>AddDirectUploads(o => …)</c>) or in the configuration's section <c>DirectUploads</c>; code has the last word.</summary>
public sealed class DirectUploadOptions
{
    /// <summary>The bucket of every profile that names no other.</summary>
    /// <value>The bucket's name at S3, an access point's ARN or alias, or <c>tenant:bucket</c> at Ceph. Names that S3 cannot have are refused at start.</value>
    public string? Bucket { get; set; }

    /// <summary>
    /// The endpoint that clients reach the default bucket at, when it differs from the one that the application uses (an internal name, a
    /// container network). URLs are signed for it. Null: the same.
    /// </summary>
    /// <value>Scheme (http or https), host and port only: bucket and key make the path. Default null.</value>
    public Uri? PublicEndpoint { get; set; }

    /// <summary>Further buckets, by the alias that profiles name.</summary>
    public IDictionary<string, BucketOptions> Buckets { get; init; } = new Dictionary<string, BucketOptions>();

    /// <summary>The profiles, by name.</summary>
    public IDictionary<string, UploadProfile> Profiles { get; init; } = new Dictionary<string, UploadProfile>();

    /// <summary>
    /// Where clients' uploads land before they are promoted; give the bucket a lifecycle rule that expires this prefix. Ends in a slash.
    /// Default <c>staging/</c>.
    /// </summary>
    public string StagingPrefix { get; set; } = "staging/";

    /// <summary>Gets or sets how many uploads one owner may request within a minute, over all profiles.</summary>
    /// <value>1 to 10,000; null for no limit. Default 300. Counted from the record store, so it holds over all instances. Anonymous callers share one count: raise it for a public site, with a rate limiter in front.</value>
    public int? MaxRequestsPerMinute { get; set; } = 300;

    /// <summary>How long the presigned GETs that content is served by work: 1 second to 7 days. Default 5 minutes.</summary>
    public TimeSpan ContentLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a confirm waits for another that is already processing the same upload, before it answers "processing": 0 to 1 minute.
    /// Default 10 seconds.
    /// </summary>
    public TimeSpan ConfirmWait { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long whoever processes an upload has it to itself. It is renewed for as long as the work takes; when the process dies, another takes over after this: 10 seconds to
    /// 1 hour. Default 1 minute.
    /// </summary>
    public TimeSpan ProcessingLease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Gets or sets how long one call to storage may take: 1 second to 5 minutes. It covers calls that move no bytes, and each read or write that makes no progress; copies inside storage get one second more for
    /// every 8 MiB, up to 15 minutes. A call that takes longer has failed, is answered with 503 and is tried again later.
    /// </summary>
    /// <value>The default is 15 seconds.</value>
    public TimeSpan StorageTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Gets or sets how long one processor may work on one upload: 1 second to 7 days. A processor that takes longer is canceled and counts as failed, so that its lease ends and another attempt, on any host, begins.
    /// </summary>
    /// <value>The default is 1 hour.</value>
    public TimeSpan ProcessingTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Gets or sets how long a confirm works on its upload before it answers: 1 second to 1 hour. The work continues in the background; the answer is "processing", or 503 when the object has not been seen yet.
    /// </summary>
    /// <value>The default is 25 seconds.</value>
    public TimeSpan ConfirmTimeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// Gets or sets whether every bucket is checked once when the host starts, in the background: what does not work is logged, with its cure. It neither delays nor fails the start.
    /// </summary>
    /// <value>The default is <see langword="null"/>: only in the environment Development.</value>
    public bool? CheckStorageAtStart { get; set; }

    /// <summary>
    /// Gets or sets the origins of the pages that upload, such as <c>https://app.example.com</c>, for the health check: it asks the buckets whether their CORS rules admit them.
    /// </summary>
    /// <value>
    /// The default is <see langword="null"/>: the origins are unknown, and the health check only reports buckets without any CORS rule. An empty list: no browser uploads, and CORS is not checked.
    /// </value>
    public IList<string>? BrowserOrigins { get; set; }

    /// <summary>
    /// How many attempts an upload's processing gets before it has failed: 1 to 1,000. What an outage of storage or store interrupts is not counted. Default 10, which with
    /// the pauses between them takes about a quarter of an hour.
    /// </summary>
    public int MaxAttempts { get; set; } = 10;

    /// <summary>How long the objects of a failed upload are kept, so that it can be retried: up to 365 days. Default 7 days.</summary>
    public TimeSpan FailedRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// How long the records of uploads that were rejected, aborted, expired or deleted are kept after their objects have gone: up to 3,650 days. Default 30 days. Ready ones stay.
    /// Where event handlers are registered, they are kept for at least the 3 days in which a failing handler is called again.
    /// Records of aborted and expired uploads that never had a verified object go an hour after their grant expired, regardless of this option.
    /// </summary>
    public TimeSpan RecordRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Adds a profile, or changes one that is there already.</summary>
    /// <param name="name">1 to 64 of <c>a-z 0-9 - _</c>.</param>
    /// <param name="configure">Sets its rules.</param>
    /// <returns>These options.</returns>
    public DirectUploadOptions AddProfile(string name, Action<UploadProfile> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        if (!Profiles.TryGetValue(name, out var profile))
            Profiles.Add(name, profile = new UploadProfile());
        configure(profile);
        return this;
    }

    /// <summary>The names of the buckets that profiles use.</summary>
    internal IEnumerable<string> UsedBuckets() => Profiles.Values.Select(BucketOf).Distinct();

    /// <summary>The kinds of writes that clients are granted: one for each bucket and each kind of settings that its staging objects have.</summary>
    internal IEnumerable<(string Bucket, ObjectSettings Settings)> StagingWrites() =>
        Profiles.Values.Select(profile => (Bucket: BucketOf(profile), Settings: profile.StagingSettings()))
            .DistinctBy(write => (write.Bucket, write.Settings.Acl, write.Settings.ServerSideEncryption, write.Settings.KmsKeyId,
                Tags: string.Join('&', write.Settings.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"))));

    internal string BucketOf(UploadProfile profile) => profile.Bucket is { } alias ? Buckets[alias].Name : Bucket!;

    /// <summary>Whether clients reach a bucket at another address than the application does.</summary>
    internal bool HasPublicEndpoint(string bucket) => (Buckets.Values.FirstOrDefault(further => further.Name == bucket) is { } named ? named.PublicEndpoint : PublicEndpoint) is not null;
}
