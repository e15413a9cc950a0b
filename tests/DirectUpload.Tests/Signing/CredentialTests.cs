using Amazon.Runtime;
using Amazon.S3;
using DirectUpload.Signing;
using Microsoft.Extensions.Logging.Abstractions;

namespace DirectUpload.Tests.Signing;

public sealed class CredentialTests
{
    [Fact]
    public async Task The_clients_own_credentials_sign() =>
        (await new TestIssuer { ClientCredentials = new BasicAWSCredentials("CLIENT", "secret") }.PutAsync()).Credential.Should().StartWith("CLIENT/");

    [Fact]
    public async Task Registered_credentials_win_over_the_clients_own() =>
        (await new TestIssuer { Registered = new BasicAWSCredentials("REGISTERED", "secret") }.PutAsync()).Credential.Should().StartWith("REGISTERED/");

    [Fact]
    public async Task A_client_without_its_own_signs_with_those_of_its_configuration()
    {
        using var client = new AmazonS3Client(new AmazonS3Config
        {
            RegionEndpoint = Amazon.RegionEndpoint.EUWest1,
            DefaultAWSCredentials = new BasicAWSCredentials("CONFIGURED", "secret"),
        });

        (await CredentialsOfAsync(client)).AccessKey.Should().Be("CONFIGURED");
    }

    [Fact]
    public async Task A_client_with_none_at_all_signs_with_those_of_the_SDKs_default_chain()
    {
        // Every other test's client has its own, so nobody else looks here.
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "ENVIRONMENT");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "secret");
        try
        {
            using var client = new AmazonS3Client(new AmazonS3Config { RegionEndpoint = Amazon.RegionEndpoint.EUWest1 });

            (await CredentialsOfAsync(client)).AccessKey.Should().Be("ENVIRONMENT");
        }
        finally
        {
            Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", null);
            Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", null);
        }
    }

    private static async Task<SigningCredentials> CredentialsOfAsync(IAmazonS3 client) =>
        (await new BucketConnection("examplebucket", client, publicEndpoint: null, registered: null, NullLogger.Instance)
            .Occasions.AskAsync(TimeSpan.FromMinutes(15), TestIssuer.Start, default)).Credentials;

    [Fact]
    public async Task The_secret_makes_the_signature()
    {
        var one = await new TestIssuer { ClientCredentials = new BasicAWSCredentials("AK", "one") }.PutAsync();
        var other = await new TestIssuer { ClientCredentials = new BasicAWSCredentials("AK", "other") }.PutAsync();

        one.Signature.Should().NotBe(other.Signature);
    }

    [Fact]
    public async Task A_session_token_goes_into_the_query_and_under_the_signature()
    {
        var with = await new TestIssuer { ClientCredentials = new SessionAWSCredentials("AK", "SK", "TOKEN/with+chars==") }.PutAsync();
        var without = await new TestIssuer { ClientCredentials = new BasicAWSCredentials("AK", "SK") }.PutAsync();

        with.Query["X-Amz-Security-Token"].Should().Be("TOKEN/with+chars==");
        without.Query.Should().NotContainKey("X-Amz-Security-Token");
        with.Signature.Should().NotBe(without.Signature);
    }

    [Fact]
    public async Task Rotated_credentials_sign_within_a_second()
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
    public void Credentials_print_no_secret() =>
        new SigningCredentials("AKID", "the-secret", "the-session", null).ToString().Should().Contain("AKID").And.NotContain("the-");

    [Fact]
    public async Task The_same_client_signs_the_same_as_the_SDK_itself()
    {
        // The accessor that reads a client's own credentials is private to the SDK: should it change, this is the test that says so.
        using var client = new AmazonS3Client(new BasicAWSCredentials("EXPLICIT", "secret"), new AmazonS3Config { RegionEndpoint = Amazon.RegionEndpoint.EUWest1 });
        var put = await new TestIssuer().Over(client).PresignAsync(new PutUrlRequest { Key = "a" });

        SignedUrl.Parse(put.Url).Credential.Should().Be("EXPLICIT/20260301/eu-west-1/s3/aws4_request");
    }
}
