using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace DirectUpload.Samples.Tests;

/// <summary>The API of samples/MinimalApi.Jwt, with tokens of its local issuer.</summary>
public sealed class MinimalApiJwtTests(MinimalApiJwtFactory api) : IClassFixture<MinimalApiJwtFactory>
{
    private const string UploadUrl = "/upload-url?fileName=contract.txt&contentType=text/plain&size=11";

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UploadUrl_FileSent_CanBeAttachedListedAndRead()
    {
        using var ada = await api.SignInAsync("ada");
        var id = await UploadAsync(ada);
        var documents = await CreateCaseAsync(ada);

        (await ada.PutAsync($"{documents}/{id}", null, CancellationToken)).StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await ada.PutAsync($"{documents}/{id}", null, CancellationToken)).StatusCode.Should().Be(HttpStatusCode.NoContent);

        var listed = (await ada.GetFromJsonAsync<JsonElement>(documents, CancellationToken)).EnumerateArray().ToList();
        listed.Should().ContainSingle();
        listed[0].GetProperty("fileName").GetString().Should().Be("contract.txt");
        (await ReadAsync(ada, listed[0].GetProperty("contentUrl").GetString()!)).Should().Be("hello world");

        (await ada.DeleteAsync($"{documents}/{id}", CancellationToken)).StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await ada.GetFromJsonAsync<JsonElement>(documents, CancellationToken)).GetArrayLength().Should().Be(0);
    }

    [Theory]
    [InlineData(UploadUrl)]
    [InlineData("/uploads/0190163d8694739b8aa4de0ee8ea3d6b/content")]
    [InlineData("/cases/1/documents")]
    public async Task Request_WithoutToken_IsUnauthorized(string path)
    {
        using var anonymous = api.CreateClient();

        (await anonymous.GetAsync(path, CancellationToken)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Request_TokenChanged_IsUnauthorized()
    {
        using var ada = await api.SignInAsync("ada");
        var token = ada.DefaultRequestHeaders.Authorization!.Parameter!;
        var parts = token.Split('.');
        var payload = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]));
        parts[1] = System.Buffers.Text.Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes(payload.Replace("ada", "eve", StringComparison.Ordinal)));
        using var eve = api.CreateClient(string.Join('.', parts));

        (await eve.GetAsync(UploadUrl, CancellationToken)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("uploads:read")]
    [InlineData("uploads:write-nothing")]
    [InlineData("")]
    public async Task Request_WithoutTheScope_IsForbiddenOnEveryRoute(string scope)
    {
        using var reader = await api.SignInAsync("reader", scope);

        var byUrl = await reader.GetAsync(UploadUrl, CancellationToken);
        var byUploads = await reader.PostAsJsonAsync(
            "/uploads", new { profile = "document", fileName = "a.txt", contentType = "text/plain", size = 1 }, CancellationToken);

        byUrl.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        byUploads.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await GetCodeAsync(byUrl)).Should().Be("forbidden");
    }

    [Theory]
    [InlineData("a.exe", "application/x-msdownload", 10, HttpStatusCode.UnsupportedMediaType, "type-not-allowed")]
    [InlineData("a.txt", "text/plain", 52_428_801, HttpStatusCode.RequestEntityTooLarge, "too-large")]
    [InlineData("a.txt", "text/plain", 0, HttpStatusCode.BadRequest, "too-small")]
    [InlineData("a.txt", "text/plain", -1, HttpStatusCode.BadRequest, "invalid-request")]
    public async Task UploadUrl_FileThatTheProfileRefuses_IsAProblem(
        string fileName, string contentType, long size, HttpStatusCode status, string code)
    {
        using var ada = await api.SignInAsync("ada");

        var answer = await ada.GetAsync(
            $"/upload-url?fileName={fileName}&contentType={Uri.EscapeDataString(contentType)}&size={size}", CancellationToken);

        answer.StatusCode.Should().Be(status);
        (await GetCodeAsync(answer)).Should().Be(code);
    }

    [Fact]
    public async Task Attach_UploadOfAnotherUser_IsNotFound()
    {
        using var ada = await api.SignInAsync("ada");
        using var eve = await api.SignInAsync("eve");
        var id = await UploadAsync(ada);
        var documents = await CreateCaseAsync(eve);

        var attached = await eve.PutAsync($"{documents}/{id}", null, CancellationToken);
        var read = await eve.GetAsync($"/uploads/{id}/content", CancellationToken);

        attached.StatusCode.Should().Be(HttpStatusCode.NotFound);
        read.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Attach_CaseOfAnotherUser_IsNotFound()
    {
        using var ada = await api.SignInAsync("ada");
        using var eve = await api.SignInAsync("eve");
        var documents = await CreateCaseAsync(ada);
        var id = await UploadAsync(eve);

        var attached = await eve.PutAsync($"{documents}/{id}", null, CancellationToken);

        attached.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await eve.GetAsync(documents, CancellationToken)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await ada.GetFromJsonAsync<JsonElement>(documents, CancellationToken)).GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task Attach_NotConfirmedOrElsewhere_IsAConflict()
    {
        using var ada = await api.SignInAsync("ada");
        var pending = (await ada.GetFromJsonAsync<JsonElement>(UploadUrl, CancellationToken)).GetProperty("id").GetString();
        var attachedId = await UploadAsync(ada);
        var (first, second) = (await CreateCaseAsync(ada), await CreateCaseAsync(ada));
        await ada.PutAsync($"{first}/{attachedId}", null, CancellationToken);

        var early = await ada.PutAsync($"{first}/{pending}", null, CancellationToken);
        var elsewhere = await ada.PutAsync($"{second}/{attachedId}", null, CancellationToken);

        early.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await GetCodeAsync(early)).Should().Be("not-ready");
        elsewhere.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await GetCodeAsync(elsewhere)).Should().Be("attached-elsewhere");
    }

    [Fact]
    public async Task OpenApi_Document_DescribesTheRoutesAndTheToken()
    {
        using var anonymous = api.CreateClient();

        var document = await anonymous.GetFromJsonAsync<JsonElement>("/openapi/v1.json", CancellationToken);

        document.GetProperty("paths").EnumerateObject().Select(path => path.Name)
            .Should().Contain(["/upload-url", "/uploads", "/uploads/{id}/confirm", "/cases/{id}/documents/{upload}", "/token"]);
        document.GetProperty("components").GetProperty("securitySchemes").GetProperty("Bearer").GetProperty("scheme").GetString()
            .Should().Be("bearer");
        document.GetProperty("security").GetArrayLength().Should().Be(1);
    }

    [Fact]
    public async Task Scalar_Page_LoadsItsScriptFromTheApplication()
    {
        using var anonymous = api.CreateClient();

        var page = await anonymous.GetStringAsync("/scalar/", CancellationToken);

        page.Should().Contain("Cases and their documents").And.Contain("openapi/v1.json");
        page.Should().NotMatchRegex("(src|href)=\"https?://");
    }

    private static async Task<string> UploadAsync(HttpClient client)
    {
        var granted = await client.GetAsync(UploadUrl, CancellationToken);
        granted.EnsureSuccessStatusCode();
        granted.Headers.CacheControl!.NoStore.Should().BeTrue();
        var grant = await granted.Content.ReadFromJsonAsync<JsonElement>(CancellationToken);
        using var storage = new HttpClient();
        using var put = new HttpRequestMessage(HttpMethod.Put, grant.GetProperty("url").GetString())
        {
            Content = new ByteArrayContent("hello world"u8.ToArray()),
        };
        foreach (var header in grant.GetProperty("headers").EnumerateObject())
        {
            if (!put.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString()))
                put.Content.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString());
        }

        (await storage.SendAsync(put, CancellationToken)).EnsureSuccessStatusCode();
        using var confirm = new HttpRequestMessage(HttpMethod.Post, grant.GetProperty("confirmUrl").GetString())
        {
            Content = JsonContent.Create(new { }),
            Headers = { { "Upload-Token", grant.GetProperty("writeToken").GetString() } },
        };
        var confirmed = await (await client.SendAsync(confirm, CancellationToken)).Content
            .ReadFromJsonAsync<JsonElement>(CancellationToken);
        confirmed.GetProperty("status").GetString().Should().Be("ready");
        return grant.GetProperty("id").GetString()!;
    }

    private static async Task<string> CreateCaseAsync(HttpClient client)
    {
        var created = await client.PostAsJsonAsync("/cases", new { title = "A case" }, CancellationToken);
        created.StatusCode.Should().Be(HttpStatusCode.Created);
        return $"{created.Headers.Location}/documents";
    }

    private static async Task<string> ReadAsync(HttpClient client, string contentUrl)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, contentUrl) { Headers = { { "Accept", "application/json" } } };
        var answer = await (await client.SendAsync(ask, CancellationToken)).Content.ReadFromJsonAsync<JsonElement>(CancellationToken);
        using var storage = new HttpClient();
        return await storage.GetStringAsync(answer.GetProperty("url").GetString(), CancellationToken);
    }

    private static async Task<string?> GetCodeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken)).GetProperty("code").GetString();
}
