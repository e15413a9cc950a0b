using System.Collections.Concurrent;
using DirectUpload.TestKit;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests;

/// <summary>The documented script reads content in a real browser, with exactly the documented CORS rules of the bucket.</summary>
public abstract class ContentByScriptTests(S3ServerFixture server)
{
    // Requests, sends and confirms an upload as the README's page does.
    private const string Upload = """
        async (address) => {
          const call = async (method, path, token, body) => {
            const headers = { 'Content-Type': 'application/json', ...(token && { 'Upload-Token': token }) };
            return (await fetch(address + path, { method, headers, body: JSON.stringify(body) })).json();
          };
          const { id, writeToken, readToken, upload } = await call('POST', '/uploads', null,
            { profile: 'any', fileName: 'notes.txt', contentType: 'text/plain', size: 10 });
          await fetch(upload.url, { method: upload.method, headers: upload.headers, body: 'to and fro' });
          const { status } = await call('POST', `/uploads/${id}/confirm`, writeToken, {});
          return [id, readToken, writeToken, status];
        }
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Content_DocumentedScript_ReadsTheBytes(bool fromOtherOrigin)
    {
        var chromium = ChromiumEngine.Require();
        await using var host = await ScriptHost.StartAsync(server);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = chromium.Path, Args = ChromiumEngine.Arguments });
        var page = await browser.NewPageAsync();
        var requests = new ConcurrentQueue<IRequest>();
        page.Request += (_, request) => requests.Enqueue(request);
        await page.GotoAsync(fromOtherOrigin ? host.OtherOrigin : host.Address);
        var grant = await page.EvaluateAsync<string[]>(Upload, host.Address);
        grant[3].Should().Be("ready");

        var script = ScriptHost.ContentScript.Replace("fetch(`/uploads", $"fetch(`{host.Address}/uploads", StringComparison.Ordinal);
        var text = await page.EvaluateAsync<string>(
            $"async ([id, readToken]) => {{ {script}\n return await bytes.text(); }}", grant);

        text.Should().Be("to and fro");
        var sent = requests.Where(request => !request.Url.StartsWith(host.Address, StringComparison.Ordinal)
            && !request.Url.StartsWith(host.OtherOrigin, StringComparison.Ordinal)).ToList();
        sent.Should().HaveCountGreaterThanOrEqualTo(2, "the upload and the download go to storage");
        foreach (var request in sent)
        {
            var headers = await request.AllHeadersAsync();
            headers.Keys.Should().NotContain("upload-token");
            (request.Url + string.Join(' ', headers.Values)).Should().NotContainAny(grant[1], grant[2]);
        }
    }

    [Fact]
    public async Task Content_RedirectWithAToken_IsRefusedByTheBucket()
    {
        var chromium = ChromiumEngine.Require();
        await using var host = await ScriptHost.StartAsync(server);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = chromium.Path, Args = ChromiumEngine.Arguments });
        var page = await browser.NewPageAsync();
        await page.GotoAsync(host.Address);
        var grant = await page.EvaluateAsync<string[]>(Upload, host.Address);

        var answer = await page.EvaluateAsync<string>(
            """
            ([id, token]) => fetch(`/uploads/${id}/content`, { headers: { 'Upload-Token': token } }).then(() => 'read', (error) => error.name)
            """,
            grant);

        answer.Should().Be("TypeError", "this is why the script asks for the URL");
    }
}

public sealed class ContentByScriptOnLocalS3Tests(
    LocalS3Fixture server) : ContentByScriptTests(server), IClassFixture<LocalS3Fixture>;

public sealed class ContentByScriptOnRgwTests(RgwFixture server) : ContentByScriptTests(server), IClassFixture<RgwFixture>;
