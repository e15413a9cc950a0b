using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using DirectUpload.Signing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Tests.Signing;

/// <summary>An issuer over a real SDK client (which is never asked to send anything), with a clock of its own.</summary>
internal sealed class TestIssuer
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 30, 45, TimeSpan.Zero);

    public FakeTimeProvider Clock { get; init; } = new(Start);

    public AWSCredentials ClientCredentials { get; init; } = new BasicAWSCredentials(Published.AccessKey, Published.SecretKey);

    public AWSCredentials? Registered { get; init; }

    public AmazonS3Config Config { get; init; } = new() { RegionEndpoint = RegionEndpoint.EUWest1 };

    public Uri? PublicEndpoint { get; init; }

    public string? Bucket { get; init; } = "examplebucket";

    public PresignedUploadIssuer Build() => Over(new AmazonS3Client(ClientCredentials, Config));

    public PresignedUploadIssuer Over(IAmazonS3 client) =>
        new(new BucketConnections(Bucket, name => new BucketConnection(name, client, PublicEndpoint, Registered, NullLogger.Instance)), Clock);

    public static PresignedUploadIssuer Simple() => new TestIssuer().Build();

    public async Task<SignedUrl> PutAsync(PutUrlRequest? request = null) =>
        SignedUrl.Parse((await Build().PresignAsync(request ?? new PutUrlRequest { Key = "a.txt" })).Url);

    public async Task<PolicyForm> PostAsync(PostPolicyRequest? request = null) =>
        PolicyForm.Of(await Build().PresignPostAsync(request ?? new PostPolicyRequest { Key = "a.txt", MaxLength = 10 }));
}
