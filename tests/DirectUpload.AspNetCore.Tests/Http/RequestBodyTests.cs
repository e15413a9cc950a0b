using System.Text;

namespace DirectUpload.AspNetCore.Tests.Http;

public sealed class RequestBodyTests(UploadAppFixture host) : IClassFixture<UploadAppFixture>
{
    private const string Good = """{"profile":"picture","fileName":"a.png","contentType":"image/png","size":1000}""";

    private UploadClient Client => host.Client;

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("{")]
    [InlineData("not json")]
    [InlineData("{\"profile\":\"picture\",}")]
    [InlineData("{'profile':'picture'}")]
    [InlineData("{\"profile\":\"picture\"} and more")]
    [InlineData("{} {}")]
    [InlineData("// a comment\n{}")]
    [InlineData("[]")]
    [InlineData("\"picture\"")]
    [InlineData("17")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("{\"profile\":\"picture\",\"fileName\":\"\\ud800\",\"contentType\":\"image/png\",\"size\":1000}")]
    [InlineData("{\"profile\":\"picture\",\"fileName\":\"a\u0001b\",\"contentType\":\"image/png\",\"size\":1000}")]
    public async Task Body_MalformedJson_IsInvalid(string json) =>
        (await Client.RequestAsync(json)).ShouldBeProblem(400, "invalid-request");

    [Fact]
    public async Task Body_NotUtf8_IsInvalid()
    {
        byte[] body = [.. Encoding.UTF8.GetBytes("{\"profile\":\"pic"), 0xFF, 0xC0, .. "\"}"u8];
        (await Client.RequestAsync(body, "application/json")).ShouldBeProblem(400, "invalid-request");
        (await Client.RequestAsync(Encoding.Unicode.GetBytes(Good), "application/json; charset=utf-16"))
            .ShouldBeProblem(400, "invalid-request");
    }

    [Fact]
    public async Task Body_DeeplyNestedJson_IsInvalid()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"metadata\":", 5000)) + "1" + new string('}', 5000);
        (await Client.RequestAsync(deep[..60_000])).ShouldBeProblem(400, "invalid-request");
        (await Client.RequestAsync(new string('[', 60_000))).ShouldBeProblem(400, "invalid-request");
    }

    [Theory]
    [InlineData("profile", "17")]
    [InlineData("profile", "[]")]
    [InlineData("fileName", "true")]
    [InlineData("contentType", "{}")]
    [InlineData("size", "\"1000\"")]
    [InlineData("size", "1.5")]
    [InlineData("size", "9223372036854775808")]
    [InlineData("size", "1e999")]
    [InlineData("checksumSha256", "1")]
    [InlineData("metadata", "[]")]
    [InlineData("metadata", "\"x\"")]
    [InlineData("metadata.a", "1")]
    [InlineData("metadata.a", "{\"b\":\"c\"}")]
    [InlineData("association", "\"invoice 1\"")]
    [InlineData("association.id", "42")]
    [InlineData("method", "1")]
    public async Task Body_ValueOfTheWrongType_IsNamed(string path, string value)
    {
        var parts = path.Split('.');
        var property = parts.Length == 1 ? value : $"{{\"{parts[1]}\":{value}}}";
        var answer = await Client.RequestAsync($$"""{"{{parts[0]}}":{{property}}}""");
        answer.ShouldBeProblem(400, "invalid-request")["detail"].Should().Contain($"$.{path}");
    }

    [Theory]
    [InlineData("profile")]
    [InlineData("fileName")]
    [InlineData("size")]
    public async Task Body_FieldMissingNullOrEmpty_IsNamed(string field)
    {
        var all = new Dictionary<string, string>
        {
            ["profile"] = "\"picture\"",
            ["fileName"] = "\"a.png\"",
            ["contentType"] = "\"image/png\"",
            ["size"] = "1000",
        };
        foreach (var value in (string?[])[null, "null", field == "size" ? "null" : "\"\""])
        {
            var sent = all.Where(pair => pair.Key != field).Append(new(field, value!)).Where(pair => pair.Value is not null);
            var answer = await Client.RequestAsync($"{{{string.Join(',', sent.Select(pair => $"\"{pair.Key}\":{pair.Value}"))}}}");
            answer.ShouldBeProblem(400, "invalid-request")["detail"].Should().StartWith($"{field} is missing");
        }
    }

    [Fact]
    public async Task Body_UnknownProperties_AreIgnored()
    {
        var body = Good.Replace("{", """{"unknown":{"deep":[1,2]},"status":"ready","owner":"eve","id":"x",""", StringComparison.Ordinal);
        var grant = Grant.FromResponse(await Client.RequestAsync(body));
        var record = await host.App.RecordAsync(grant.Id);
        record.Owner.Should().BeNull();
        record.Status.Should().Be(UploadStatus.Requested);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("APPLICATION/JSON")]
    [InlineData("application/vnd.acme+json")]
    public async Task Body_AnyJsonContentType_IsAccepted(string contentType) =>
        (await Client.RequestAsync(Good, contentType)).ShouldBe(201);

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/jsonish")]
    [InlineData("nonsense")]
    public async Task Body_WithoutJsonContentType_IsRefused(string? contentType) =>
        (await Client.RequestAsync(Encoding.UTF8.GetBytes(Good), contentType)).ShouldBeProblem(400, "invalid-request")["detail"]
            .Should().Contain("application/json");

    [Theory]
    [InlineData("/batch", """{"uploads":[]}""")]
    [InlineData("/{id}/parts", """{"partNumbers":[1]}""")]
    public async Task Body_WithoutJsonContentType_IsRefusedWithProblemDetailsByEveryEndpoint(string path, string body)
    {
        var grant = Grant.FromResponse(await Client.RequestAsync(Good));
        foreach (var contentType in new[] { "text/plain", "application/x-www-form-urlencoded", "application/jsonish" })
        {
            (await Client.SendAsync(
                HttpMethod.Post, path.Replace("{id}", grant.Id, StringComparison.Ordinal), grant.WriteToken,
                new StringContent(body, Encoding.UTF8, contentType))).ShouldBeProblem(400, "invalid-request")["detail"]
                .Should().Contain("application/json");
        }
    }

    [Theory]
    [InlineData("resumable")]
    [InlineData("delete")]
    [InlineData("")]
    [InlineData("put ")]
    public async Task Method_Unknown_IsRefused(string method) =>
        (await Client.RequestAsync(TestUploadRequest.Picture with { Method = method })).ShouldBeProblem(400, "invalid-request")["detail"]
            .Should().Contain("method");

    [Theory]
    [InlineData("put", "picture", 201)]
    [InlineData("PUT", "picture", 201)]
    [InlineData("post", "form", 201)]
    [InlineData("post", "picture", 400)]
    [InlineData("put", "form", 400)]
    public async Task Method_NotTheProfiles_IsRefused(string method, string profile, int status) =>
        (await Client.RequestAsync(TestUploadRequest.Picture with { Method = method, Profile = profile })).ShouldBe(status);
}
