using DirectUpload.TestKit;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests.Element;

/// <summary>What the element shows while a picture is processed, and which of its sizes the browser loads.</summary>
public sealed class ElementPictureTests(LocalS3Fixture server) : ElementTestBase(server)
{
    private ILocator Picture => Rows.Locator("img");

    [Fact]
    public async Task Processing_ShowsWhatTheProcessorReports()
    {
        await OpenAsync("""<direct-upload profile="photo" name="Id"></direct-upload>""");
        await ChooseAsync(SampleFiles.Picture());

        await Assertions.Expect(Rows.First).ToContainTextAsync("Checking the file · sizes 1 of 2");
        Host.PhotoGate.SetResult();

        await ReadyAsync();
        await Assertions.Expect(Rows.First).Not.ToContainTextAsync("sizes");
    }

    [Fact]
    public async Task Redisplay_LoadsTheVariantThatFits()
    {
        Host.PhotoGate.SetResult();
        Host.Redisplay = ids => $"""<direct-upload profile="photo" name="Id" value="{ids.Single()}"></direct-upload>""";
        await OpenAsync("""<direct-upload profile="photo" name="Id"></direct-upload>""");
        await ChooseAsync(SampleFiles.Picture());
        await ReadyAsync();
        await SaveAsync();

        (await LoadedAsync()).Should().Contain($"variant={TwoSizesProcessor.Small}&token=");
        (await Picture.GetAttributeAsync("src")).Should().NotContain("variant=");
        (await Picture.GetAttributeAsync("srcset")).Should().Contain("variant=large").And.EndWith(" 1600w");
    }

    [Fact]
    public async Task Redisplay_OfThePagesOwnPicture_KeepsItsSizes()
    {
        await OpenAsync(
            """
            <direct-upload profile="photo" name="Id">
              <data value="first">first.png<img src="/large.png" srcset="/small.png 88w, /large.png 1600w" alt=""></data>
            </direct-upload>
            """);

        // Which one a browser loads also depends on those that it has in its cache.
        (await LoadedAsync()).Should().EndWith(".png");
        (await Picture.GetAttributeAsync("srcset")).Should().Be("/small.png 88w, /large.png 1600w");
        (await Picture.GetAttributeAsync("sizes")).Should().Be("44px");
    }

    [Fact]
    public async Task Redisplay_OfAnImageWithoutAddress_LooksThePictureUp()
    {
        Host.PhotoGate.SetResult();
        Host.Redisplay = ids =>
            $"""
            <direct-upload profile="photo" name="Id"><data value="{ids.Single()}">photo.png<img alt="" data-later="/x"></data></direct-upload>
            """;
        await OpenAsync("""<direct-upload profile="photo" name="Id"></direct-upload>""");
        await ChooseAsync(SampleFiles.Picture());
        await ReadyAsync();
        await SaveAsync();

        (await LoadedAsync()).Should().Contain($"variant={TwoSizesProcessor.Small}&token=");
    }

    /// <summary>Waits until the browser has loaded the picture, and returns its address.</summary>
    private async Task<string> LoadedAsync()
    {
        await Picture.WaitForAsync();
        await Page.WaitForFunctionAsync(
            "() => document.querySelector('direct-upload').shadowRoot.querySelector('li img')?.complete");
        return await Picture.EvaluateAsync<string>("image => image.currentSrc");
    }
}
