using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests;

/// <summary>The page of QuickStart, driven as a person would.</summary>
public abstract class QuickStartPageTests(QuickStartFixture fixture)
{
    [Fact]
    public async Task Picture_GoesByPutAndShowsAThumbnail()
    {
        await using var page = await fixture.VisitAsync();

        await page.ChooseAsync("avatar", SampleFiles.Picture());

        await page.ExpectStatusAsync(page.Rows.First, "ready");
        page.Uploads("PUT").Should().ContainSingle();
        var thumbnail = page.Rows.First.Locator("img");
        await Assertions.Expect(thumbnail).ToBeVisibleAsync();
        await Assertions.Expect(thumbnail).ToHaveJSPropertyAsync("naturalWidth", 1);
        await Assertions.Expect(page.Page.GetByTestId("record-row").First).ToHaveAttributeAsync("data-status", "ready");
        page.DialogsAndErrors.Should().BeEmpty();
    }

    [Fact]
    public async Task Document_GoesByPostAndCanBeDownloaded()
    {
        await using var page = await fixture.VisitAsync();

        await page.ChooseAsync("document", SampleFiles.Document(text: "to and fro"));

        await page.ExpectStatusAsync(page.Rows.First, "ready");
        page.Uploads("POST").Should().ContainSingle();
        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByTestId("content-link").ClickAsync());
        download.SuggestedFilename.Should().Be("notes.txt");
        (await File.ReadAllTextAsync((await download.PathAsync())!, Encoding.UTF8, TestContext.Current.CancellationToken))
            .Should().Be("to and fro");
    }

    [Fact]
    public async Task Files_SeveralAtOnce_AllBecomeReady()
    {
        await using var page = await fixture.VisitAsync();

        await page.ChooseAsync(
            "document", [.. Enumerable.Range(1, 5).Select(number => SampleFiles.Document($"page {number}.txt", $"page {number}"))]);

        await Assertions.Expect(page.Rows).ToHaveCountAsync(5);
        for (var row = 0; row < 5; row++)
            await page.ExpectStatusAsync(page.Rows.Nth(row), "ready");
        await Assertions.Expect(page.Page.GetByTestId("record-row")).ToHaveCountAsync(5);
    }

    [Fact]
    public async Task File_TooLarge_IsRefusedBeforeSending()
    {
        await using var page = await fixture.VisitAsync();

        await page.ChooseAsync("avatar", SampleFiles.Picture("poster.png", 6 * 1024 * 1024));

        await page.ExpectStatusAsync(page.Rows.First, "refused");
        await Assertions.Expect(page.Rows.First).ToContainTextAsync("5.2 MB");
        page.Uploads("PUT").Should().BeEmpty();
    }

    [Fact]
    public async Task Html_DeclaredAsPicture_IsRejected()
    {
        await using var page = await fixture.VisitAsync();

        await page.ChooseAsync("avatar", SampleFiles.HtmlNamedAsPicture());

        await page.ExpectStatusAsync(page.Rows.First, "rejected");
        await Assertions.Expect(page.Page.GetByTestId("record-row").First).ToHaveAttributeAsync("data-status", "rejected");
        await Assertions.Expect(page.Page.GetByTestId("content-link")).ToHaveCountAsync(0);
        page.DialogsAndErrors.Should().BeEmpty();
    }

    [Fact]
    public async Task Cancel_StopsSendingAndAbortsTheUpload()
    {
        await using var page = await fixture.VisitAsync();
        // Slow enough that the upload is under way when the button is pressed.
        var network = await page.Page.Context.NewCDPSessionAsync(page.Page);
        await network.SendAsync("Network.emulateNetworkConditions", new()
        {
            ["offline"] = false,
            ["latency"] = 0,
            ["downloadThroughput"] = -1,
            ["uploadThroughput"] = 100_000,
        });

        await page.ChooseAsync("avatar", SampleFiles.Picture("slow.png", 4 * 1024 * 1024));
        await page.ExpectStatusAsync(page.Rows.First, "uploading");
        await RemoveAsync(page);

        await Assertions.Expect(page.Rows).ToHaveCountAsync(0);
        await Assertions.Expect(page.Page.GetByTestId("record-row").First).ToHaveAttributeAsync("data-status", "aborted");
    }

    [Fact]
    public async Task Delete_ReadyFile_RemovesItsContent()
    {
        await using var page = await fixture.VisitAsync();
        await page.ChooseAsync("document", SampleFiles.Document());
        await page.ExpectStatusAsync(page.Rows.First, "ready");
        var content = await page.Page.GetByTestId("content-link").GetAttributeAsync("href");

        // The deletion takes longer than the page waits before it loads the records.
        await page.Page.RouteAsync("**/uploads/*", static async route =>
        {
            if (route.Request.Method == "DELETE")
                await Task.Delay(1000);
            await route.ContinueAsync();
        });
        await RemoveAsync(page);

        await Assertions.Expect(page.Page.GetByTestId("record-row").First).ToHaveAttributeAsync("data-status", "deleted");
        var answer = await page.Page.APIRequest.GetAsync(new Uri(new Uri(page.QuickStart.Address), content).AbsoluteUri);
        answer.Status.Should().Be(410);
    }

    [Fact]
    public async Task FileName_Hostile_IsShownAsPlainText()
    {
        await using var page = await fixture.VisitAsync();
        const string name = "<img src=x onerror=alert(1)>'\".png";

        await page.ChooseAsync("avatar", SampleFiles.Picture(name));

        await page.ExpectStatusAsync(page.Rows.First, "ready");
        await Assertions.Expect(page.Rows.First).ToContainTextAsync(name);
        page.DialogsAndErrors.Should().BeEmpty();
    }

    [Fact]
    public async Task LargeFile_AfterAReload_Continues()
    {
        await using var page = await fixture.VisitAsync();
        var folder = Directory.CreateTempSubdirectory("large-");
        var path = Path.Combine(folder.FullName, "film.bin");
        await using (var film = File.Create(path))
            film.SetLength(120L << 20);
        var network = await page.Page.Context.NewCDPSessionAsync(page.Page);
        var slow = new Dictionary<string, object>
        {
            ["offline"] = false,
            ["latency"] = 0,
            ["downloadThroughput"] = -1,
            ["uploadThroughput"] = 20_000_000,
        };
        await network.SendAsync("Network.emulateNetworkConditions", slow);
        await page.ChooseAsync("file", path);
        await Assertions.Expect(page.Rows.First.Locator("progress"))
            .ToHaveAttributeAsync("value", new Regex("^[2-9][0-9]"), new() { Timeout = 60_000 });

        await page.Page.ReloadAsync();
        await page.ExpectStatusAsync(page.Rows.First, "interrupted");
        await network.SendAsync("Network.emulateNetworkConditions", new(slow) { ["uploadThroughput"] = -1 });
        await page.ChooseAsync("file", path);

        await Assertions.Expect(page.Rows.First).ToHaveAttributeAsync("part", "item ready", new() { Timeout = 90_000 });
        await Assertions.Expect(page.Page.GetByTestId("record-row")).ToHaveCountAsync(1);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Page_WithoutScript_LeadsToTheForm()
    {
        await using var page = await fixture.VisitAsync(script: false);

        await page.Page.Locator(".noscript a").ClickAsync();

        await Assertions.Expect(page.Page.Locator("form input[type=file]")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Page_FitsItsWindow(int width)
    {
        await using var page = await fixture.VisitAsync(width);
        await page.ChooseAsync("document", SampleFiles.Document(new string('a', 200) + ".txt"));
        await page.ExpectStatusAsync(page.Rows.First, "ready");

        var overflow = await page.Page.EvaluateAsync<int>(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

        overflow.Should().Be(0);
    }

    private static Task RemoveAsync(QuickStartPage page) => page.Rows.First.GetByRole(AriaRole.Button).Last.ClickAsync();
}

public sealed class QuickStartPageOnLocalS3Tests(
    LocalS3QuickStart fixture) : QuickStartPageTests(fixture), IClassFixture<LocalS3QuickStart>;

public sealed class QuickStartPageOnRgwTests(RgwQuickStart fixture) : QuickStartPageTests(fixture), IClassFixture<RgwQuickStart>;
