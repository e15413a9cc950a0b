using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Tests.Contract;

public sealed class The_OpenAPI_document : IAsyncLifetime
{
    private JsonElement document;

    public async ValueTask InitializeAsync()
    {
        await using var app = await UploadApp.StartAsync(new HostChoices
        {
            Services = services => services.AddOpenApi(),
            Map = host =>
            {
                host.MapOpenApi("/openapi/{documentName}.json");
                host.MapDirectUploads("/uploads").AllowAnonymous();
            },
        });
        document = (await app.ClientOf("/openapi").SendAsync(HttpMethod.Get, "/v1.json")).ShouldBe(200).Json;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void Lists_exactly_the_operations() =>
        document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(call => $"{call.Name} {path.Name.TrimEnd('/')}"))
            .Should().BeEquivalentTo("post /uploads", "post /uploads/{id}/parts", "get /uploads/{id}/parts", "post /uploads/{id}/renew", "post /uploads/{id}/confirm", "get /uploads/{id}", "delete /uploads/{id}", "get /uploads/{id}/events", "get /uploads/{id}/content");

    [Theory]
    [InlineData("post", "", "201 400 401 403 408 413 415 429 503")]
    [InlineData("post", "/{id}/parts", "200 400 401 403 404 408 409 410 503")]
    [InlineData("get", "/{id}/parts", "200 401 403 404 503")]
    [InlineData("post", "/{id}/renew", "200 401 403 404 409 410 503")]
    [InlineData("post", "/{id}/confirm", "200 202 400 401 403 404 408 409 410 422 503")]
    [InlineData("get", "/{id}", "200 401 404 503")]
    [InlineData("delete", "/{id}", "204 401 403 404 503")]
    [InlineData("get", "/{id}/content", "302 401 403 404 409 410 503")]
    public void Says_what_each_operation_answers_and_each_refusal_is_a_problem(string method, string path, string statuses)
    {
        var operation = Operation(method, path);
        operation.GetProperty("summary").GetString().Should().EndWith(".");
        operation.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()).Should().Equal("Uploads");
        var responses = operation.GetProperty("responses").EnumerateObject().ToDictionary(r => r.Name, r => r.Value);
        responses.Keys.Should().BeEquivalentTo(statuses.Split(' '));
        foreach (var (_, response) in responses.Where(r => r.Key[0] is '4' or '5'))
        {
            var schema = response.GetProperty("content").GetProperty("application/problem+json").GetProperty("schema");
            Properties(schema).Should().Contain("detail").And.Contain("status");
        }
    }

    [Fact]
    public void Describes_the_request() =>
        Properties(Operation("post", "").GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema"))
            .Should().BeEquivalentTo("profile", "fileName", "contentType", "size", "checksumSha256", "partChecksums", "metadata", "association", "method");

    [Fact]
    public void Describes_the_grant()
    {
        var schema = Body("post", "", "201");
        Properties(schema).Should().BeEquivalentTo("id", "status", "writeToken", "readToken", "expiresAt", "upload");
        Properties(Resolve(schema).GetProperty("properties").GetProperty("upload")).Should().BeEquivalentTo("method", "url", "headers", "fields", "partSize", "partCount", "parts", "partChecksums");
    }

    [Theory]
    [InlineData("get", "/{id}", "200")]
    [InlineData("post", "/{id}/confirm", "200")]
    [InlineData("post", "/{id}/confirm", "202")]
    public void Describes_the_status(string method, string path, string status) =>
        Properties(Body(method, path, status)).Should().BeEquivalentTo(
            "id", "status", "profile", "fileName", "contentType", "size", "checksumSha256", "createdAt", "updatedAt", "error", "variants", "contentUrl");

    private JsonElement Operation(string method, string path)
    {
        var paths = document.GetProperty("paths").EnumerateObject().ToDictionary(p => p.Name.TrimEnd('/'), p => p.Value);
        return paths["/uploads" + path].GetProperty(method);
    }

    private JsonElement Body(string method, string path, string status) =>
        Operation(method, path).GetProperty("responses").GetProperty(status).GetProperty("content").GetProperty("application/json").GetProperty("schema");

    private string[] Properties(JsonElement schema) => [.. Resolve(schema).GetProperty("properties").EnumerateObject().Select(p => p.Name)];

    private JsonElement Resolve(JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference)
            ? document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1])
            : schema.TryGetProperty("oneOf", out var any) ? Resolve(any.EnumerateArray().Last()) : schema;
}
