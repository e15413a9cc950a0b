using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests.Mvc;

/// <summary>A user of samples/Mvc, in a browser of its own.</summary>
public sealed class MvcUser : IAsyncDisposable
{
    private const string Password = "a long enough password";

    // Requests an upload and takes as many further steps as the test needs; returns the id.
    private const string CreateUpload = """
        async ([profile, end]) => {
          const call = (method, path, token, body) => fetch(path, {
            method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', ...(token && { 'Upload-Token': token }) } });
          const image = Uint8Array.from(atob('IMAGE'), (letter) => letter.charCodeAt(0));
          const bytes = end === 'rejected' ? '<!doctype html><script>alert(1)</script>' : image;
          const file = new File([bytes], 'made.png', { type: 'image/png' });
          const grant = await (await call('POST', '/uploads', null,
            { profile, fileName: file.name, contentType: file.type, size: file.size })).json();
          if (end === 'requested') return grant.id;
          const form = new FormData();
          for (const [name, value] of Object.entries(grant.upload.fields)) form.append(name, value);
          form.append('file', file);
          await fetch(grant.upload.url, { method: 'POST', body: form });
          await call('POST', `/uploads/${grant.id}/confirm`, grant.writeToken, {});
          if (end === 'deleted') await call('DELETE', `/uploads/${grant.id}`, grant.writeToken);
          return grant.id;
        }
        """;

    private readonly MvcFixture _fixture;
    private readonly ConcurrentQueue<string> _errors = [];
    private readonly ConcurrentQueue<string> _sentToStorage = [];

    public MvcUser(IPage page, MvcFixture fixture)
    {
        (Page, _fixture) = (page, fixture);
        page.PageError += (_, error) => _errors.Enqueue(error);
        page.Request += (_, request) =>
        {
            if (request.Method != "GET" && request.Url.StartsWith(fixture.S3Endpoint, StringComparison.Ordinal))
                _sentToStorage.Enqueue(request.Method);
        };
    }

    public IPage Page { get; }

    public string Email { get; } = $"{Guid.NewGuid():N}@example.com";

    /// <summary>Gets the methods of the requests by which this browser sent files to storage.</summary>
    public IEnumerable<string> SentToStorage => _sentToStorage;

    public IEnumerable<string> ScriptErrors => _errors;

    /// <summary>
    /// Gets the uploaded files of the form: those that the server renders, and those of the element, which a browser without script shows as
    /// plain content.
    /// </summary>
    public ILocator Files => Page.Locator("[data-file], direct-upload [part~=ready], direct-upload > data:visible");

    public async Task RegisterAsync(string name)
    {
        await Page.GotoAsync("/account/register");
        await Page.GetByLabel("Display name").FillAsync(name);
        await Page.GetByLabel("Email").FillAsync(Email);
        await Page.GetByLabel("Password").FillAsync(Password);
        await Page.ClickAsync("main button");
        await Assertions.Expect(Page).ToHaveURLAsync(new Regex("/profile$"));
    }

    public Task SignInAsync() => SignInAsync(Email, Password);

    public async Task SignInAsync(string email, string password)
    {
        await Page.GotoAsync("/account/sign-in");
        await Page.GetByLabel("Email").FillAsync(email);
        await Page.GetByLabel("Password").FillAsync(password);
        await Page.ClickAsync("main button");
    }

    public Task ChooseAsync(params FilePayload[] files) => Page.SetInputFilesAsync("direct-upload input[type=file]", files);

    public Task SaveAsync() => Page.ClickAsync("button[data-save]:not(.unseen)");

    public async Task SaveAndExpectNoticeAsync()
    {
        await SaveAsync();
        await Assertions.Expect(Page.Locator(".notice")).ToContainTextAsync("is saved");
    }

    /// <summary>Makes an upload that ends as the test needs it, and returns its id.</summary>
    public async Task<string> CreateUploadAsync(string profile, string end) => await Page.EvaluateAsync<string>(
        CreateUpload.Replace("IMAGE", Convert.ToBase64String(SampleFiles.Picture().Buffer), StringComparison.Ordinal),
        new[] { profile, end });

    /// <summary>Puts an id into the form, as an attacker would.</summary>
    public Task AddFieldAsync(string name, string value) => Page.EvaluateAsync(
        """
        ([name, value]) => {
          for (const own of document.querySelectorAll('direct-upload, [data-file]')) own.remove();
          const field = Object.assign(document.createElement('input'), { type: 'hidden', name, value });
          document.querySelector('main form').append(field);
        }
        """,
        new[] { name, value });

    /// <summary>Waits until all images of the form are shown, and returns the names of their files.</summary>
    public async Task<IReadOnlyList<string>> GetShownFilesAsync()
    {
        await Page.WaitForFunctionAsync(
            """
            () => [document, ...[...document.querySelectorAll('direct-upload')].map((element) => element.shadowRoot)]
              .flatMap((root) => [...root.querySelectorAll('[data-file] img, li img')])
              .every((image) => image.complete && image.naturalWidth > 0)
            """);
        return await Files.Locator("[data-name], .name").AllInnerTextsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Environment.GetEnvironmentVariable("DIRECTUPLOAD_SCREENSHOTS") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new()
            {
                Path = Path.Combine(folder, $"Mvc-{TestContext.Current.TestMethod?.MethodName}-{Email[..4]}.png"),
                FullPage = true,
            });
        await Page.Context.CloseAsync();
    }
}
