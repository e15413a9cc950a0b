using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.AspNetCore.Tests.Permissions;

/// <summary>
/// README's IAM policy is enough for all that the library does, and has nothing that could be left out. It is read from README, so they
/// cannot drift apart.
/// </summary>
public abstract class ReadmePolicyTests(S3ServerFixture server)
{
    public static TheoryData<string> Actions => [.. IamPolicy.Readme.Actions];

    protected S3ServerFixture Server => server;

    /// <summary>Actions that the server does not ask for, although AWS does.</summary>
    protected virtual IReadOnlyList<string> NotEnforced => [];

    [Fact]
    public async Task WholePolicy_AllowsTheWholeFlow() =>
        (await FindFailureAsync(IamPolicy.Readme, versioned: true, withOptions: true)).Should().BeNull();

    [Fact]
    public async Task BasePolicy_AllowsAllWithoutVersionsTagsAndAcl() =>
        (await FindFailureAsync(IamPolicy.ReadmeBase, versioned: false, withOptions: false)).Should().BeNull();

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task PolicyWithoutOneAction_BreaksAStep(string action)
    {
        var failure = await FindFailureAsync(IamPolicy.Readme.Without(action), versioned: true, withOptions: true);

        (failure is null).Should().Be(NotEnforced.Contains(action), "{0} is needed where the server enforces it: {1}", action, failure);
    }

    /// <summary>What the application and browsers send with, when a policy holds.</summary>
    private protected abstract Task<(AmazonS3Client S3, HttpClient Http)> ConnectAsync(IamPolicy policy, string bucket);

    private async Task<string?> FindFailureAsync(IamPolicy policy, bool versioned, bool withOptions)
    {
        var bucket = await server.CreateBucketAsync();
        if (versioned)
        {
            await server.S3.PutBucketVersioningAsync(
                new PutBucketVersioningRequest
                {
                    BucketName = bucket,
                    VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled },
                }, TestContext.Current.CancellationToken);
        }

        var (s3, http) = await ConnectAsync(policy, bucket);
        using (s3)
            return await new PolicyFlow(server, s3, http, bucket, withOptions).FindFailureAsync();
    }
}

/// <summary>LocalS3 knows no policies: a handler before it refuses as AWS documents.</summary>
public sealed class LocalS3ReadmePolicyTests(LocalS3Fixture server) : ReadmePolicyTests(server), IClassFixture<LocalS3Fixture>
{
    private protected override Task<(AmazonS3Client S3, HttpClient Http)> ConnectAsync(IamPolicy policy, string bucket)
    {
        var handler = new IamPolicyHandler(policy);
        return Task.FromResult((Server.Access.CreateClient(http: new HandlerClientFactory(handler)), new HttpClient(handler)));
    }
}

/// <summary>
/// Ceph RGW has a policy engine; the application runs in a session of a role that has this policy. For an ACL or tags in a write it asks
/// for s3:PutObject alone.
/// </summary>
public sealed class RgwReadmePolicyTests(RgwFixture server) : ReadmePolicyTests(server), IClassFixture<RgwFixture>
{
    protected override IReadOnlyList<string> NotEnforced { get; } = ["s3:PutObjectAcl", "s3:PutObjectTagging"];

    private protected override async Task<(AmazonS3Client S3, HttpClient Http)> ConnectAsync(IamPolicy policy, string bucket) =>
        ((await server.IssueSessionAsync(policy.ToJson(bucket))).CreateClient(), Server.Http);
}
