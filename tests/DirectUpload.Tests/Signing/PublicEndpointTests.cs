using Amazon.S3;

namespace DirectUpload.Tests.Signing;

/// <summary>Clients may reach storage by another name than the application does: URLs are signed for theirs.</summary>
public sealed class PublicEndpointTests
{
    [Fact]
    public async Task Clients_get_the_public_name_of_an_internal_endpoint()
    {
        var inside = new TestIssuer { Config = Own("http://minio.internal:9000"), PublicEndpoint = new Uri("https://files.example.com") };

        var put = await inside.PutAsync();
        var post = await inside.PostAsync();

        (put.Origin + put.Path).Should().Be("https://files.example.com/examplebucket/a.txt");
        post.Post.Url.Should().Be("https://files.example.com/examplebucket/");
    }

    [Theory]
    [InlineData("https://files.example.com")]
    [InlineData("https://files.example.com:8443")]
    [InlineData("http://files.example.com")]
    [InlineData("https://[2001:db8::1]:8443")]
    public async Task A_public_name_is_signed_as_the_SDK_signs_for_it(string name)
    {
        var (_, theirs) = await SdkTwin.PutAsync(null, Own(name), "examplebucket");
        var ours = await new TestIssuer { Config = Own("http://minio.internal:9000"), PublicEndpoint = new Uri(name), Clock = SdkTwin.ClockOf(theirs) }.PutAsync();

        ours.Canonical.Should().Be(theirs.Canonical);
    }

    [Fact]
    public async Task It_keeps_the_buckets_region_and_style()
    {
        var put = await new TestIssuer { PublicEndpoint = new Uri("https://files.example.com"), Config = SdkTwin.In("eu-west-1", new()) }.PutAsync();

        put.Origin.Should().Be("https://examplebucket.files.example.com");
        put.Credential.Should().Contain("/eu-west-1/");
    }

    [Fact]
    public async Task In_unicode_it_is_written_and_signed_in_its_ASCII_form()
    {
        var unicode = await new TestIssuer { Config = Own("http://minio.internal:9000"), PublicEndpoint = new Uri("https://bücher.example") }.PutAsync();
        var ascii = await new TestIssuer { Config = Own("http://minio.internal:9000"), PublicEndpoint = new Uri("https://xn--bcher-kva.example") }.PutAsync();

        unicode.Canonical.Should().Be(ascii.Canonical);
        unicode.Origin.Should().Be("https://xn--bcher-kva.example");
    }

    /// <summary>A server of one's own, in path style.</summary>
    internal static AmazonS3Config Own(string endpoint) => new()
    {
        ServiceURL = endpoint,
        ForcePathStyle = true,
        AuthenticationRegion = "us-east-1",
        UseHttp = endpoint.StartsWith("http:", StringComparison.Ordinal),
    };
}
