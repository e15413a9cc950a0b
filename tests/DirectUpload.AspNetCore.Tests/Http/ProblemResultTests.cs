using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DirectUpload.AspNetCore.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Tests.Http;

public sealed class ProblemResultTests
{
    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(408)]
    [InlineData(409)]
    [InlineData(410)]
    [InlineData(413)]
    [InlineData(415)]
    [InlineData(422)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(501)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task Execute_EachStatus_MatchesTheFrameworksOutput(int status)
    {
        var ours = await WriteAsync(new ProblemResult(status, "a-code", "A \"detail\", with a <sign>."));
        var frameworks = await WriteAsync(
            Results.Problem("A \"detail\", with a <sign>.", statusCode: status, extensions: [new("code", "a-code")]));

        ours.Should().Be(frameworks.Replace("\\\"", "\\u0022", StringComparison.Ordinal).Replace("<", "\\u003C", StringComparison.Ordinal)
            .Replace(">", "\\u003E", StringComparison.Ordinal), "the JSON is the same, with more of it escaped");
    }

    [Fact]
    public void From_EachReason_HasAStatus()
    {
        // What only a record can hold, or only a call of the application returns, is no answer to a request.
        string[] others =
        [
            UploadErrorCodes.ProcessingFailed, UploadErrorCodes.ClientReported, UploadErrorCodes.Unattached, UploadErrorCodes.Replaced,
            UploadErrorCodes.DecisionMissing,
            UploadErrorCodes.NotReady, UploadErrorCodes.WrongProfile, UploadErrorCodes.AttachedElsewhere,
        ];
        foreach (var code in typeof(UploadErrorCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!).Except(others))
        {
            code.Should().MatchRegex("^[a-z-]+$");
            Problems.GetStatus(code).Should().BeInRange(400, 499);
        }
    }

    [Fact]
    public async Task Execute_HostWithoutItsJsonTypes_StillWrites()
    {
        await using var app = await UploadApp.StartAsync(new TestHostOptions
        {
            // As in a trimmed or native AOT host: its JSON knows none of the library's types.
            Services = services =>
            {
                TestSignIn.Add(services);
                services.ConfigureHttpJsonOptions(options =>
                {
                    options.SerializerOptions.TypeInfoResolverChain.Clear();
                    options.SerializerOptions.TypeInfoResolverChain.Add(new NoTypes());
                });
                services.AddHealthChecks().AddDirectUploads();
            },
            Pipeline = TestSignIn.Use,
            Map = app =>
            {
                app.MapDirectUploads("/uploads").AllowAnonymous();
                app.MapDirectUploads("/closed");
                app.MapUppyUploads("/uppy", "uppy").RequireAuthorization();
                app.MapStorageEvents("/storage-events", options => options.Secret = "correct-horse-battery");
                app.MapHealthChecks("/health");
            },
        });
        var client = app.Client;
        var root = app.ClientOf("").As("ada");

        var grant = await client.GrantAsync();
        (await client.RequestAsync("{")).ShouldBeProblem(400, "invalid-request");
        (await client.RequestAsync(TestUploadRequest.Picture with { Profile = "none" })).ShouldBeProblem(400, "unknown-profile");
        (await client.RequestAsync(TestUploadRequest.Picture with { Size = 10_000_000 })).ShouldBeProblem(413, "too-large");
        (await client.RequestAsync(TestUploadRequest.Picture with { ContentType = "text/html" })).ShouldBeProblem(415, "type-not-allowed");
        (await client.StatusAsync(grant.Id, null)).ShouldBeProblem(401, "token-missing");
        (await client.StatusAsync(grant.Id, UploadToken.Create().Value)).ShouldBeProblem(404, "not-found");
        (await client.DeleteAsync(grant.Id, grant.ReadToken)).ShouldBeProblem(403, "token-invalid");
        (await client.ContentAsync(grant)).ShouldBeProblem(409, "conflict");
        (await client.ConfirmAsync(grant)).ShouldBeProblem(503, "storage-unavailable");
        (await client.StatusAsync(grant)).ShouldBe(200)["status"].Should().Be("requested");
        (await app.ClientOf("/closed").RequestAsync(TestUploadRequest.Picture)).ShouldBeProblem(403, "forbidden");
        (await root.SendAsync(HttpMethod.Post, "/storage-events")).ShouldBeProblem(401, "unauthorized");
        (await root.SendAsync(HttpMethod.Post, "/uppy/sign", content: Json("{}"))).ShouldBe(400)["error"].Should().NotBeEmpty();
        (await root.SendAsync(HttpMethod.Get, "/uppy/s3/params?filename=a.png&type=image/png")).ShouldBe(200)["method"].Should().Be("POST");
        (await root.SendAsync(HttpMethod.Get, "/health")).Code.Should().Be(503);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task<string> WriteAsync(IResult result)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        context.Response.Body = body;
        await result.ExecuteAsync(context);
        return $"{context.Response.StatusCode} {context.Response.ContentType} {Encoding.UTF8.GetString(body.ToArray())}";
    }

    private sealed class NoTypes : IJsonTypeInfoResolver
    {
        public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) => null;
    }
}
