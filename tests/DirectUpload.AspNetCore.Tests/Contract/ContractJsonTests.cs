using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Tests.Contract;

public sealed class ContractJsonTests(LocalS3Fixture server) : IClassFixture<LocalS3Fixture>
{
    public static TheoryData<bool> WithHostsOwnSettings => [false, true];

    [Theory]
    [MemberData(nameof(WithHostsOwnSettings))]
    public async Task Grant_HasTheContractsJson(bool snakeCase)
    {
        await using var app = await StartAsync(snakeCase);
        var put = await app.Client.RequestAsync(TestUploadRequest.Picture);
        Names(put.ShouldBe(201).Json).Should().Equal("id", "status", "writeToken", "readToken", "expiresAt", "upload");
        put.Header("content-type").Should().StartWith("application/json");
        put.Header("cache-control").Should().Be("no-store");
        put["status"].Should().Be("requested");
        put["id"].Should().MatchRegex("^[0-9a-f]{32}$");
        put["writeToken"].Should().MatchRegex("^[A-Za-z0-9_-]{43}$").And.NotBe(put["readToken"]);
        ShouldBeUtc(put, "expiresAt", TimeSpan.FromMinutes(15));
        Names(put.Json.GetProperty("upload")).Should().Equal("method", "url", "headers");
        put.Json.GetProperty("upload").GetProperty("method").GetString().Should().Be("PUT");

        var post = await app.Client.RequestAsync(TestUploadRequest.Form);
        Names(post.ShouldBe(201).Json.GetProperty("upload")).Should().Equal("method", "url", "fields");
        post.Json.GetProperty("upload").GetProperty("method").GetString().Should().Be("POST");
    }

    [Theory]
    [MemberData(nameof(WithHostsOwnSettings))]
    public async Task Status_HasTheContractsJson(bool snakeCase)
    {
        await using var app = await StartAsync(snakeCase);
        string[] always = ["id", "status", "profile", "fileName", "contentType", "size", "createdAt", "updatedAt"];
        var bytes = TestFiles.Png();
        var checksum = TestFiles.Sha256(bytes);

        var pending = await app.Client.GrantAsync();
        var status = await app.Client.StatusAsync(pending);
        Names(status.Json).Should().BeEquivalentTo(always);
        status.Header("content-type").Should().StartWith("application/json");
        status.Header("cache-control").Should().Be("no-store");
        ShouldBeUtc(status, "createdAt", TimeSpan.Zero);
        ShouldBeUtc(status, "updatedAt", TimeSpan.Zero);
        status.Json.GetProperty("size").GetInt64().Should().Be(1000);
        (status["id"], status["profile"], status["fileName"], status["contentType"])
            .Should().Be((pending.Id, "picture", "holiday.png", "image/png"));

        var ready = await app.Client.GrantAsync(TestUploadRequest.Picture with { ChecksumSha256 = checksum });
        (await new StorageClient(server.Http).UploadAsync(ready, bytes)).ShouldBe(200);
        var confirmed = await app.Client.ConfirmAsync(ready);
        Names(confirmed.ShouldBe(200).Json).Should().BeEquivalentTo([.. always, "checksumSha256", "contentUrl"]);
        confirmed.Header("cache-control").Should().Be("no-store");

        var rejected = await app.Client.GrantAsync();
        (await new StorageClient(server.Http).UploadAsync(rejected, TestFiles.Executable())).ShouldBe(200);
        Names((await app.Client.ConfirmAsync(rejected)).ShouldBeProblem(422, "mismatch").Json).Should().Contain("code")
            .And.Contain("detail");
        var shown = await app.Client.StatusAsync(rejected);
        Names(shown.Json).Should().BeEquivalentTo([.. always, "error"]);
        Names(shown.Json.GetProperty("error")).Should().Equal("code", "detail");
    }

    [Theory]
    [MemberData(nameof(WithHostsOwnSettings))]
    public async Task Problem_HasTheContractsJson(bool snakeCase)
    {
        await using var app = await StartAsync(snakeCase);
        var problem = (await app.Client.RequestAsync("{}")).ShouldBeProblem(400, "invalid-request");
        Names(problem.Json).Should().BeEquivalentTo("type", "title", "status", "detail", "code");
        Names((await app.Client.StatusAsync("x", null)).ShouldBeProblem(401, "token-missing").Json).Should().Contain("code");
    }

    [Fact]
    public async Task Request_HostWithOtherJsonNames_IsReadByTheContract()
    {
        await using var app = await StartAsync(snakeCase: true);
        var snake = """{"profile":"picture","file_name":"a.png","content_type":"image/png","size":1000}""";
        (await app.Client.RequestAsync(snake)).ShouldBeProblem(400, "invalid-request")["detail"].Should().StartWith("fileName");
    }

    private Task<UploadApp> StartAsync(bool snakeCase) => UploadApp.StartAsync(server.S3, server.Bucket, new TestHostOptions
    {
        Services = services =>
        {
            if (snakeCase)
            {
                services.ConfigureHttpJsonOptions(json =>
                {
                    json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseUpper;
                    json.SerializerOptions.DictionaryKeyPolicy = JsonNamingPolicy.SnakeCaseUpper;
                    json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
                    json.SerializerOptions.WriteIndented = true;
                });
            }
        },
    });

    private static string[] Names(JsonElement json) => [.. json.EnumerateObject().Select(property => property.Name)];

    private static void ShouldBeUtc(ApiResponse answer, string property, TimeSpan fromNow)
    {
        answer[property].Should().MatchRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)$");
        DateTimeOffset.Parse(answer[property]!).Should().BeCloseTo(DateTimeOffset.UtcNow + fromNow, TimeSpan.FromSeconds(20));
    }
}
