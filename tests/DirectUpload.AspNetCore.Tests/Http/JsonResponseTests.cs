using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;

namespace DirectUpload.AspNetCore.Tests.Http;

/// <summary>How endpoints send JSON: with its length, also through middleware that changes the body.</summary>
public sealed class JsonResponseTests
{
    [Fact]
    public async Task Endpoints_OneUpload_SendTheLength()
    {
        await using var app = await UploadApp.StartAsync(new TestHostOptions
        {
            Map = host =>
            {
                host.MapDirectUploads("/uploads").AllowAnonymous();
                host.MapUppyUploads("/uppy", "uppy").AllowAnonymous();
            },
        });
        var granted = (await app.Client.RequestAsync(TestUploadRequest.Picture)).ShouldBe(201);
        var grant = Grant.FromResponse(granted);

        foreach (var response in new[]
        {
            granted,
            (await app.Client.StatusAsync(grant)).ShouldBe(200),
            (await app.Client.SendAsync(HttpMethod.Post, $"/{grant.Id}/renew", grant.WriteToken)).ShouldBe(200),
            (await app.Client.ContentAsync(grant)).ShouldBe(409),
            (await app.ClientOf("/uppy").SendAsync(HttpMethod.Get, "/s3/params?filename=a.png&type=image/png")).ShouldBe(200),
            (await app.ClientOf("/uppy").SendAsync(HttpMethod.Get, "/s3/params?filename=a.exe&type=a/b")).ShouldBe(400),
        })
        {
            response.Header("content-length").Should().Be($"{response.Body.Length}");
            response.Header("transfer-encoding").Should().BeNull();
        }
    }

    [Fact]
    public async Task Request_HostCompressesResponses_IsCompressedAsAWhole()
    {
        await using var app = await UploadApp.StartAsync(new TestHostOptions
        {
            Services = services => services.AddResponseCompression(),
            Pipeline = host => host.UseResponseCompression(),
        });
        var client = app.Client;
        client.Headers["Accept-Encoding"] = "gzip";

        var granted = (await client.RequestAsync(TestUploadRequest.Picture)).ShouldBe(201);

        granted.Header("content-encoding").Should().Be("gzip");
        using var json = new GZipStream(new MemoryStream(granted.Body), CompressionMode.Decompress);
        (await JsonDocument.ParseAsync(json, cancellationToken: TestContext.Current.CancellationToken)).RootElement
            .GetProperty("writeToken").GetString().Should().NotBeNullOrEmpty();
    }
}
