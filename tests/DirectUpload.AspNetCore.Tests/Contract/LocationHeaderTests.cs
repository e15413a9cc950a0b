using Microsoft.AspNetCore.Builder;

namespace DirectUpload.AspNetCore.Tests.Contract;

/// <summary>Location and contentUrl are addresses that a client can use as they are, wherever the endpoints were mapped.</summary>
public sealed class LocationHeaderTests(LocalS3Fixture server) : IClassFixture<LocalS3Fixture>
{
    [Theory]
    [InlineData("/uploads", "/uploads", "/uploads")]
    [InlineData("/uploads", "/uploads/", "/uploads")]
    [InlineData("/uploads/", "/uploads", "/uploads")]
    [InlineData("uploads", "/uploads", "/uploads")]
    [InlineData("/api/v1/uploads", "/api/v1/uploads", "/api/v1/uploads")]
    [InlineData("/api/{tenant}/uploads", "/api/acme/uploads", "/api/acme/uploads")]
    [InlineData("/api/{tenant}/uploads", "/api/two%20words/uploads", "/api/two%20words/uploads")]
    [InlineData("/api/{tenant}/uploads", "/api/%C3%BC/uploads", "/api/%C3%BC/uploads")]
    [InlineData("/api/{tenant}/uploads", "/api/a%0D%0Ab/uploads", "/api/a%0D%0Ab/uploads")]
    [InlineData("/api/{tenant}/uploads", "/api/a%3Fb%23c/uploads", "/api/a%3Fb%23c/uploads")]
    [InlineData("/téléversements", "/t%C3%A9l%C3%A9versements", "/t%C3%A9l%C3%A9versements")]
    public async Task Location_AnyPattern_LeadsToTheUpload(string pattern, string requested, string expected)
    {
        await using var app = await StartAsync(new TestHostOptions { Map = host => host.MapDirectUploads(pattern).AllowAnonymous() });
        await LeadBackAsync(app, requested, expected);
    }

    [Theory]
    [InlineData("/base")]
    [InlineData("/b%C3%A4se")]
    public async Task Location_BehindAPathBase_LeadsToTheUpload(string pathBase)
    {
        await using var app = await StartAsync(new TestHostOptions
        {
            Pipeline = host =>
            {
                host.UsePathBase(Uri.UnescapeDataString(pathBase));
                host.UseRouting();
            },
        });
        await LeadBackAsync(app, pathBase + "/uploads", pathBase + "/uploads");
    }

    [Fact]
    public async Task Location_MappedAtTheRoot_LeadsToTheUpload()
    {
        await using var app = await StartAsync(new TestHostOptions { Map = host => host.MapDirectUploads("/").AllowAnonymous() });
        await LeadBackAsync(app, "/", "");
    }

    [Fact]
    public async Task Location_MappedInAGroup_LeadsToTheUpload()
    {
        await using var app = await StartAsync(
            new TestHostOptions { Map = host => host.MapGroup("/api").MapDirectUploads("/uploads").AllowAnonymous() });
        await LeadBackAsync(app, "/api/uploads", "/api/uploads");
    }

    [Fact]
    public async Task Location_TwoPrefixes_EachLeadsToItsOwn()
    {
        await using var app = await StartAsync(new TestHostOptions
        {
            Map = host =>
            {
                host.MapDirectUploads("/public").AllowAnonymous();
                host.MapDirectUploads("/closed");
            },
        });
        await LeadBackAsync(app, "/public", "/public");
        (await app.ClientOf("/closed").RequestAsync(TestUploadRequest.Picture)).ShouldBeProblem(403, "forbidden");
    }

    private async Task LeadBackAsync(UploadApp app, string requested, string expected)
    {
        var answer = await app.ClientOf(requested).RequestAsync(TestUploadRequest.Picture);
        var grant = Grant.FromResponse(answer);
        answer.Header("location").Should().Be($"{expected}/{grant.Id}");
        var client = app.ClientOf(expected);
        (await client.SendAsync(HttpMethod.Get, "/" + answer.Header("location")!.Split('/')[^1], grant.ReadToken)).ShouldBe(200);

        (await new StorageClient(server.Http).UploadAsync(grant, TestFiles.Png())).ShouldBe(200);
        (await client.ConfirmAsync(grant)).ShouldBe(200)["contentUrl"].Should().Be($"{expected}/{grant.Id}/content");
        (await client.StatusAsync(grant)).ShouldBe(200)["contentUrl"].Should().Be($"{expected}/{grant.Id}/content");
        (await client.ContentAsync(grant)).ShouldBe(302);
    }

    private Task<UploadApp> StartAsync(TestHostOptions choices) => UploadApp.StartAsync(server.S3, server.Bucket, choices);
}
