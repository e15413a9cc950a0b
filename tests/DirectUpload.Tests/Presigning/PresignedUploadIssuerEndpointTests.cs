using Amazon.Runtime;
using Amazon.S3;

namespace DirectUpload.Tests.Presigning;

/// <summary>
/// Where URLs point and for which region they are signed, for every kind of endpoint that the SDK knows; each held to the SDK's own
/// signature.
/// </summary>
public sealed class PresignedUploadIssuerEndpointTests
{
    private const string AccessPoint = "arn:aws:s3:us-west-2:123456789012:accesspoint/ap";

    // The SDK finds an access point in another region only where it is told so.
    private static AmazonS3Config AnyRegion => new() { UseArnRegion = true };

    [Theory]
    [InlineData("us-east-1", "examplebucket.s3.us-east-1.amazonaws.com")]
    [InlineData("eu-west-1", "examplebucket.s3.eu-west-1.amazonaws.com")]
    [InlineData("cn-north-1", "examplebucket.s3.cn-north-1.amazonaws.com.cn")]
    [InlineData("us-gov-west-1", "examplebucket.s3.us-gov-west-1.amazonaws.com")]
    [InlineData("us-iso-east-1", "examplebucket.s3.us-iso-east-1.c2s.ic.gov")]
    [InlineData("us-isob-east-1", "examplebucket.s3.us-isob-east-1.sc2s.sgov.gov")]
    [InlineData("eu-isoe-west-1", "examplebucket.s3.eu-isoe-west-1.cloud.adc-e.uk")]
    [InlineData("us-isof-south-1", "examplebucket.s3.us-isof-south-1.csp.hci.ic.gov")]
    [InlineData("eusc-de-east-1", "examplebucket.s3.eusc-de-east-1.amazonaws.eu")]
    [InlineData("xx-future-9", "examplebucket.s3.xx-future-9.amazonaws.com")]
    public Task Presign_Partition_UsesItsHost(string region, string host) =>
        ShouldBeSignedForAsync(region, new(), "examplebucket", $"https://{host}", region);

    [Theory]
    [InlineData("eu-west-1", "examplebucket.s3.dualstack.eu-west-1.amazonaws.com")]
    [InlineData("cn-north-1", "examplebucket.s3.dualstack.cn-north-1.amazonaws.com.cn")]
    public Task Presign_Dualstack_UsesItsHost(string region, string host) =>
        ShouldBeSignedForAsync(region, new() { UseDualstackEndpoint = true }, "examplebucket", $"https://{host}", region);

    [Theory]
    [InlineData("us-east-1", "examplebucket.s3-fips.us-east-1.amazonaws.com")]
    [InlineData("us-gov-west-1", "examplebucket.s3-fips.us-gov-west-1.amazonaws.com")]
    public Task Presign_Fips_UsesItsHost(string region, string host) =>
        ShouldBeSignedForAsync(region, new() { UseFIPSEndpoint = true }, "examplebucket", $"https://{host}", region);

    [Theory]
    [InlineData("us-east-1", "examplebucket.s3-fips.dualstack.us-east-1.amazonaws.com")]
    [InlineData("us-gov-east-1", "examplebucket.s3-fips.dualstack.us-gov-east-1.amazonaws.com")]
    public Task Presign_FipsAndDualstack_UsesItsHost(string region, string host) =>
        ShouldBeSignedForAsync(
            region, new() { UseFIPSEndpoint = true, UseDualstackEndpoint = true }, "examplebucket", $"https://{host}", region);

    [Theory]
    [InlineData(false, "examplebucket.s3-accelerate.amazonaws.com")]
    [InlineData(true, "examplebucket.s3-accelerate.dualstack.amazonaws.com")]
    public Task Presign_Accelerate_SignsForTheBucketRegion(bool dualstack, string host) =>
        ShouldBeSignedForAsync(
            "eu-west-1", new() { UseAccelerateEndpoint = true, UseDualstackEndpoint = dualstack }, "examplebucket", $"https://{host}",
            "eu-west-1");

    [Fact]
    public Task Presign_UsEast1Legacy_UsesTheGlobalHost() => ShouldBeSignedForAsync(
        "us-east-1", new() { USEast1RegionalEndpointValue = S3UsEast1RegionalEndpointValue.Legacy }, "examplebucket",
        "https://examplebucket.s3.amazonaws.com", "us-east-1");

    [Theory]
    [InlineData(AccessPoint, "ap-123456789012.s3-accesspoint.us-west-2.amazonaws.com")]
    [InlineData("arn:aws:s3:us-west-2:123456789012:accesspoint:ap", "ap-123456789012.s3-accesspoint.us-west-2.amazonaws.com")]
    [InlineData("ap-abcdefghijklmnopqrstuvwxyz123456--s3alias", "ap-abcdefghijklmnopqrstuvwxyz123456--s3alias.s3.us-west-2.amazonaws.com")]
    public Task Presign_AccessPoint_UsesItsHost(string name, string host) =>
        ShouldBeSignedForAsync("us-west-2", new(), name, $"https://{host}", "us-west-2");

    [Fact]
    public Task Presign_AccessPointDualstack_UsesItsHost() =>
        ShouldBeSignedForAsync(
            "us-west-2", new() { UseDualstackEndpoint = true }, AccessPoint,
            "https://ap-123456789012.s3-accesspoint.dualstack.us-west-2.amazonaws.com", "us-west-2");

    [Fact]
    public Task Presign_AccessPointFips_UsesItsHost() =>
        ShouldBeSignedForAsync(
            "us-west-2", new() { UseFIPSEndpoint = true }, AccessPoint,
            "https://ap-123456789012.s3-accesspoint-fips.us-west-2.amazonaws.com", "us-west-2");

    [Fact]
    public Task Presign_AccessPointInChina_UsesItsHost() => ShouldBeSignedForAsync(
        "cn-north-1", new(), "arn:aws-cn:s3:cn-north-1:123456789012:accesspoint/ap",
        "https://ap-123456789012.s3-accesspoint.cn-north-1.amazonaws.com.cn", "cn-north-1");

    [Fact]
    public Task Presign_AccessPointInOtherRegion_SignsForIt() =>
        ShouldBeSignedForAsync(
            "eu-west-1", AnyRegion, AccessPoint, "https://ap-123456789012.s3-accesspoint.us-west-2.amazonaws.com", "us-west-2");

    [Fact]
    public Task Presign_OtherRegionNotAllowed_Throws() =>
        ShouldBeRefusedAsync("eu-west-1", AccessPoint, "*us-west-2*does not match*eu-west-1*");

    [Theory]
    [InlineData(
        "arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap",
        "*mrap\" must be signed by sigv4a for s3;*ordinary bucket*access point in one Region.")]
    [InlineData("my-bucket--usw2-az1--x-s3", "*x-s3\" must be signed by sigv4-s3express for s3express;*")]
    [InlineData(
        "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01234567890123456/accesspoint/reports",
        "*must be signed by sigv4a for s3-outposts;*")]
    [InlineData("arn:aws:s3-object-lambda:us-west-2:123456789012:accesspoint/mine", "*must be signed by sigv4 for s3-object-lambda;*")]
    public Task Presign_UnsupportedBucketKind_Throws(string bucket, string message) => ShouldBeRefusedAsync("us-west-2", bucket, message);

    [Fact]
    public Task Presign_ForcePathStyle_UsesPathStyle() => ShouldBeSignedForAsync(
        "eu-west-1", new() { ForcePathStyle = true }, "examplebucket", "https://s3.eu-west-1.amazonaws.com/examplebucket", "eu-west-1");

    [Theory]
    [InlineData("dotted.name")]
    public Task Presign_BucketNameNotAHost_UsesPathStyle(string bucket) =>
        ShouldBeSignedForAsync("eu-west-1", new(), bucket, $"https://s3.eu-west-1.amazonaws.com/{bucket}", "eu-west-1");

    [Fact]
    public Task Presign_UseHttp_UsesHttp() => ShouldBeSignedForAsync(
        "eu-west-1", new() { UseHttp = true }, "examplebucket", "http://examplebucket.s3.eu-west-1.amazonaws.com", "eu-west-1");

    [Theory]
    [InlineData("http://localhost:9000", "http://localhost:9000/examplebucket")]
    [InlineData("http://127.0.0.1:9000", "http://127.0.0.1:9000/examplebucket")]
    [InlineData("http://[::1]:9000", "http://[::1]:9000/examplebucket")]
    [InlineData("https://[2001:db8::1]", "https://[2001:db8::1]/examplebucket")]
    [InlineData("http://localhost:80", "http://localhost/examplebucket")]
    [InlineData("https://s3.example.com:443", "https://s3.example.com/examplebucket")]
    [InlineData("http://s3.example.com:443", "http://s3.example.com:443/examplebucket")]
    [InlineData("https://example.com:8443/storage", "https://example.com:8443/storage/examplebucket")]
    public Task Presign_CustomEndpoint_UsesIt(string endpoint, string url) =>
        ShouldBeSignedForAsync(null, PresignedUploadIssuerPublicEndpointTests.CreateConfig(endpoint), "examplebucket", url, "us-east-1");

    [Theory]
    [InlineData("http://localhost:9000", "http://examplebucket.localhost:9000")]
    [InlineData("https://s3.example.com", "https://examplebucket.s3.example.com")]
    [InlineData("http://127.0.0.1:9000", "http://127.0.0.1:9000/examplebucket")]
    [InlineData("http://[::1]:9000", "http://[::1]:9000/examplebucket")]
    public Task Presign_CustomEndpointVirtualHosted_UsesIt(string endpoint, string url)
    {
        var config = PresignedUploadIssuerPublicEndpointTests.CreateConfig(endpoint);
        config.ForcePathStyle = false;
        return ShouldBeSignedForAsync(null, config, "examplebucket", url, "us-east-1");
    }

    [Theory]
    [InlineData("http://[::1]:9000")]
    [InlineData("https://[2001:db8::1]")]
    [InlineData("https://[2001:db8::1]:8443")]
    public Task Presign_DottedBucketAtIPv6Address_UsesPathStyle(string endpoint)
    {
        var config = PresignedUploadIssuerPublicEndpointTests.CreateConfig(endpoint);
        config.ForcePathStyle = false;
        return ShouldBeSignedForAsync(null, config, "my.bucket", $"{endpoint}/my.bucket", "us-east-1");
    }

    [Fact]
    public Task Presign_AwsServiceUrl_DeterminesTheRegion() =>
        ShouldBeSignedForAsync(
            null, new() { ServiceURL = "https://s3.eu-west-1.amazonaws.com" }, "examplebucket",
            "https://examplebucket.s3.eu-west-1.amazonaws.com", "eu-west-1");

    [Fact]
    public async Task Presign_OtherBucket_UsesItsHost()
    {
        var issuer = TestIssuer.CreateDefault();

        (await issuer.PresignAsync(new DirectUpload.Presigning.PutUrlRequest { Key = "a" })).Url
            .Should().StartWith("https://examplebucket.s3.");
        (await issuer.PresignAsync(new DirectUpload.Presigning.PutUrlRequest { Key = "a", Bucket = "another" })).Url
            .Should().StartWith("https://another.s3.");
    }

    private static async Task ShouldBeSignedForAsync(string? region, AmazonS3Config config, string bucket, string url, string signedFor)
    {
        var (ours, theirs) = await SdkPresignComparison.PutAsync(region, config, bucket);

        (ours.Origin + ours.Path).Should().Be($"{url}/a.txt");
        ours.Credential.Split('/')[2..].Should().Equal(signedFor, "s3", "aws4_request");
        ours.Canonical.Should().Be(theirs.Canonical);
    }

    private static async Task ShouldBeRefusedAsync(string region, string bucket, string message) =>
        (await new TestIssuer { Config = SdkPresignComparison.SetRegion(region, new()), Bucket = bucket }.Awaiting(it => it.PutAsync())
            .Should().ThrowAsync<Exception>()).WithMessage(message);
}
