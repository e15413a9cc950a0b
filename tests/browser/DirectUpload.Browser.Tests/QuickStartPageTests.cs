using System.Text;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests;

/// <summary>The page of QuickStart, driven as a person would.</summary>
public abstract class QuickStartPageTests(QuickStartFixture fixture)
{
    [Fact]
    public async Task A_picture_goes_to_S3_by_PUT_and_comes_back_as_a_thumbnail()
    {
        await using var page = await fixture.VisitAsync();

        await page.ChooseAsync("avatar", SampleFiles.Picture());

        await page.ExpectStatusAsync(page.Rows.First, "ready");
        page.Uploads("PUT").Should().ContainSingle();
        var thumbnail = page.Rows.First.GetByTestId("thumbnail");
        await Assertions.Expect(thumbnail).ToBeVisibleAsync();
        await Assertions.Expect(thumbnail).ToHaveJSPropertyAsync("naturalWidth", 1);
        await Assertions.Expect(page.Page.GetByTestId("record-row").First).ToHaveAttributeAsync("data-status", "ready");
        page.Alarms.Should().BeEmpty();
    }

    [Fact]
    public async Task A_document_goes_to_S3_by_POST_and_its_link_gives_it_back()
    {
        await using var page = await fixture.VisitAsync();

        await page.ChooseAsync("document", SampleFiles.Document(text: "to and fro"));

        await page.ExpectStatusAsync(page.Rows.First, "ready");
        page.Uploads("POST").Should().ContainSingle();
        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Rows.First.GetByTestId("content-link").ClickAsync());
        download.SuggestedFilename.Should().Be("notes.txt");
        (await File.ReadAllTextAsync((await download.PathAsync())!, Encoding.UTF8, TestContext.Current.CancellationToken)).Should().Be("to and fro");
    }

    [Fact]
    public async Task Several_files_at_once_all_become_ready()
    {
        await using var page = await fixture.VisitAsync();

        await page.ChooseAsync("document", [.. Enumerable.Range(1, 5).Select(number => SampleFiles.Document($"page {number}.txt", $"page {number}"))]);

        await Assertions.Expect(page.Rows).ToHaveCountAsync(5);
        for (var row = 0; row < 5; row++)
            await page.ExpectStatusAsync(page.Rows.Nth(row), "ready");
        await Assertions.Expect(page.Page.GetByTestId("record-row")).ToHaveCountAsync(5);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_with_the_limit_before_a_byte_is_sent()
    {
        await using var page = await fixture.VisitAsync();

        await page.ChooseAsync("avatar", SampleFiles.Picture("poster.png", 6 * 1024 * 1024));

        await page.ExpectStatusAsync(page.Rows.First, "error");
        await Assertions.Expect(page.Rows.First).ToHaveAttributeAsync("data-error-code", "too-large");
        await Assertions.Expect(page.Rows.First.GetByTestId("error")).ToContainTextAsync("5,242,880");
        page.Uploads("PUT").Should().BeEmpty();
    }

    [Fact]
    public async Task A_page_that_says_it_is_a_picture_is_rejected_and_never_served()
    {
        await using var page = await fixture.VisitAsync();

        await page.ChooseAsync("avatar", SampleFiles.PageThatSaysItIsAPicture());

        await page.ExpectStatusAsync(page.Rows.First, "rejected");
        await Assertions.Expect(page.Rows.First).ToHaveAttributeAsync("data-error-code", "mismatch");
        await Assertions.Expect(page.Rows.First.GetByTestId("content-link")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Page.GetByTestId("record-row").First).ToHaveAttributeAsync("data-status", "rejected");
        page.Alarms.Should().BeEmpty();
    }

    [Fact]
    public async Task Cancelling_stops_the_bytes_and_aborts_the_record()
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
        await page.Rows.First.GetByTestId("cancel").ClickAsync();

        await page.ExpectStatusAsync(page.Rows.First, "aborted");
        await Assertions.Expect(page.Page.GetByTestId("record-row").First).ToHaveAttributeAsync("data-status", "aborted");
    }

    [Fact]
    public async Task Deleting_a_finished_file_takes_its_content_away()
    {
        await using var page = await fixture.VisitAsync();
        await page.ChooseAsync("document", SampleFiles.Document());
        await page.ExpectStatusAsync(page.Rows.First, "ready");
        var content = await page.Rows.First.GetByTestId("content-link").GetAttributeAsync("href");

        await page.Rows.First.GetByTestId("delete").ClickAsync();

        await page.ExpectStatusAsync(page.Rows.First, "deleted");
        var answer = await page.Page.APIRequest.GetAsync(new Uri(new Uri(page.QuickStart.Address), content).AbsoluteUri);
        answer.Status.Should().Be(410);
    }

    [Fact]
    public async Task A_hostile_file_name_is_shown_as_plain_text()
    {
        await using var page = await fixture.VisitAsync();
        const string name = "<img src=x onerror=alert(1)>'\".png";

        await page.ChooseAsync("avatar", SampleFiles.Picture(name));

        await page.ExpectStatusAsync(page.Rows.First, "ready");
        await Assertions.Expect(page.Rows.First.GetByTestId("file-name")).ToHaveTextAsync(name);
        page.Alarms.Should().BeEmpty();
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task The_page_fits_its_window(int width)
    {
        await using var page = await fixture.VisitAsync(width);
        await page.ChooseAsync("document", SampleFiles.Document(new string('a', 200) + ".txt"));
        await page.ExpectStatusAsync(page.Rows.First, "ready");

        var overflow = await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

        overflow.Should().Be(0);
    }
}

public sealed class QuickStartPageOnLocalS3Tests(LocalS3QuickStart fixture) : QuickStartPageTests(fixture), IClassFixture<LocalS3QuickStart>;

public sealed class QuickStartPageOnRgwTests(RgwQuickStart fixture) : QuickStartPageTests(fixture), IClassFixture<RgwQuickStart>;
