namespace DirectUpload.AspNetCore.Tests.Flows;

/// <summary>Clients reach storage at another address than the application does.</summary>
public abstract class PublicEndpointTests(S3ServerFixture server) : FlowTests(server)
{
    private TcpRelay? relay;

    // Asked for by the first test's InitializeAsync, where an absent server skips.
    private Uri Public => (relay ??= new TcpRelay(Server.Endpoint)).Endpoint;

    protected override TestHostOptions HostOptions => new() { Uploads = options => options.PublicEndpoint = Public };

    [Theory]
    [InlineData("picture")]
    [InlineData("form")]
    public async Task Upload_AndContent_UseThePublicEndpoint(string profile)
    {
        if (await LacksAsync(profile))
            return;
        var bytes = TestFiles.Png();
        var grant = await Client.GrantAsync(new TestUploadRequest { Profile = profile, Size = bytes.Length });
        new Uri(grant.Url).Authority.Should().Be(Public.Authority).And.NotBe(new Uri(Server.Endpoint).Authority);
        (await StorageClient.UploadAsync(grant, bytes)).Code.Should().BeInRange(200, 204);
        (await Client.ConfirmAsync(grant)).ShouldBe(200)["status"].Should().Be("ready");

        var content = (await Client.ContentAsync(grant)).Header("location")!;
        new Uri(content).Authority.Should().Be(Public.Authority);
        (await StorageClient.GetAsync(content)).ShouldBe(200).Body.Should().Equal(bytes);
    }

    [Fact]
    public async Task Url_OfThePublicEndpoint_IsInvalidElsewhere()
    {
        var grant = await Client.GrantAsync();
        var elsewhere = grant.Url.Replace(Public.Authority, new Uri(Server.Endpoint).Authority, StringComparison.Ordinal);
        (await StorageClient.PutAsync(elsewhere, grant.Headers, TestFiles.Png())).ShouldBe(403);
    }

    public override ValueTask DisposeAsync()
    {
        relay?.Dispose();
        GC.SuppressFinalize(this);
        return base.DisposeAsync();
    }
}
