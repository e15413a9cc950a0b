using Amazon;
using Amazon.S3;
using DirectUpload.Signing;

namespace DirectUpload.Tests.Signing;

/// <summary>Where URLs point, for every kind of endpoint that the SDK knows.</summary>
public sealed class EndpointTests
{
    [Fact]
    public async Task A_bucket_is_a_virtual_host() => (await Url(new())).Should().Be("https://examplebucket.s3.eu-west-1.amazonaws.com/a.txt");

    [Fact]
    public async Task Path_style_when_forced() =>
        (await Url(new() { ForcePathStyle = true })).Should().Be("https://s3.eu-west-1.amazonaws.com/examplebucket/a.txt");

    [Theory]
    [InlineData("dotted.name")]
    [InlineData("UPPER")]
    public async Task Path_style_for_a_name_that_is_no_host(string bucket) =>
        (await Url(new(), bucket)).Should().Be($"https://s3.eu-west-1.amazonaws.com/{bucket}/a.txt");

    [Fact]
    public async Task Plain_http_when_told_so() => (await Url(new() { UseHttp = true })).Should().Be("http://examplebucket.s3.eu-west-1.amazonaws.com/a.txt");

    [Fact]
    public async Task Dualstack() =>
        (await Url(new() { UseDualstackEndpoint = true })).Should().Be("https://examplebucket.s3.dualstack.eu-west-1.amazonaws.com/a.txt");

    [Fact]
    public async Task Accelerate() => (await Url(new() { UseAccelerateEndpoint = true })).Should().Be("https://examplebucket.s3-accelerate.amazonaws.com/a.txt");

    [Fact]
    public async Task Fips() => (await Url(new() { UseFIPSEndpoint = true })).Should().Be("https://examplebucket.s3-fips.eu-west-1.amazonaws.com/a.txt");

    [Fact]
    public async Task An_access_point_by_its_ARN() =>
        (await Url(new() { UseArnRegion = true }, "arn:aws:s3:eu-west-1:123456789012:accesspoint/ap"))
            .Should().Be("https://ap-123456789012.s3-accesspoint.eu-west-1.amazonaws.com/a.txt");

    [Fact]
    public async Task An_access_point_in_another_region_is_signed_for_that_region() =>
        (await new TestIssuer { Bucket = "arn:aws:s3:us-west-2:123456789012:accesspoint/ap", Config = Region(new() { UseArnRegion = true }) }.PutAsync())
            .Credential.Should().Contain("/us-west-2/");

    [Theory]
    [InlineData("http://localhost:9000", "http://localhost:9000/examplebucket/a.txt")]
    [InlineData("http://127.0.0.1:9000", "http://127.0.0.1:9000/examplebucket/a.txt")]
    [InlineData("http://[::1]:9000", "http://[::1]:9000/examplebucket/a.txt")]
    [InlineData("https://[2001:db8::1]", "https://[2001:db8::1]/examplebucket/a.txt")]
    [InlineData("http://localhost:80", "http://localhost/examplebucket/a.txt")]
    [InlineData("https://s3.example.com:443", "https://s3.example.com/examplebucket/a.txt")]
    [InlineData("http://s3.example.com:443", "http://s3.example.com:443/examplebucket/a.txt")]
    public async Task An_endpoint_of_ones_own(string endpoint, string url) => (await Url(Own(endpoint))).Should().Be(url);

    [Fact]
    public async Task Clients_get_the_public_name_of_an_internal_endpoint()
    {
        var inside = new TestIssuer { Config = Own("http://minio.internal:9000"), PublicEndpoint = new Uri("https://files.example.com") };

        var put = await inside.PutAsync();
        var post = await inside.PostAsync();

        (put.Origin + put.Path).Should().Be("https://files.example.com/examplebucket/a.txt");
        post.Post.Url.Should().Be("https://files.example.com/examplebucket/");
    }

    [Fact]
    public async Task A_public_name_is_signed_as_the_SDK_would_sign_for_it()
    {
        var named = await new TestIssuer { Config = Own("http://minio.internal:9000"), PublicEndpoint = new Uri("https://files.example.com:8443") }.PutAsync();
        var direct = await new TestIssuer { Config = Own("https://files.example.com:8443") }.PutAsync();

        named.Should().BeEquivalentTo(direct);
    }

    [Fact]
    public async Task A_public_name_keeps_the_buckets_region()
    {
        var put = await new TestIssuer { PublicEndpoint = new Uri("https://files.example.com"), Config = Region(new()) }.PutAsync();

        put.Origin.Should().Be("https://examplebucket.files.example.com");
        put.Credential.Should().Contain("/eu-west-1/");
    }

    [Fact]
    public async Task A_public_name_may_be_a_path_below_a_host()
    {
        var put = await new TestIssuer { Config = Own("http://minio.internal:9000"), PublicEndpoint = new Uri("https://example.com/storage") }.PutAsync();

        (put.Origin + put.Path).Should().Be("https://example.com/storage/examplebucket/a.txt");
    }

    [Fact]
    public async Task A_public_name_in_unicode_is_written_and_signed_in_its_ASCII_form()
    {
        var unicode = await new TestIssuer { Config = Own("http://minio.internal:9000"), PublicEndpoint = new Uri("https://bücher.example") }.PutAsync();
        var ascii = await new TestIssuer { Config = Own("http://minio.internal:9000"), PublicEndpoint = new Uri("https://xn--bcher-kva.example") }.PutAsync();

        unicode.Should().BeEquivalentTo(ascii);
    }

    [Theory]
    [InlineData("cn-north-1", "examplebucket.s3.cn-north-1.amazonaws.com.cn")]
    [InlineData("us-gov-west-1", "examplebucket.s3.us-gov-west-1.amazonaws.com")]
    [InlineData("us-iso-east-1", "examplebucket.s3.us-iso-east-1.c2s.ic.gov")]
    [InlineData("us-isob-east-1", "examplebucket.s3.us-isob-east-1.sc2s.sgov.gov")]
    [InlineData("us-gov-west-1", "examplebucket.s3-fips.dualstack.us-gov-west-1.amazonaws.com", true, true)]
    [InlineData("us-east-1", "examplebucket.s3-fips.dualstack.us-east-1.amazonaws.com", true, true)]
    [InlineData("cn-north-1", "examplebucket.s3.dualstack.cn-north-1.amazonaws.com.cn", false, true)]
    public async Task Every_partition_has_its_own_names(string region, string host, bool fips = false, bool dualstack = false)
    {
        var config = new AmazonS3Config { RegionEndpoint = RegionEndpoint.GetBySystemName(region), UseFIPSEndpoint = fips, UseDualstackEndpoint = dualstack };
        var put = await new TestIssuer { Config = config }.PutAsync();

        put.Origin.Should().Be($"https://{host}");
        put.Credential.Should().Contain($"/{region}/");
    }

    [Fact]
    public async Task Accelerate_over_dualstack() =>
        (await Url(new() { UseAccelerateEndpoint = true, UseDualstackEndpoint = true })).Should().Be("https://examplebucket.s3-accelerate.dualstack.amazonaws.com/a.txt");

    [Theory]
    [InlineData(true, false, "ap-123456789012.s3-accesspoint-fips.eu-west-1.amazonaws.com")]
    [InlineData(false, true, "ap-123456789012.s3-accesspoint.dualstack.eu-west-1.amazonaws.com")]
    public async Task An_access_point_over_FIPS_and_dualstack(bool fips, bool dualstack, string host) =>
        (await Url(new() { UseArnRegion = true, UseFIPSEndpoint = fips, UseDualstackEndpoint = dualstack }, "arn:aws:s3:eu-west-1:123456789012:accesspoint/ap"))
            .Should().Be($"https://{host}/a.txt");

    [Fact]
    public async Task A_multi_region_access_point_is_refused_for_it_wants_another_signature()
    {
        var issuer = new TestIssuer { Bucket = "arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap", Config = Region(new() { UseArnRegion = true }) };

        (await issuer.Awaiting(it => it.PutAsync()).Should().ThrowAsync<NotSupportedException>()).WithMessage("*SigV4A*");
    }

    [Fact]
    public async Task Each_bucket_has_its_own_address()
    {
        var issuer = TestIssuer.Simple();

        (await issuer.PresignAsync(new PutUrlRequest { Key = "a" })).Url.Should().StartWith("https://examplebucket.s3.");
        (await issuer.PresignAsync(new PutUrlRequest { Key = "a", Bucket = "another" })).Url.Should().StartWith("https://another.s3.");
    }

    private static async Task<string> Url(AmazonS3Config config, string bucket = "examplebucket")
    {
        var put = await new TestIssuer { Config = Region(config), Bucket = bucket }.PutAsync();
        return put.Origin + put.Path;
    }

    private static AmazonS3Config Region(AmazonS3Config config)
    {
        if (config.ServiceURL is null)
            config.RegionEndpoint = RegionEndpoint.EUWest1;
        return config;
    }

    private static AmazonS3Config Own(string endpoint) => new()
    {
        ServiceURL = endpoint,
        ForcePathStyle = true,
        AuthenticationRegion = "us-east-1",
        UseHttp = endpoint.StartsWith("http:", StringComparison.Ordinal),
    };
}
