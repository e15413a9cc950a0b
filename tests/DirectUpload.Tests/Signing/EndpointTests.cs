using Amazon.Runtime;
using Amazon.S3;

namespace DirectUpload.Tests.Signing;

/// <summary>Where URLs point and for which region they are signed, for every kind of endpoint that the SDK knows; each held to the SDK's own signature.</summary>
public sealed class EndpointTests
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
    public Task A_partition(string region, string host) => Expect(region, new(), "examplebucket", $"https://{host}", region);

    [Theory]
    [InlineData("eu-west-1", "examplebucket.s3.dualstack.eu-west-1.amazonaws.com")]
    [InlineData("cn-north-1", "examplebucket.s3.dualstack.cn-north-1.amazonaws.com.cn")]
    public Task Dualstack(string region, string host) => Expect(region, new() { UseDualstackEndpoint = true }, "examplebucket", $"https://{host}", region);

    [Theory]
    [InlineData("us-east-1", "examplebucket.s3-fips.us-east-1.amazonaws.com")]
    [InlineData("us-gov-west-1", "examplebucket.s3-fips.us-gov-west-1.amazonaws.com")]
    public Task Fips(string region, string host) => Expect(region, new() { UseFIPSEndpoint = true }, "examplebucket", $"https://{host}", region);

    [Theory]
    [InlineData("us-east-1", "examplebucket.s3-fips.dualstack.us-east-1.amazonaws.com")]
    [InlineData("us-gov-east-1", "examplebucket.s3-fips.dualstack.us-gov-east-1.amazonaws.com")]
    public Task Fips_and_dualstack(string region, string host) =>
        Expect(region, new() { UseFIPSEndpoint = true, UseDualstackEndpoint = true }, "examplebucket", $"https://{host}", region);

    [Theory]
    [InlineData(false, "examplebucket.s3-accelerate.amazonaws.com")]
    [InlineData(true, "examplebucket.s3-accelerate.dualstack.amazonaws.com")]
    public Task Accelerate_is_signed_for_the_buckets_own_region(bool dualstack, string host) =>
        Expect("eu-west-1", new() { UseAccelerateEndpoint = true, UseDualstackEndpoint = dualstack }, "examplebucket", $"https://{host}", "eu-west-1");

    [Fact]
    public Task Us_east_1_by_its_old_name() => Expect(
        "us-east-1", new() { USEast1RegionalEndpointValue = S3UsEast1RegionalEndpointValue.Legacy }, "examplebucket", "https://examplebucket.s3.amazonaws.com", "us-east-1");

    [Theory]
    [InlineData(AccessPoint, "ap-123456789012.s3-accesspoint.us-west-2.amazonaws.com")]
    [InlineData("arn:aws:s3:us-west-2:123456789012:accesspoint:ap", "ap-123456789012.s3-accesspoint.us-west-2.amazonaws.com")]
    [InlineData("ap-abcdefghijklmnopqrstuvwxyz123456--s3alias", "ap-abcdefghijklmnopqrstuvwxyz123456--s3alias.s3.us-west-2.amazonaws.com")]
    public Task An_access_point(string name, string host) => Expect("us-west-2", new(), name, $"https://{host}", "us-west-2");

    [Fact]
    public Task An_access_point_by_dualstack() =>
        Expect("us-west-2", new() { UseDualstackEndpoint = true }, AccessPoint, "https://ap-123456789012.s3-accesspoint.dualstack.us-west-2.amazonaws.com", "us-west-2");

    [Fact]
    public Task An_access_point_by_Fips() =>
        Expect("us-west-2", new() { UseFIPSEndpoint = true }, AccessPoint, "https://ap-123456789012.s3-accesspoint-fips.us-west-2.amazonaws.com", "us-west-2");

    [Fact]
    public Task An_access_point_in_China() => Expect(
        "cn-north-1", new(), "arn:aws-cn:s3:cn-north-1:123456789012:accesspoint/ap", "https://ap-123456789012.s3-accesspoint.cn-north-1.amazonaws.com.cn", "cn-north-1");

    [Fact]
    public Task An_access_point_in_another_region_is_signed_for_that_region() =>
        Expect("eu-west-1", AnyRegion, AccessPoint, "https://ap-123456789012.s3-accesspoint.us-west-2.amazonaws.com", "us-west-2");

    [Fact]
    public Task An_access_point_in_another_region_is_refused_where_the_client_is_not_to_leave_its_own() =>
        Refused("eu-west-1", AccessPoint, "*us-west-2*does not match*eu-west-1*");

    [Theory]
    [InlineData("arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap", "*mrap\" must be signed by sigv4a for s3;*ordinary bucket*access point in one Region.")]
    [InlineData("my-bucket--usw2-az1--x-s3", "*x-s3\" must be signed by sigv4-s3express for s3express;*")]
    [InlineData("arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01234567890123456/accesspoint/reports", "*must be signed by sigv4a for s3-outposts;*")]
    [InlineData("arn:aws:s3-object-lambda:us-west-2:123456789012:accesspoint/mine", "*must be signed by sigv4 for s3-object-lambda;*")]
    public Task What_takes_no_signature_of_ours_is_refused_and_not_signed_wrongly(string bucket, string message) => Refused("us-west-2", bucket, message);

    [Fact]
    public Task Path_style_when_forced() => Expect("eu-west-1", new() { ForcePathStyle = true }, "examplebucket", "https://s3.eu-west-1.amazonaws.com/examplebucket", "eu-west-1");

    [Theory]
    [InlineData("dotted.name")]
    public Task Path_style_for_a_name_that_is_no_host(string bucket) => Expect("eu-west-1", new(), bucket, $"https://s3.eu-west-1.amazonaws.com/{bucket}", "eu-west-1");

    [Fact]
    public Task Plain_http_when_told_so() => Expect("eu-west-1", new() { UseHttp = true }, "examplebucket", "http://examplebucket.s3.eu-west-1.amazonaws.com", "eu-west-1");

    [Theory]
    [InlineData("http://localhost:9000", "http://localhost:9000/examplebucket")]
    [InlineData("http://127.0.0.1:9000", "http://127.0.0.1:9000/examplebucket")]
    [InlineData("http://[::1]:9000", "http://[::1]:9000/examplebucket")]
    [InlineData("https://[2001:db8::1]", "https://[2001:db8::1]/examplebucket")]
    [InlineData("http://localhost:80", "http://localhost/examplebucket")]
    [InlineData("https://s3.example.com:443", "https://s3.example.com/examplebucket")]
    [InlineData("http://s3.example.com:443", "http://s3.example.com:443/examplebucket")]
    [InlineData("https://example.com:8443/storage", "https://example.com:8443/storage/examplebucket")]
    public Task An_endpoint_of_ones_own(string endpoint, string url) => Expect(null, PublicEndpointTests.Own(endpoint), "examplebucket", url, "us-east-1");

    [Theory]
    [InlineData("http://localhost:9000", "http://examplebucket.localhost:9000")]
    [InlineData("https://s3.example.com", "https://examplebucket.s3.example.com")]
    [InlineData("http://127.0.0.1:9000", "http://127.0.0.1:9000/examplebucket")]
    [InlineData("http://[::1]:9000", "http://[::1]:9000/examplebucket")]
    public Task An_endpoint_of_ones_own_without_path_style(string endpoint, string url)
    {
        var config = PublicEndpointTests.Own(endpoint);
        config.ForcePathStyle = false;
        return Expect(null, config, "examplebucket", url, "us-east-1");
    }

    [Fact]
    public Task An_endpoint_of_AWS_by_its_address_says_its_region() =>
        Expect(null, new() { ServiceURL = "https://s3.eu-west-1.amazonaws.com" }, "examplebucket", "https://examplebucket.s3.eu-west-1.amazonaws.com", "eu-west-1");

    [Fact]
    public async Task Each_bucket_has_its_own_address()
    {
        var issuer = TestIssuer.Simple();

        (await issuer.PresignAsync(new DirectUpload.Signing.PutUrlRequest { Key = "a" })).Url.Should().StartWith("https://examplebucket.s3.");
        (await issuer.PresignAsync(new DirectUpload.Signing.PutUrlRequest { Key = "a", Bucket = "another" })).Url.Should().StartWith("https://another.s3.");
    }

    private static async Task Expect(string? region, AmazonS3Config config, string bucket, string url, string signedFor)
    {
        var (ours, theirs) = await SdkTwin.PutAsync(region, config, bucket);

        (ours.Origin + ours.Path).Should().Be($"{url}/a.txt");
        ours.Credential.Split('/')[2..].Should().Equal(signedFor, "s3", "aws4_request");
        ours.Canonical.Should().Be(theirs.Canonical);
    }

    private static async Task Refused(string region, string bucket, string message) =>
        (await new TestIssuer { Config = SdkTwin.In(region, new()), Bucket = bucket }.Awaiting(it => it.PutAsync()).Should().ThrowAsync<Exception>()).WithMessage(message);
}
