using Amazon.S3;

namespace DirectUpload.Tests.Presigning;

/// <summary>Clients may reach storage by another name than the application does: URLs are signed for theirs.</summary>
public sealed class PresignedUploadIssuerPublicEndpointTests
{
    [Fact]
    public async Task Presign_PublicEndpoint_ReplacesTheInternalHost()
    {
        var inside =
            new TestIssuer { Config = CreateConfig("http://minio.internal:9000"), PublicEndpoint = new Uri("https://files.example.com") };

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
    public async Task Presign_PublicEndpoint_MatchesTheSdk(string name)
    {
        var (_, theirs) = await SdkPresignComparison.PutAsync(null, CreateConfig(name), "examplebucket");
        var ours = await new TestIssuer
        {
            Config = CreateConfig("http://minio.internal:9000"),
            PublicEndpoint = new Uri(name),
            Clock = SdkPresignComparison.CreateClock(theirs),
        }.PutAsync();

        ours.Canonical.Should().Be(theirs.Canonical);
    }

    [Fact]
    public async Task Presign_PublicEndpoint_KeepsRegionAndStyle()
    {
        var put = await new TestIssuer
        {
            PublicEndpoint = new Uri("https://files.example.com"),
            Config = SdkPresignComparison.SetRegion("eu-west-1", new()),
        }.PutAsync();

        put.Origin.Should().Be("https://examplebucket.files.example.com");
        put.Credential.Should().Contain("/eu-west-1/");
    }

    [Fact]
    public async Task Presign_UnicodePublicEndpoint_UsesPunycode()
    {
        var unicode = await new TestIssuer
        {
            Config = CreateConfig("http://minio.internal:9000"),
            PublicEndpoint = new Uri("https://bücher.example"),
        }.PutAsync();
        var ascii = await new TestIssuer
        {
            Config = CreateConfig("http://minio.internal:9000"),
            PublicEndpoint = new Uri("https://xn--bcher-kva.example"),
        }.PutAsync();

        unicode.Canonical.Should().Be(ascii.Canonical);
        unicode.Origin.Should().Be("https://xn--bcher-kva.example");
    }

    /// <summary>A server of one's own, in path style.</summary>
    internal static AmazonS3Config CreateConfig(string endpoint) => new()
    {
        ServiceURL = endpoint,
        ForcePathStyle = true,
        AuthenticationRegion = "us-east-1",
        UseHttp = endpoint.StartsWith("http:", StringComparison.Ordinal),
    };
}
