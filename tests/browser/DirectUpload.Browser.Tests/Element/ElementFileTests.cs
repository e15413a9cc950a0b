using DirectUpload.TestKit;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests.Element;

/// <summary>Tests how files come in, are shown, and go.</summary>
public sealed class ElementFileTests(LocalS3Fixture server) : ElementTestBase(server)
{
    [Fact]
    public async Task FilesThatAreNotAccepted_AreRefusedInWords()
    {
        await OpenAsync("""
            <direct-upload profile="any" multiple accept="image/*,.pdf,application/msword" max-size="5000" max-files="2"></direct-upload>
            """);
        (await Page.Locator("direct-upload .hint").TextContentAsync()).Should().Be("Images, PDF, Word · up to 5 kB · up to 2 files");
        using var held = Host.Storage.HoldParts(0);

        await ChooseAsync(
            File("song.mp3", type: "audio/mpeg"), File("big.png", 6000, "image/png"), File("a.PDF", type: "application/pdf"),
            File("b.png", type: "image/png"), File("c.png", type: "image/png"));

        var texts = await Rows.AllInnerTextsAsync();
        texts.Should().HaveCount(5);
        texts.Should().ContainSingle(text => text.Contains("song.mp3") && text.Contains("Choose one of these: Images, PDF, Word."));
        texts.Should().ContainSingle(text => text.Contains("big.png") && text.Contains("This file is 6 kB. Choose one of at most 5 kB."));
        texts.Should().ContainSingle(text => text.Contains("c.png") && text.Contains("At most 2 files"));
        await UntilAsync(async () => (await Host.RecordsAsync()).Count == 2);
    }

    [Fact]
    public async Task DroppedFile_IsUploaded()
    {
        await OpenAsync("""<direct-upload profile="any"></direct-upload>""");

        await Page.Locator("direct-upload .chooser").EvaluateAsync("""
            button => {
              const dataTransfer = new DataTransfer();
              dataTransfer.items.add(new File(['bytes'], 'dropped.txt', { type: 'text/plain' }));
              button.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, composed: true, cancelable: true }));
            }
            """);

        await ReadyAsync();
        (await Host.RecordsAsync()).Single().FileName.Should().Be("dropped.txt");
    }

    [Fact]
    public async Task PastedPicture_IsUploaded()
    {
        await OpenAsync("""<direct-upload profile="any"></direct-upload>""");

        await Page.Locator("direct-upload .chooser").EvaluateAsync("""
            button => {
              const clipboardData = new DataTransfer();
              clipboardData.items.add(new File(['bytes'], 'image.png', { type: 'image/png' }));
              button.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true, cancelable: true }));
            }
            """);

        await Rows.Filter(new() { HasText = "image.png" }).WaitForAsync();
    }

    [Fact]
    public async Task AnotherFile_ReplacesThePresentOneWhenItIsReady()
    {
        await OpenAsync("""<direct-upload profile="any" name="Id"></direct-upload>""");
        await ChooseAsync(File("old.txt"));
        await ReadyAsync();
        var old = await ValueAsync();
        using (Host.Storage.HoldParts(0))
        {
            await ChooseAsync(File("new.txt"));
            await UntilAsync(async () => await Rows.CountAsync() == 2);
            (await ValueAsync()).Should().Be(old);
        }

        await Page.WaitForFunctionAsync("old => ![old, ''].includes(document.querySelector('direct-upload').value)", old);

        (await Rows.CountAsync()).Should().Be(1);
        (await Host.RecordsAsync()).Single(record => record.FileName == "old.txt").Status
            .Should().Be(UploadStatus.Ready, "a script may have saved its id");
    }

    [Fact]
    public async Task Remove_DeletesAtTheApplicationAndKeepsTheFocus()
    {
        await OpenAsync("""<direct-upload profile="any" name="Id" multiple></direct-upload>""");
        await ChooseAsync(File("a.txt"), File("b.txt"));
        await ReadyAsync(2);

        await Page.GetByRole(AriaRole.Button, new() { Name = "Remove a.txt" }).PressAsync("Enter");

        (await FocusedAsync("ariaLabel")).Should().Be("Remove b.txt");
        await Page.Keyboard.PressAsync("Enter");
        (await FocusedAsync("className")).Should().Be("chooser");
        await UntilAsync(async () => (await Host.RecordsAsync()).All(record => record.Status == UploadStatus.Deleted));
    }

    [Fact]
    public async Task InterruptedUpload_IsOfferedAfterAReload()
    {
        await OpenAsync("""<direct-upload profile="any" name="Id"></direct-upload>""");
        using (Host.Storage.HoldParts(0))
        {
            await ChooseAsync(File("notes.txt"));
            await UntilAsync(() => Task.FromResult(Host.Storage.WaitingRequests > 0));
            await Page.ReloadAsync();
            await Rows.Filter(new() { HasText = "Not finished" }).WaitForAsync();
        }

        await ChooseAsync(File("notes.txt"));

        await ReadyAsync();
        (await Rows.CountAsync()).Should().Be(1);
    }

    [Fact]
    public async Task MovedElement_KeepsItsUploads()
    {
        await OpenAsync("""<direct-upload profile="any" name="Id"></direct-upload><p></p>""");
        using (Host.Storage.HoldParts(0))
        {
            await ChooseAsync(File("notes.txt"));
            await Rows.First.WaitForAsync();
            await Page.EvaluateAsync("document.querySelector('p').append(document.querySelector('direct-upload'))");
        }

        await ReadyAsync();
        (await Page.EvaluateAsync<string>("new FormData(document.forms[0]).get('Id')")).Should().Be(await ValueAsync());
    }

    [Fact]
    public async Task Elements_WithTheSameEndpoint_ShareOneClient()
    {
        await OpenAsync("""<direct-upload profile="any"></direct-upload><direct-upload profile="picture"></direct-upload>""");

        (await Page.EvaluateAsync<bool>("(([a, b]) => a.client === b.client)(document.querySelectorAll('direct-upload'))"))
            .Should().BeTrue();
    }

    [Fact]
    public async Task Events_BubbleWithTheUpload()
    {
        await OpenAsync("""<direct-upload profile="any" name="Id"></direct-upload>""");
        await Page.EvaluateAsync("""
            window.events = [];
            for (const type of ['input', 'change', 'upload-progress', 'upload-ready', 'upload-removed', 'upload-error'])
              document.addEventListener(type, ({ type, detail, target }) =>
                events.push([type, target.value, detail?.upload?.file.name ?? ''].join()));
            """);

        await ChooseAsync(File("notes.txt"));
        await ReadyAsync();

        var id = await ValueAsync();
        var events = await Page.EvaluateAsync<string[]>("events");
        events.Should().ContainInOrder($"input,{id},", $"change,{id},", $"upload-ready,{id},notes.txt");
        events.Should().Contain("upload-progress,,notes.txt");

        await Page.EvaluateAsync("""
            events.length = 0;
            window.removal = new Promise((resolve) => addEventListener('upload-removed', () => resolve()));
            void 0;
            """);
        await Element.GetByRole(AriaRole.Button).Last.ClickAsync();
        await Page.EvaluateAsync("removal");
        (await Page.EvaluateAsync<string[]>("events")).Should().Equal("input,,", "change,,", "upload-removed,,notes.txt");
    }

    private Task<string> FocusedAsync(string property) =>
        Element.EvaluateAsync<string>("(element, property) => element.shadowRoot.activeElement[property]", property);
}
