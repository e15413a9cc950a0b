using System.Collections.Concurrent;
using Amazon.S3;
using Amazon.S3.Model;
using Xunit;

namespace DirectUpload.TestKit;

/// <summary>Provides an S3 server with a new bucket for one test class; CORS allows every origin.</summary>
/// <remarks>If the server is not available, the first test that uses it is skipped (see <see cref="Engine"/>).</remarks>
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

    /// <summary>An HTTP client that follows no redirects, uses no proxy and adds no headers.</summary>
    public HttpClient Http => Connected.Http;

    public TestSigner Signer => new(Access);

    /// <summary>The features that the server lacks; <see cref="MissingFeatures.LacksAsync"/> verifies the declaration.</summary>
    public virtual S3Features Lacks => S3Features.None;

    /// <summary>The status of a request without authentication.</summary>
    public virtual int UnauthenticatedStatus => 403;

    private Connection Connected => connection ?? throw CreateUnavailableException();

    protected bool IsStarted => connection is not null;

    /// <summary>Null if the server is not available.</summary>
    protected abstract Task<S3Access?> StartAsync();

    /// <summary>Creates the exception that skips or fails the test.</summary>
    protected abstract Exception CreateUnavailableException();

    /// <summary>Returns the ARN of a topic whose events are sent to an address.</summary>
    protected abstract Task<string> CreateTopicForAsync(string bucket, Uri endpoint);

    protected virtual ValueTask StopAsync() => ValueTask.CompletedTask;

    /// <summary>The buckets that the tests of this fixture may have created.</summary>
    protected IEnumerable<string> Buckets => buckets;

    /// <summary>Tests of the suite itself replace this server with a faulty one.</summary>
    protected virtual HttpMessageHandler CreateHandler() =>
        new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectCallback = Loopback.ConnectAsync };

    /// <summary>The host and port that follow a bucket's name and a dot in a virtual-hosted request.</summary>
    public abstract string VirtualHostSuffix { get; }

    /// <summary>Returns the ARN of a topic whose events are sent to <see cref="EventReceiver.GetSharedAsync"/>.</summary>
    public abstract Task<string> CreateTopicAsync();

    /// <summary>Makes the server notify an address of every object that is created in a bucket.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="endpoint">The address; its user and password are sent as Basic authentication.</param>
    /// <param name="prefix">The prefix of the keys; empty, the default, includes all keys.</param>
    public async Task EnableNotificationsAsync(string bucket, Uri endpoint, string prefix = "") =>
        await S3.PutBucketNotificationAsync(new PutBucketNotificationRequest
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

    /// <summary>Creates temporary credentials that are valid for one hour.</summary>
    public abstract Task<S3Session> IssueSessionAsync();

    public async ValueTask InitializeAsync()
    {
        if (await StartAsync() is not { } access) return;
        var s3 = access.CreateClient();
        connection = new Connection(access, await CreateBucketAsync(s3), s3, new HttpClient(CreateHandler()));
    }

    /// <summary>Returns a name for a bucket that a test creates itself; a fixture whose server outlives it removes the bucket.</summary>
    public string NewBucketName()
    {
        var name = $"test-{Guid.NewGuid():N}";
        buckets.Add(name);
        return name;
    }

    /// <summary>Creates another bucket with the given CORS rules, or without rules.</summary>
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
