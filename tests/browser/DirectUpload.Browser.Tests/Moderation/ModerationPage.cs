using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests.Moderation;

/// <summary>A page of samples/Moderation.</summary>
public sealed class ModerationPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _errors = [];
    private readonly string _view;
    private readonly bool _script;

    public ModerationPage(IPage page, string view, bool script)
    {
        (Page, _view, _script) = (page, view, script);
        page.PageError += (_, error) => _errors.Enqueue(error);
        // Violations of the content security policy are messages only.
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                _errors.Enqueue(message.Text);
        };
    }

    public IPage Page { get; }

    public IEnumerable<string> Errors => _errors;

    /// <summary>Gets the visitor's pictures, or those that a moderator reviews, with a name.</summary>
    public ILocator Card(string name) => Page.Locator("li.card", new() { HasText = name });

    /// <summary>Gets the row of the upload element for a file.</summary>
    public ILocator Row(string name) => Page.Locator("direct-upload li", new() { HasText = name });

    /// <summary>Draws pictures and uploads them.</summary>
    public async Task UploadAsync(params string[] names)
    {
        var files = new List<FilePayload>();
        foreach (var name in names)
        {
            var picture = await Page.EvaluateAsync<string>(
                """
                (seed) => {
                  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 420 });
                  const context = canvas.getContext('2d');
                  const sky = context.createLinearGradient(0, 0, 0, 420);
                  sky.addColorStop(0, `hsl(${seed} 60% 45%)`);
                  sky.addColorStop(1, `hsl(${seed + 60} 70% 75%)`);
                  context.fillStyle = sky;
                  context.fillRect(0, 0, 640, 420);
                  context.fillStyle = 'white';
                  context.arc(460, 150, 60, 0, 7);
                  context.fill();
                  return canvas.toDataURL('image/png').split(',')[1];
                }
                """,
                name.Sum(letter => letter) % 360);
            files.Add(new() { Name = name, MimeType = "image/png", Buffer = Convert.FromBase64String(picture) });
        }

        await Page.SetInputFilesAsync("direct-upload input[type=file]", files);
    }

    /// <summary>Reloads the moderator's page until it lists a picture, and its preview is shown.</summary>
    public async Task WaitForReviewAsync(string name)
    {
        for (var attempt = 1; attempt < 60 && await Card(name).CountAsync() == 0; attempt++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), TestContext.Current.CancellationToken);
            await Page.ReloadAsync();
        }

        // Previews are loaded when they come into view.
        await Card(name).ScrollIntoViewIfNeededAsync();
        await ExpectPictureAsync(name, 640);
    }

    /// <summary>Expects that the card shows its picture.</summary>
    public Task ExpectPictureAsync(string name, int width) =>
        Assertions.Expect(Card(name).Locator("img")).ToHaveJSPropertyAsync("naturalWidth", width);

    public Task AcceptAsync(string name) => Page.GetByRole(AriaRole.Button, new() { Name = $"Accept {name}" }).ClickAsync();

    public async Task RejectAsync(string name, string reason, string note)
    {
        await Card(name).GetByLabel("Reason").SelectOptionAsync(new SelectOptionValue { Label = reason });
        await Card(name).GetByLabel("Note to the visitor").FillAsync(note);
        await Page.GetByRole(AriaRole.Button, new() { Name = $"Reject {name}" }).ClickAsync();
    }

    /// <summary>Checks that axe-core finds nothing and that the page is not wider than the window; takes a screenshot.</summary>
    public async Task CheckAsync(string state)
    {
        if (Environment.GetEnvironmentVariable("DIRECTUPLOAD_SCREENSHOTS") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"Moderation-{state}-{_view}.png"), FullPage = true });
        if (!_script)
            return;
        var violations = await Page.EvaluateAsync<string[]>("""
            async () => (await axe.run({ rules: { 'target-size': { enabled: true } } })).violations
              .map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => html + failureSummary)}`)
            """);
        violations.Should().BeEmpty("the state is {0}", state);
        (await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth")).Should().BeFalse("{0} fits", state);
    }

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}
