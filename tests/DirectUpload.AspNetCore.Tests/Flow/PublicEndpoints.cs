namespace DirectUpload.AspNetCore.Tests.Flow;

/// <summary>Clients reach storage at another address than the application does.</summary>
public abstract class PublicEndpoints(S3ServerFixture server) : FlowSuite(server)
{
    private Relay? relay;

    // Asked for by the first test's InitializeAsync, where an absent server skips.
    private Uri Public => (relay ??= new Relay(Server.Endpoint)).Endpoint;

    protected override HostChoices Choices => new() { Uploads = options => options.PublicEndpoint = Public };

    [Theory]
    [InlineData("picture")]
    [InlineData("form")]
    public async Task The_upload_goes_to_and_the_content_comes_from_the_public_address(string profile)
    {
        if (await LacksAsync(profile))
            return;
        var bytes = Bytes.Png();
        var grant = await Client.GrantAsync(new Wanted { Profile = profile, Size = bytes.Length });
        new Uri(grant.Url).Authority.Should().Be(Public.Authority).And.NotBe(new Uri(Server.Endpoint).Authority);
        (await Browser.UploadAsync(grant, bytes)).Code.Should().BeInRange(200, 204);
        (await Client.ConfirmAsync(grant)).ShouldBe(200)["status"].Should().Be("ready");

        var content = (await Client.ContentAsync(grant)).Header("location")!;
        new Uri(content).Authority.Should().Be(Public.Authority);
        (await Browser.GetAsync(content)).ShouldBe(200).Body.Should().Equal(bytes);
    }

    [Fact]
    public async Task A_url_of_the_public_address_is_signed_for_no_other()
    {
        var grant = await Client.GrantAsync();
        var elsewhere = grant.Url.Replace(Public.Authority, new Uri(Server.Endpoint).Authority, StringComparison.Ordinal);
        (await Browser.PutAsync(elsewhere, grant.Headers, Bytes.Png())).ShouldBe(403);
    }

    public override ValueTask DisposeAsync()
    {
        relay?.Dispose();
        GC.SuppressFinalize(this);
        return base.DisposeAsync();
    }
}
