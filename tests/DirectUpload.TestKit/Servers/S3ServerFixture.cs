using System.Collections.Concurrent;
using Amazon.S3;
using Amazon.S3.Model;
using Xunit;

namespace DirectUpload.TestKit;

/// <summary>
/// An S3 server and a fresh bucket on it for one test class, with CORS open to every origin. Where the server is absent the test
/// that first asks for anything of it is skipped (see <see cref="Engine"/>).
/// </summary>
public abstract class S3ServerFixture : IAsyncLifetime
{
    private readonly ConcurrentBag<string> buckets = [];
    private Connection? connection;

    public S3Access Access => Connected.Access;
    public string Endpoint => Access.Endpoint;
    public string AccessKey => Access.AccessKey;
    public string SecretKey => Access.SecretKey;
    public string Region => Access.Region;
    public string Bucket => Connected.Bucket;
    public AmazonS3Client S3 => Connected.S3;

    /// <summary>Follows no redirect, uses no proxy, sends nothing by itself.</summary>
    public HttpClient Http => Connected.Http;

    public TestSigner Signer => new(Access);

    /// <summary>What cases must do without here; <see cref="MissingFeatures.LacksAsync"/> holds the server to it.</summary>
    public virtual S3Features Lacks => S3Features.None;

    /// <summary>The status of a request that nothing authenticates.</summary>
    public virtual int UnsignedStatus => 403;

    private Connection Connected => connection ?? throw Absent();

    protected bool Started => connection is not null;

    /// <summary>Null when the server is absent.</summary>
    protected abstract Task<S3Access?> StartAsync();

    /// <summary>Ends the test, as skipped or as failed.</summary>
    protected abstract Exception Absent();

    /// <summary>The ARN of a topic whose events an address hears.</summary>
    protected abstract Task<string> CreateTopicForAsync(string bucket, Uri endpoint);

    protected virtual ValueTask StopAsync() => ValueTask.CompletedTask;

    /// <summary>The buckets that this fixture's tests made, or may have made.</summary>
    protected IEnumerable<string> Buckets => buckets;

    /// <summary>Where a suite is to be proven, a faulty one takes this place.</summary>
    protected virtual HttpMessageHandler CreateHandler() =>
        new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectCallback = Loopback.ConnectAsync };

    /// <summary>What a bucket's name is put before, with a dot, to make its host and port.</summary>
    public abstract string VirtualHostSuffix { get; }

    /// <summary>The ARN of a topic whose events <see cref="EventReceiver.SharedAsync"/> hears.</summary>
    public abstract Task<string> CreateTopicAsync();

    /// <summary>From now on the server tells an address of every object that is created in a bucket.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="endpoint">Its user and password are sent as Basic authentication.</param>
    /// <param name="prefix">What the keys begin with; all of them by default.</param>
    public async Task TellAsync(string bucket, Uri endpoint, string prefix = "") => await S3.PutBucketNotificationAsync(new PutBucketNotificationRequest
    {
        BucketName = bucket,
        TopicConfigurations =
        [
            new TopicConfiguration
            {
                Id = "created", Topic = await CreateTopicForAsync(bucket, endpoint), Events = [EventType.ObjectCreatedAll],
                Filter = new Filter { S3KeyFilter = new S3KeyFilter { FilterRules = [new FilterRule("prefix", prefix)] } },
            },
        ],
    });

    /// <summary>Temporary credentials of an hour.</summary>
    public abstract Task<S3Session> IssueSessionAsync();

    public async ValueTask InitializeAsync()
    {
        if (await StartAsync() is not { } access) return;
        var s3 = access.CreateClient();
        connection = new Connection(access, await CreateBucketAsync(s3), s3, new HttpClient(CreateHandler()));
    }

    /// <summary>For a bucket that a test makes itself; it is removed with the fixture where the server outlives it.</summary>
    public string NewBucketName()
    {
        var name = $"test-{Guid.NewGuid():N}";
        buckets.Add(name);
        return name;
    }

    /// <summary>Another fresh bucket, with the given CORS rules or none.</summary>
    public Task<string> CreateBucketAsync(params CORSRule[] rules) => CreateBucketAsync(S3, rules);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        connection?.Http.Dispose();
        connection?.S3.Dispose();
        GC.SuppressFinalize(this);
    }

    private Task<string> CreateBucketAsync(AmazonS3Client s3) => CreateBucketAsync(s3, new CORSRule
    {
        AllowedOrigins = ["*"],
        AllowedMethods = ["GET", "HEAD", "PUT", "POST", "DELETE"],
        AllowedHeaders = ["*"],
        ExposeHeaders = ["ETag", "Location", "x-amz-checksum-sha256", "x-amz-version-id"],
        MaxAgeSeconds = 600,
    });

    private async Task<string> CreateBucketAsync(AmazonS3Client s3, params CORSRule[] rules)
    {
        var bucket = NewBucketName();
        await s3.PutBucketAsync(bucket);
        if (rules.Length > 0 && !Lacks.HasFlag(S3Features.CorsRules))
            await s3.PutCORSConfigurationAsync(bucket, new CORSConfiguration { Rules = [.. rules] });
        return bucket;
    }

    private sealed record Connection(S3Access Access, string Bucket, AmazonS3Client S3, HttpClient Http);
}
