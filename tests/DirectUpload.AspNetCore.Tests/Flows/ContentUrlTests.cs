using System.Text.Json;
using Microsoft.AspNetCore.Builder;

namespace DirectUpload.AspNetCore.Tests.Flows;

/// <summary>Content for scripts: a URL as JSON, which they call without a token.</summary>
public sealed class ContentUrlTests(LocalS3Fixture server) : IClassFixture<LocalS3Fixture>, IAsyncLifetime
{
    private UploadApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await UploadApp.StartAsync(server.S3, server.Bucket, new()
    {
        Services = TestSignIn.Add,
        Pipeline = TestSignIn.Use,
        Map = app =>
        {
            app.MapDirectUploads("/uploads").RequireAuthorization();
            app.MapDirectUploads("/proxied", options => options.ContentDelivery = ContentDelivery.Stream).RequireAuthorization();
        },
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("/uploads", true)]
    [InlineData("/uploads", false)]
    [InlineData("/proxied", true)]
    [InlineData("/proxied", false)]
    public async Task Content_AsJson_ReturnsAUrlThatServesIt(string prefix, bool byToken)
    {
        var grant = await ReadyAsync();
        using var response = await GetAsync($"{prefix}/{grant.Id}/content", "application/json", byToken ? grant.ReadToken : null, "ada");

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/json");
        response.Headers.CacheControl!.NoStore.Should().BeTrue();
        response.Headers.Vary.Should().Contain("Accept");
        response.Headers.Location.Should().BeNull();
        var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        var url = body.GetProperty("url").GetString()!;
        body.TryGetProperty("expiresAt", out var expiresAt).Should().Be(prefix == "/uploads");
        if (prefix == "/uploads")
        {
            url.Should().StartWith(server.Endpoint).And.NotContain(grant.ReadToken);
            expiresAt.GetDateTimeOffset().Should().BeAfter(DateTimeOffset.UtcNow);
        }

        using var content = await GetAsync(new Uri(_app.Http.BaseAddress!, url).AbsoluteUri, "*/*", null, byToken ? null : "ada");
        (await content.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Should().Equal(TestFiles.Png());
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("*/*", false)]
    [InlineData("application/*", false)]
    [InlineData("image/avif,image/webp,*/*;q=0.8", false)]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", false)]
    [InlineData("application/json;q=0", false)]
    [InlineData("image/png, application/json;q=0.5", false)]
    [InlineData("nonsense", false)]
    [InlineData("APPLICATION/JSON; charset=utf-8", true)]
    [InlineData("application/json, text/plain, */*", true)]
    [InlineData("application/json, text/html;q=0.9", true)]
    public async Task Content_Accept_DecidesBetweenRedirectAndUrl(string? accept, bool isUrl)
    {
        var grant = await ReadyAsync();
        using var response = await GetAsync($"/uploads/{grant.Id}/content", accept, grant.ReadToken, null);

        response.StatusCode.Should().Be(isUrl ? HttpStatusCode.OK : HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("/uploads")]
    [InlineData("/proxied")]
    public async Task Content_AsJson_IsRefusedLikeTheContent(string prefix)
    {
        var grant = await ReadyAsync();
        (await StatusAsync($"{prefix}/{grant.Id}/content", null)).Should().Be((HttpStatusCode)401);
        (await StatusAsync($"{prefix}/{grant.Id}/content", UploadToken.Create().Value)).Should().Be(HttpStatusCode.NotFound);
        (await StatusAsync($"{prefix}/{grant.Id}/content?variant=none", grant.ReadToken)).Should().Be(HttpStatusCode.NotFound);
        (await StatusAsync($"{prefix}/{(await _app.Client.As("ada").GrantAsync()).Id}/content", grant.ReadToken))
            .Should().Be(HttpStatusCode.NotFound);
        // The response of a streaming endpoint contains the token, and no URL may contain the right to delete.
        (await StatusAsync($"{prefix}/{grant.Id}/content", grant.WriteToken))
            .Should().Be(prefix == "/uploads" ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
        (await _app.Client.As("ada").DeleteAsync(grant)).ShouldBe(204);
        (await StatusAsync($"{prefix}/{grant.Id}/content", grant.ReadToken)).Should().Be(HttpStatusCode.Gone);
    }

    private async Task<HttpStatusCode> StatusAsync(string path, string? token)
    {
        using var response = await GetAsync(path, "application/json", token, null);
        return response.StatusCode;
    }

    private async Task<Grant> ReadyAsync()
    {
        var grant = await _app.Client.As("ada").GrantAsync();
        (await new StorageClient(server.Http).UploadAsync(grant, TestFiles.Png())).ShouldBe(200);
        (await _app.Client.As("ada").ConfirmAsync(grant)).ShouldBe(200);
        return grant;
    }

    private Task<HttpResponseMessage> GetAsync(string address, string? accept, string? token, string? user)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        if (token is not null)
            request.Headers.Add("Upload-Token", token);
        if (user is not null)
            request.Headers.Add("Test-User", user);
        return _app.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
