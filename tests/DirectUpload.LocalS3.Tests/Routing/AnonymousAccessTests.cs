using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.LocalS3.Tests.Routing;

public class AnonymousAccessTests
{
    [Fact]
    public async Task Unsigned_requests_can_only_read_public_objects()
    {
        await using var server = await LocalS3TestServer.StartAsync();
        await server.S3.PutObjectAsync(
            new PutObjectRequest { BucketName = "uploads", Key = "public", ContentBody = "hello", CannedACL = S3CannedACL.PublicRead });
        await server.S3.PutObjectAsync(new PutObjectRequest { BucketName = "uploads", Key = "private", ContentBody = "hello" });

        (await StatusAsync(server, HttpMethod.Get, "uploads/public")).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(server, HttpMethod.Head, "uploads/public")).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(server, HttpMethod.Get, "uploads/public?response-content-type=text/html"))
            .Should().Be(HttpStatusCode.BadRequest);
        (await StatusAsync(server, HttpMethod.Put, "uploads/public")).Should().Be(HttpStatusCode.Forbidden);
        (await StatusAsync(server, HttpMethod.Delete, "uploads/public")).Should().Be(HttpStatusCode.Forbidden);
        (await StatusAsync(server, HttpMethod.Get, "uploads/private")).Should().Be(HttpStatusCode.Forbidden);
        (await StatusAsync(server, HttpMethod.Get, "uploads/missing")).Should().Be(HttpStatusCode.Forbidden);
        (await StatusAsync(server, HttpMethod.Get, "uploads?list-type=2")).Should().Be(HttpStatusCode.Forbidden);
        (await StatusAsync(server, HttpMethod.Put, "new-bucket")).Should().Be(HttpStatusCode.Forbidden);
        (await StatusAsync(server, HttpMethod.Get, "no-bucket/x")).Should().Be(HttpStatusCode.NotFound);
        (await StatusAsync(server, HttpMethod.Put, "no-bucket/x")).Should().Be(HttpStatusCode.NotFound);
        (await StatusAsync(server, HttpMethod.Delete, "no-bucket")).Should().Be(HttpStatusCode.NotFound);
        (await StatusAsync(server, HttpMethod.Get, "no-bucket?versions")).Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Private_versions_of_a_public_object_are_refused()
    {
        await using var server = await LocalS3TestServer.StartAsync();
        await server.S3.PutBucketVersioningAsync(
            new() { BucketName = "uploads", VersioningConfig = new() { Status = VersionStatus.Enabled } });
        var secret = await server.S3.PutObjectAsync(new PutObjectRequest { BucketName = "uploads", Key = "k", ContentBody = "secret" });
        await server.S3.PutObjectAsync(
            new PutObjectRequest { BucketName = "uploads", Key = "k", ContentBody = "hello", CannedACL = S3CannedACL.PublicRead });
        (await StatusAsync(server, HttpMethod.Get, "uploads/k")).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(server, HttpMethod.Get, $"uploads/k?versionId={secret.VersionId}")).Should().Be(HttpStatusCode.Forbidden);
        (await StatusAsync(server, HttpMethod.Get, "uploads?versions")).Should().Be(HttpStatusCode.Forbidden);
        (await StatusAsync(server, HttpMethod.Post, "uploads/k?uploads")).Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Another_origin_can_read_an_error_response()
    {
        await using var server = await LocalS3TestServer.StartAsync(configure: options => options.AllowedOrigins = ["*"]);
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(server.Endpoint, "uploads/a"));
        request.Headers.Add("Origin", "http://page.test");
        using var answer = await server.Http.SendAsync(request);
        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        answer.Headers.GetValues("Access-Control-Allow-Origin").Should().Equal("*");
        answer.Headers.Vary.Should().Contain("Origin");
    }

    private static async Task<HttpStatusCode> StatusAsync(LocalS3TestServer server, HttpMethod method, string path)
    {
        using var answer = await server.Http.SendAsync(new HttpRequestMessage(method, new Uri(server.Endpoint, path)));
        return answer.StatusCode;
    }
}
