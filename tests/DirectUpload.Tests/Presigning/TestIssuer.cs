using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using DirectUpload.Presigning;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Tests.Presigning;

/// <summary>An issuer over a real SDK client (which is never asked to send anything), with a clock of its own.</summary>
internal sealed class TestIssuer
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 30, 45, TimeSpan.Zero);

    public FakeTimeProvider Clock { get; init; } = new(Start);

    public AWSCredentials ClientCredentials { get; init; } = new BasicAWSCredentials(AwsExample.AccessKey, AwsExample.SecretKey);

    public AWSCredentials? RegisteredCredentials { get; init; }

    public AmazonS3Config Config { get; init; } = new() { RegionEndpoint = RegionEndpoint.EUWest1 };

    public Uri? PublicEndpoint { get; init; }

    public string? Bucket { get; init; } = "examplebucket";

    public PresignedUploadIssuer Build() => BuildFor(new AmazonS3Client(ClientCredentials, Config));

    public PresignedUploadIssuer BuildFor(IAmazonS3 client) =>
        new(new BucketConnections(
            Bucket, name => new BucketConnection(name, client, PublicEndpoint, RegisteredCredentials, NullLogger.Instance)), Clock);

    public static PresignedUploadIssuer CreateDefault() => new TestIssuer().Build();

    public async Task<SignedUrl> PutAsync(PutUrlRequest? request = null) =>
        SignedUrl.Parse((await Build().PresignAsync(request ?? new PutUrlRequest { Key = "a.txt" })).Url);

    public async Task<ParsedPostForm> PostAsync(PostPolicyRequest? request = null) =>
        ParsedPostForm.Parse(await Build().PresignPostAsync(request ?? new PostPolicyRequest { Key = "a.txt", MaxLength = 10 }));
}
