using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DirectUpload.Samples.Tests.Moderation;

/// <summary>A browser of samples/Moderation, of a visitor or a moderator.</summary>
public sealed class ModerationVisitor(HttpClient http) : IDisposable
{
    // A whole PNG of 1 × 1 pixel.
    private static readonly byte[] Picture = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static readonly HttpClient Storage = new();

    public HttpClient Http => http;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public async Task<HttpResponseMessage> SignInAsync(string password)
    {
        var token = FindToken(await http.GetStringAsync("/sign-in", CancellationToken));
        return await SendFormAsync("/sign-in", token, ("Password", password));
    }

    public async Task SignOutAsync()
    {
        var token = FindToken(await http.GetStringAsync("/", CancellationToken));
        (await SendFormAsync("/sign-in?handler=Out", token)).StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    /// <summary>Uploads a picture and confirms it.</summary>
    public async Task<PictureUpload> UploadAsync(string fileName = "beach.png")
    {
        var requested = await http.PostAsJsonAsync(
            "/uploads", new { profile = "picture", fileName, contentType = "image/png", size = Picture.Length }, CancellationToken);
        var grant = await ReadJsonAsync(requested.EnsureSuccessStatusCode());
        var upload = grant.GetProperty("upload");
        using var put = new HttpRequestMessage(HttpMethod.Put, upload.GetProperty("url").GetString())
        {
            Content = new ByteArrayContent(Picture),
        };
        foreach (var header in upload.GetProperty("headers").EnumerateObject())
        {
            if (!put.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString()))
                put.Content.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString());
        }

        (await Storage.SendAsync(put, CancellationToken)).EnsureSuccessStatusCode();
        var id = grant.GetProperty("id").GetString()!;
        using var confirm = new HttpRequestMessage(HttpMethod.Post, $"/uploads/{id}/confirm")
        {
            Content = JsonContent.Create(new { }),
            Headers = { { "Upload-Token", grant.GetProperty("writeToken").GetString() } },
        };
        (await http.SendAsync(confirm, CancellationToken)).StatusCode.Should().Be(HttpStatusCode.Accepted, "processing takes a worker");
        return new(id, grant.GetProperty("readToken").GetString()!);
    }

    /// <summary>Gets the status object, as the client does.</summary>
    public async Task<JsonElement> GetStatusAsync(PictureUpload upload) =>
        await ReadJsonAsync(await GetAsync($"/uploads/{upload.Id}", upload));

    /// <summary>Waits until the upload has a status.</summary>
    public async Task<JsonElement> WaitForAsync(PictureUpload upload, string status)
    {
        while (true)
        {
            var current = await GetStatusAsync(upload);
            if (current.GetProperty("status").GetString() is var reached && reached == status)
                return current;
            reached.Should().BeOneOf("uploaded", "processing");
            await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken);
        }
    }

    /// <summary>Waits until the moderator's page lists the upload.</summary>
    public async Task<string> WaitForReviewAsync(PictureUpload upload)
    {
        while (true)
        {
            var page = await http.GetStringAsync("/moderation", CancellationToken);
            if (page.Contains($"data-id=\"{upload.Id}\"", StringComparison.Ordinal))
                return page;
            await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken);
        }
    }

    /// <summary>Gets an address with the token of an upload.</summary>
    public async Task<HttpResponseMessage> GetAsync(string path, PictureUpload upload)
    {
        using var get = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Upload-Token", upload.ReadToken } } };
        return await http.SendAsync(get, CancellationToken);
    }

    public Task<HttpResponseMessage> GetPreviewAsync(PictureUpload upload) =>
        http.GetAsync($"/moderation?id={upload.Id}&handler=Picture", CancellationToken);

    public Task<HttpResponseMessage> AcceptAsync(PictureUpload upload) => DecideAsync(upload, "Accept");

    public Task<HttpResponseMessage> RejectAsync(PictureUpload upload, string reason, string note = "") =>
        DecideAsync(upload, "Reject", ("reason", reason), ("note", note));

    /// <summary>Sends a decision with the antiforgery token of the page, and returns what the next page says about it.</summary>
    public async Task<string> DecideAndReadAsync(Func<Task<HttpResponseMessage>> decide)
    {
        var answer = await decide();
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.Should().Be("/moderation");
        var page = await http.GetStringAsync("/moderation", CancellationToken);
        return WebUtility.HtmlDecode(Regex.Match(page, "<p class=\"notice[^>]*>(.*?)</p>").Groups[1].Value);
    }

    public async Task<HttpResponseMessage> SendFormAsync(string path, string? token, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", token ?? string.Empty)).ToDictionary(field => field.Item1, field => field.Item2));
        return await http.PostAsync(path, form, CancellationToken);
    }

    public async Task<byte[]> ReadStorageAsync(string url) => await Storage.GetByteArrayAsync(url, CancellationToken);

    public async Task<HttpStatusCode> AskStorageAsync(string url) => (await Storage.GetAsync(url, CancellationToken)).StatusCode;

    /// <summary>Waits until storage has no object: it is deleted after the status is stored.</summary>
    public async Task WaitUntilDeletedAsync(string url)
    {
        while (await AskStorageAsync(url) is var status && status != HttpStatusCode.NotFound)
        {
            status.Should().Be(HttpStatusCode.OK);
            await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken);
        }
    }

    public void Dispose() => http.Dispose();

    // The sign-in page has a token for everyone.
    private async Task<HttpResponseMessage> DecideAsync(
        PictureUpload upload, string handler, params (string Name, string Value)[] fields) => await SendFormAsync(
            $"/moderation?id={upload.Id}&handler={handler}",
            FindToken(await http.GetStringAsync("/sign-in", CancellationToken)), fields);

    private static string FindToken(string page) =>
        Regex.Match(page, "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;

    private static async Task<JsonElement> ReadJsonAsync(HttpResponseMessage answer) =>
        await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken);
}

/// <summary>An upload with the token that its client got.</summary>
public sealed record PictureUpload(string Id, string ReadToken);
