using DirectUpload.TestKit;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests;

/// <summary>What the worker does with documents, as the table of records shows it.</summary>
public sealed class QuickStartProcessingTests(LocalS3QuickStart fixture) : IClassFixture<LocalS3QuickStart>
{
    [Fact]
    public async Task Text_IsReadyWithItsLineCount()
    {
        await using var page = await fixture.VisitAsync();

        await page.ChooseAsync("document", SampleFiles.Document(text: "one\ntwo\nthree\n"));

        await ExpectRecordAsync(page, "ready");
        await Assertions.Expect(page.Page.GetByTestId("property")).ToHaveTextAsync("lines: 3");
        await Assertions.Expect(page.Page.GetByTestId("attempts")).ToHaveTextAsync("1 attempt");
    }

    [Fact]
    public async Task Processor_FailsAtFirst_IsRetried()
    {
        await using var page = await fixture.VisitAsync();

        await page.ChooseAsync("document", SampleFiles.Document("flaky.txt"));

        await Assertions.Expect(page.Rows.First).ToContainTextAsync("attempt 2", new() { Timeout = 30_000 });
        await Assertions.Expect(page.Page.GetByTestId("record-row"))
            .ToContainTextAsync("makes this sample fail: flaky.txt.", new() { Timeout = 30_000 });
        await ExpectRecordAsync(page, "ready");
        await Assertions.Expect(page.Page.GetByTestId("attempts")).ToHaveTextAsync("3 attempts");
    }

    [Fact]
    public async Task Page_UsesEventStreamInsteadOfPolling()
    {
        await using var page = await fixture.VisitAsync();

        await page.ChooseAsync("document", SampleFiles.Document("flaky.txt"));

        await page.ExpectStatusAsync(page.Rows.First, "ready");
        var calls = page.Requests.Where(request => request.Method == "GET").Select(request => new Uri(request.Url).AbsolutePath)
            .Where(path => path.StartsWith("/uploads/", StringComparison.Ordinal)).ToArray();
        calls.Should().ContainSingle(path => path.EndsWith("/events", StringComparison.Ordinal));
        calls.Where(path => path != "/uploads/events" && path.Count(it => it == '/') == 2)
            .Should().HaveCountLessThanOrEqualTo(1, "the stream has the final status");
    }

    [Fact]
    public async Task TwentyUploads_AtOnce_ShareOneEventStream()
    {
        await using var page = await fixture.VisitAsync();

        // HTTP/1.1: a stream for each upload would take all six connections to the application.
        var results = await page.Page.EvaluateAsync<string[]>(
            """
            async () => {
              const { createUploadClient } = await import('/_content/DirectUpload.AspNetCore/direct-upload.js');
              const uploads = createUploadClient().uploadAll(Array.from({ length: 20 }, (_, number) =>
                new File([`page ${number}`], `slow-${number}.txt`, { type: 'text/plain' })), { profile: 'document' });
              const all = Promise.all(uploads.map(({ ready }) => ready));
              while (!uploads.every(({ state }) => ['processing', 'ready', 'uploaded'].includes(state))) {
                await new Promise((resolve) => setTimeout(resolve, 20));
              }
              const other = fetch('/records').then(() => uploads.some(({ state }) => state !== 'ready') ? 'free' : 'late');
              const records = await all;
              return [await other, ...records.map(({ status }) => status)];
            }
            """);

        results.Should().Equal(["free", .. Enumerable.Repeat("ready", 20)]);
        var streams = page.Requests.Select(request => request.Url)
            .Where(url => url.Contains("/events?", StringComparison.Ordinal)).ToList();
        streams.Should().OnlyContain(url => new Uri(url).AbsolutePath == "/uploads/events").And.HaveCountLessThan(20);
        streams.Max(url => url.Split("id=").Length - 1).Should().BeGreaterThan(6, "one stream follows them together");
    }

    [Fact]
    public async Task Processor_AlwaysFails_CanBeRetriedByHand()
    {
        await using var page = await fixture.VisitAsync();

        await page.ChooseAsync("document", SampleFiles.Document("broken.txt"));

        await ExpectRecordAsync(page, "failed");
        await Assertions.Expect(page.Page.GetByTestId("attempts")).ToHaveTextAsync("4 attempts");
        await page.Page.GetByTestId("record-row").GetByTestId("retry").ClickAsync();
        await Assertions.Expect(page.Page.GetByTestId("attempts")).ToHaveTextAsync("5 attempts");
        page.DialogsAndErrors.Should().BeEmpty();
    }

    [Fact]
    public async Task Text_WithAVirus_IsRejectedAndNeverServed()
    {
        await using var page = await fixture.VisitAsync();

        await page.ChooseAsync("document", SampleFiles.Document("harmless.txt", FakeClamd.Eicar));

        await page.ExpectStatusAsync(page.Rows.First, "rejected");
        await Assertions.Expect(page.Page.GetByTestId("record-row")).ToContainTextAsync("Eicar-Test-Signature");
        await Assertions.Expect(page.Page.GetByTestId("record-row").Locator("a")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Processing_ProcessKilled_LosesNothing()
    {
        await using var page = await fixture.VisitAsync();
        await page.ChooseAsync("document", SampleFiles.Document("slow.txt", "one\ntwo\n"));
        await ExpectRecordAsync(page, "processing");

        await page.QuickStart.KillAsync();
        await Assertions.Expect(page.Page.GetByTestId("records-error")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await page.QuickStart.RestartAsync();

        await ExpectRecordAsync(page, "ready", 120_000); // after the lease of the dead
        await Assertions.Expect(page.Page.GetByTestId("attempts")).ToHaveTextAsync("2 attempts");
        await Assertions.Expect(page.Page.GetByTestId("property")).ToHaveTextAsync("lines: 2");
        page.DialogsAndErrors.Should().BeEmpty();
    }

    private static Task ExpectRecordAsync(QuickStartPage page, string status, float patience = 60_000) =>
        Assertions.Expect(page.Page.GetByTestId("record-row").First)
            .ToHaveAttributeAsync("data-status", status, new() { Timeout = patience });
}
