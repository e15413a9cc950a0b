using Amazon.Runtime;
using Amazon.S3;
using DirectUpload.Presigning;
using Microsoft.Extensions.Logging.Abstractions;

namespace DirectUpload.Tests.Presigning;

public sealed class BucketConnectionCredentialTests
{
    [Fact]
    public async Task Presign_ClientCredentials_AreUsed() =>
        (await new TestIssuer { ClientCredentials = new BasicAWSCredentials("CLIENT", "secret") }.PutAsync()).Credential
            .Should().StartWith("CLIENT/");

    [Fact]
    public async Task Presign_RegisteredCredentials_WinOverTheClients() =>
        (await new TestIssuer { RegisteredCredentials = new BasicAWSCredentials("REGISTERED", "secret") }.PutAsync()).Credential
            .Should().StartWith("REGISTERED/");

    [Fact]
    public async Task Create_ClientConfigCredentials_AreUsed()
    {
        using var client = new AmazonS3Client(new AmazonS3Config
        {
            RegionEndpoint = Amazon.RegionEndpoint.EUWest1,
            DefaultAWSCredentials = new BasicAWSCredentials("CONFIGURED", "secret"),
        });

        (await GetCredentialsAsync(client)).AccessKey.Should().Be("CONFIGURED");
    }

    [Fact]
    public async Task Create_NoCredentials_UsesSdkDefaultChain()
    {
        // Every other test's client has its own, so nobody else looks here.
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "ENVIRONMENT");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "secret");
        try
        {
            using var client = new AmazonS3Client(new AmazonS3Config { RegionEndpoint = Amazon.RegionEndpoint.EUWest1 });

            (await GetCredentialsAsync(client)).AccessKey.Should().Be("ENVIRONMENT");
        }
        finally
        {
            Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", null);
            Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", null);
        }
    }

    private static async Task<SigningCredentials> GetCredentialsAsync(IAmazonS3 client) =>
        (await new BucketConnection("examplebucket", client, publicEndpoint: null, registered: null, NullLogger.Instance)
            .SigningContexts.CreateAsync(TimeSpan.FromMinutes(15), TestIssuer.Start, default)).Credentials;

    [Fact]
    public async Task Presign_OtherSecret_ChangesTheSignature()
    {
        var one = await new TestIssuer { ClientCredentials = new BasicAWSCredentials("AK", "one") }.PutAsync();
        var other = await new TestIssuer { ClientCredentials = new BasicAWSCredentials("AK", "other") }.PutAsync();

        one.Signature.Should().NotBe(other.Signature);
    }

    [Fact]
    public async Task Presign_SessionToken_IsSignedInTheQuery()
    {
        var with = await new TestIssuer { ClientCredentials = new SessionAWSCredentials("AK", "SK", "TOKEN/with+chars==") }.PutAsync();
        var without = await new TestIssuer { ClientCredentials = new BasicAWSCredentials("AK", "SK") }.PutAsync();

        with.Query["X-Amz-Security-Token"].Should().Be("TOKEN/with+chars==");
        without.Query.Should().NotContainKey("X-Amz-Security-Token");
        with.Signature.Should().NotBe(without.Signature);
    }

    [Fact]
    public async Task Presign_RotatedCredentials_AreUsedWithinASecond()
    {
        var rotating = new RotatingCredentials { ExpiresAt = TestIssuer.Start.AddYears(50) };
        var test = new TestIssuer { ClientCredentials = rotating };
        var issuer = test.Build();

        var before = SignedUrl.Parse((await issuer.PresignAsync(new PutUrlRequest { Key = "a" })).Url);
        rotating.Rotate("SECOND");
        test.Clock.Advance(TimeSpan.FromSeconds(1));
        var after = SignedUrl.Parse((await issuer.PresignAsync(new PutUrlRequest { Key = "a" })).Url);

        before.Credential.Should().StartWith("FIRST/");
        after.Credential.Should().StartWith("SECOND/");
    }

    [Fact]
    public void ToString_ContainsNoSecret() =>
        new SigningCredentials("AKID", "the-secret", "the-session", null).ToString().Should().Contain("AKID").And.NotContain("the-");

    [Fact]
    public async Task Presign_ExplicitClientCredentials_AreReadFromSdk()
    {
        // The accessor that reads a client's own credentials is private to the SDK: should it change, this is the test that says so.
        using var client = new AmazonS3Client(
            new BasicAWSCredentials("EXPLICIT", "secret"), new AmazonS3Config { RegionEndpoint = Amazon.RegionEndpoint.EUWest1 });
        var put = await new TestIssuer().BuildFor(client).PresignAsync(new PutUrlRequest { Key = "a" });

        SignedUrl.Parse(put.Url).Credential.Should().Be("EXPLICIT/20260301/eu-west-1/s3/aws4_request");
    }
}
