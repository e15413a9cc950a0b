using DirectUpload.Primitives;

namespace DirectUpload;

/// <summary>Configures DirectUpload: buckets, profiles, time limits and retention.</summary>
/// <remarks>
/// Set the options in code (<c>AddDirectUploads(options => …)</c>) or in the configuration section <c>DirectUploads</c>. Values from code
/// override values from configuration. The options are validated when the host starts.
/// </remarks>
/// <example>
/// <code>
/// builder.Services.AddDirectUploads(options =&gt;
/// {
///     options.Bucket = "my-bucket";
///     options.AddProfile("invoice", invoice =&gt;
///     {
///         invoice.ContentTypes.Add("application/pdf");
///         invoice.Extensions.Add(".pdf");
///         invoice.MaxSize = 20 * 1024 * 1024;
///         invoice.AddProcessor&lt;PageCount&gt;("page-count");
///     });
/// });
/// </code>
/// </example>
public sealed class DirectUploadOptions
{
    /// <summary>Gets or sets the default bucket, for profiles without a bucket of their own.</summary>
    /// <value>
    /// A bucket name at S3, the ARN or alias of an access point, or <c>tenant:bucket</c> at Ceph. The default is null: each profile must
    /// name its own bucket.
    /// </value>
    public string? Bucket { get; set; }

    /// <summary>
    /// Gets or sets the endpoint that clients use for the default bucket, if it differs from the endpoint of the application.
    /// </summary>
    /// <value>
    /// Scheme (http or https), host and port only. URLs for clients are signed for this endpoint. The default is null: the endpoint of the
    /// application.
    /// </value>
    public Uri? PublicEndpoint { get; set; }

    /// <summary>Gets the additional buckets, by alias.</summary>
    /// <value>Aliases that <see cref="UploadProfile.Bucket"/> refers to, and their buckets. The default is empty.</value>
    public IDictionary<string, BucketOptions> Buckets { get; init; } = new Dictionary<string, BucketOptions>();

    /// <summary>Gets the profiles, by name.</summary>
    /// <value>Names of 1 to 64 characters of <c>a-z 0-9 - _</c>, and their profiles. The default is empty.</value>
    public IDictionary<string, UploadProfile> Profiles { get; init; } = new Dictionary<string, UploadProfile>();

    /// <summary>Gets or sets the key prefix of the staging objects, which clients write.</summary>
    /// <value>
    /// At most 800 characters, ending with a slash. The default is <c>staging/</c>. Add a lifecycle rule to the bucket that expires objects
    /// with this prefix.
    /// </value>
    /// <remarks><see cref="BucketLifecycleManager"/> creates and applies this rule.</remarks>
    public string StagingPrefix { get; set; } = "staging/";

    /// <summary>Gets or sets the maximum number of uploads that one owner may request within a minute, across all profiles.</summary>
    /// <value>
    /// 1 to 10,000; null for no limit. The default is 300. Requests are counted in the record store, so the limit covers all instances of
    /// the application. All anonymous callers share one count: for a public site, raise the limit and put a rate limiter in front.
    /// </value>
    [OptionRange(1, 10_000)]
    public int? MaxRequestsPerMinutePerOwner { get; set; } = 300;

    /// <summary>Gets or sets the lifetime of the presigned GET URLs that serve content.</summary>
    /// <value>1 second to 7 days. The default is 5 minutes.</value>
    [OptionRange("00:00:01", "7.00:00:00")]
    public TimeSpan DownloadUrlLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets how long a confirm waits for another call that already processes the same upload.</summary>
    /// <value>0 to 1 minute. The default is 10 seconds. After this time, the confirm returns the status "processing".</value>
    [OptionRange("00:00:00", "00:01:00")]
    public TimeSpan ConcurrentConfirmTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets the duration of the lease on an upload that is being processed.</summary>
    /// <value>
    /// 10 seconds to 1 hour. The default is 1 minute. The host that processes the upload renews the lease; if that host crashes, another
    /// host takes over after this time.
    /// </value>
    [OptionRange("00:00:10", "01:00:00")]
    public TimeSpan ProcessingLease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets how long one call to storage may take.</summary>
    /// <value>
    /// 1 second to 5 minutes. The default is 15 seconds. The limit applies to calls that transfer no bytes, and to each read or write
    /// without progress. A copy inside storage gets one more second for every 8 MiB, up to 15 minutes. A call that takes longer fails: the
    /// response is 503, and the call is retried later.
    /// </value>
    [OptionRange("00:00:01", "00:05:00")]
    public TimeSpan StorageTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets or sets how long one processor may work on one upload.</summary>
    /// <value>
    /// 1 second to 7 days. The default is 1 hour. A processor that takes longer is canceled, and the attempt counts as failed.
    /// </value>
    [OptionRange("00:00:01", "7.00:00:00")]
    public TimeSpan ProcessingTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets the maximum size, in bytes, of a file that is copied to the temporary folder for its processors.</summary>
    /// <value>
    /// 0 to 5,120 GiB. The default is 1 GiB. See <see cref="ProcessorOptions.ReadsWholeFile"/>. The worker holds at most
    /// <see cref="UploadWorkerOptions.Parallelism"/> such files at a time.
    /// </value>
    [OptionRange(0, 5L * 1024 * 1024 * 1024 * 1024)]
    public long MaxTemporaryFileSize { get; set; } = 1024 * 1024 * 1024;

    /// <summary>Gets or sets how long a confirm may work on its upload before it returns.</summary>
    /// <value>
    /// 1 second to 1 hour. The default is 25 seconds. After this time, the confirm returns the status "processing", or 503 if storage has
    /// not shown the object yet; the work continues in the background.
    /// </value>
    [OptionRange("00:00:01", "01:00:00")]
    public TimeSpan ConfirmTimeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>Gets or sets a value that indicates whether the host checks every bucket once, in the background, when it starts.</summary>
    /// <value>
    /// The default is null: only in the Development environment. Each problem is logged with its resolution. The check neither delays nor
    /// prevents the start.
    /// </value>
    public bool? CheckStorageOnStart { get; set; }

    /// <summary>Gets or sets the origins of the pages that upload, such as <c>https://app.example.com</c>.</summary>
    /// <value>
    /// The health check verifies that the CORS rules of the buckets allow these origins. The default is null: it only reports buckets
    /// without any CORS rule. An empty list means that no browser uploads: it does not check CORS.
    /// </value>
    public IList<string>? BrowserOrigins { get; set; }

    /// <summary>Gets or sets the maximum number of processing attempts before an upload fails.</summary>
    /// <value>
    /// 1 to 1,000. The default is 10: including the delays between them, ten attempts take about 15 minutes. Attempts that are interrupted
    /// because storage or the record store is unavailable do not count.
    /// </value>
    [OptionRange(1, 1000)]
    public int MaxAttempts { get; set; } = 10;

    /// <summary>Gets or sets how long the objects of a failed upload are kept for a retry.</summary>
    /// <value>0 to 365 days. The default is 7 days.</value>
    [OptionRange("00:00:00", "365.00:00:00")]
    public TimeSpan FailedRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// Gets or sets how long the records of rejected, aborted, expired and deleted uploads are kept after their objects are deleted.
    /// </summary>
    /// <value>
    /// 0 to 3,650 days. The default is 30 days. Records of ready uploads are kept. If event handlers are registered, records are kept for
    /// at least the 3 days in which a failing handler is retried. Records of aborted and expired uploads that never had a verified object
    /// are removed one hour after their grant expired, regardless of this option.
    /// </value>
    [OptionRange("00:00:00", "3650.00:00:00")]
    public TimeSpan RecordRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Gets the errors of <see cref="AddProfile"/> and <see cref="ConfigureProfile"/>, for the validator.</summary>
    internal List<string> ProfileErrors { get; } = [];

    /// <summary>Adds a profile.</summary>
    /// <remarks>
    /// The host does not start if code or configuration has already added a profile with this name. To change that profile, call
    /// <see cref="ConfigureProfile"/>.
    /// </remarks>
    /// <param name="name">The name: 1 to 64 characters of <c>a-z 0-9 - _</c>.</param>
    /// <param name="configure">Sets the rules of the profile.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    public DirectUploadOptions AddProfile(string name, Action<UploadProfile> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        var profile = new UploadProfile();
        if (!Profiles.TryAdd(name, profile))
        {
            ProfileErrors.Add(
                $"The profile \"{name}\" is added twice, by code or by configuration; "
                + $"change it with ConfigureProfile(\"{name}\", …), or choose another name.");
        }

        configure(profile);
        return this;
    }

    /// <summary>Changes a profile that configuration or code has added before.</summary>
    /// <remarks>The host does not start if no profile has this name.</remarks>
    /// <param name="name">The name of the profile.</param>
    /// <param name="configure">Changes the rules of the profile.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    public DirectUploadOptions ConfigureProfile(string name, Action<UploadProfile> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        if (Profiles.TryGetValue(name, out var profile))
            configure(profile);
        else
            ProfileErrors.Add(DescribeUnknownProfile(name));
        return this;
    }

    private string DescribeUnknownProfile(string name) =>
        $"ConfigureProfile(\"{name}\", …) finds no profile with that name; "
        + (EditDistance.FindNearest(name, Profiles.Keys) is { } nearest ? $"did you mean \"{nearest}\"? Otherwise add it" : "add it")
        + $" with AddProfile(\"{name}\", …), or in the section DirectUploads:Profiles.";

    /// <summary>Returns the names of the buckets that profiles use.</summary>
    internal IEnumerable<string> GetUsedBuckets() => Profiles.Values.Select(GetBucketName).Distinct();

    /// <summary>Returns each bucket with each distinct combination of settings that its staging objects are written with.</summary>
    internal IEnumerable<(string Bucket, ObjectSettings Settings)> GetStagingSettings() =>
        Profiles.Values.Select(profile => (Bucket: GetBucketName(profile), Settings: profile.GetStagingSettings()))
            .DistinctBy(write => (write.Bucket, write.Settings.Acl, write.Settings.ServerSideEncryption, write.Settings.KmsKeyId,
                Tags: string.Join(
                    '&', write.Settings.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"))));

    internal string GetBucketName(UploadProfile profile) => profile.Bucket is { } alias ? Buckets[alias].Name : Bucket!;

    /// <summary>Returns whether clients use another endpoint for a bucket than the application does.</summary>
    internal bool HasPublicEndpoint(string bucket) =>
        (Buckets.Values.FirstOrDefault(additional => additional.Name == bucket) is { } named ? named.PublicEndpoint : PublicEndpoint)
            is not null;
}
