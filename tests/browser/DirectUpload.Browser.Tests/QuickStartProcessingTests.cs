using DirectUpload.TestKit;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests;

/// <summary>What the worker does with documents, as the table of records shows it.</summary>
public sealed class QuickStartProcessingTests(LocalS3QuickStart fixture) : IClassFixture<LocalS3QuickStart>
{
    [Fact]
    public async Task A_text_is_ready_with_its_lines_counted()
    {
        await using var page = await fixture.VisitAsync();

        await page.ChooseAsync("document", SampleFiles.Document(text: "one\ntwo\nthree\n"));

        await ExpectRecordAsync(page, "ready");
        await Assertions.Expect(page.Page.GetByTestId("finding")).ToHaveTextAsync("lines: 3");
        await Assertions.Expect(page.Page.GetByTestId("attempts")).ToHaveTextAsync("1 try");
    }

    [Fact]
    public async Task A_step_that_fails_is_tried_again_until_it_works()
    {
        await using var page = await fixture.VisitAsync();

        await page.ChooseAsync("document", SampleFiles.Document("flaky.txt"));

        await Assertions.Expect(page.Page.GetByTestId("record-row")).ToContainTextAsync("The file is called flaky.txt.", new() { Timeout = 30_000 });
        await ExpectRecordAsync(page, "ready");
        await Assertions.Expect(page.Page.GetByTestId("attempts")).ToHaveTextAsync("3 tries");
    }

    [Fact]
    public async Task The_page_listens_instead_of_asking_again_and_again()
    {
        await using var page = await fixture.VisitAsync();

        await page.ChooseAsync("document", SampleFiles.Document("flaky.txt"));

        await page.ExpectStatusAsync(page.Rows.First, "ready");
        var calls = page.Requests.Where(request => request.Method == "GET").Select(request => new Uri(request.Url).AbsolutePath).Where(path => path.StartsWith("/uploads/", StringComparison.Ordinal)).ToArray();
        calls.Should().ContainSingle(path => path.EndsWith("/events", StringComparison.Ordinal));
        calls.Where(path => path.Count(it => it == '/') == 2).Should().HaveCount(1, "it asks once more when it has heard of the end");
    }

    [Fact]
    public async Task A_step_that_never_works_is_given_up_and_can_be_tried_again()
    {
        await using var page = await fixture.VisitAsync();

        await page.ChooseAsync("document", SampleFiles.Document("broken.txt"));

        await ExpectRecordAsync(page, "failed");
        await Assertions.Expect(page.Page.GetByTestId("attempts")).ToHaveTextAsync("4 tries");
        await page.Page.GetByTestId("record-row").GetByTestId("retry").ClickAsync();
        await Assertions.Expect(page.Page.GetByTestId("attempts")).ToHaveTextAsync("5 tries");
        page.Alarms.Should().BeEmpty();
    }

    [Fact]
    public async Task A_text_with_a_virus_is_rejected_and_never_served()
    {
        await using var page = await fixture.VisitAsync();

        await page.ChooseAsync("document", SampleFiles.Document("harmless.txt", FakeClamd.Eicar));

        await page.ExpectStatusAsync(page.Rows.First, "rejected");
        await Assertions.Expect(page.Page.GetByTestId("record-row")).ToContainTextAsync("Eicar-Test-Signature");
        await Assertions.Expect(page.Page.GetByTestId("record-row").Locator("a")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_kill_in_the_middle_of_processing_loses_nothing()
    {
        await using var page = await fixture.VisitAsync();
        await page.ChooseAsync("document", SampleFiles.Document("slow.txt", "one\ntwo\n"));
        await ExpectRecordAsync(page, "processing");

        await page.QuickStart.KillAsync();
        await Assertions.Expect(page.Page.GetByTestId("records-error")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await page.QuickStart.StartAgainAsync();

        await ExpectRecordAsync(page, "ready", 120_000); // after the lease of the dead
        await Assertions.Expect(page.Page.GetByTestId("attempts")).ToHaveTextAsync("2 tries");
        await Assertions.Expect(page.Page.GetByTestId("finding")).ToHaveTextAsync("lines: 2");
        page.Alarms.Should().BeEmpty();
    }

    private static Task ExpectRecordAsync(VisitedPage page, string status, float patience = 60_000) =>
        Assertions.Expect(page.Page.GetByTestId("record-row").First).ToHaveAttributeAsync("data-status", status, new() { Timeout = patience });
}
