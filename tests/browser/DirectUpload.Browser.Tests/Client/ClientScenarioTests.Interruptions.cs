namespace DirectUpload.Browser.Tests.Client;

public abstract partial class ClientScenarioTests
{
    private const int LargeSize = (6 * PartSize) + 7;

    [Fact]
    public async Task Reload_SameFileChosenAgain_SendsTheMissingParts()
    {
        var host = await StartHostAsync();
        var page = await VisitAsync(host);
        var file = fixture.CreateFile("film.bin", LargeSize);
        string id;
        using (host.Storage.HoldAndDrop(firstPart: 4))
        {
            await page.StartChosenAsync(new { profile = "large" }, file);
            await UntilStoredAsync(host, 3);
            id = (await page.LookAsync(0)).Id!;
            await page.ReloadAsync();
        }

        (await page.GetInterruptedAsync()).Should().ContainSingle().Which.Id.Should().Be(id);
        await page.StartChosenAsync(new { profile = "large" }, file);

        var view = await ExpectReadyAsync(host, page, 0);
        (view.Id, view.Resumed).Should().Be((id, true));
        ExpectEachPartOnce(host);
        (await page.GetInterruptedAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Crash_OfTheBrowser_SameFileContinues()
    {
        var host = await StartHostAsync();
        var profile = fixture.NewProfile();
        var file = fixture.CreateFile("film.bin", LargeSize);
        string id;
        var browser = await fixture.StartBrowserAsync(profile);
        using (host.Storage.HoldAndDrop(firstPart: 4))
        {
            var page = await VisitAsync(host, browser: browser);
            await page.StartChosenAsync(new { profile = "large" }, file);
            await UntilStoredAsync(host, 3);
            id = (await page.LookAsync(0)).Id!;
            await browser.CrashAsync();
        }

        await using var restarted = await fixture.StartBrowserAsync(profile);
        await using var again = await VisitAsync(host, browser: restarted);
        await again.StartChosenAsync(new { profile = "large" }, file);

        (await ExpectReadyAsync(host, again, 0)).Id.Should().Be(id);
        ExpectEachPartOnce(host);
    }

    [Fact]
    public async Task Offline_ForAWhile_ContinuesByItself()
    {
        var host = await StartHostAsync();
        var page = await VisitAsync(host);
        using (host.Storage.Hold(firstPart: 3))
        {
            await page.StartAsync(new { profile = "large" }, new GeneratedFile("film.bin", LargeSize));
            await UntilStoredAsync(host, 2);
            await page.Page.SetOfflineAsync(true);
            host.Storage.Disconnect();
            host.IsUnreachable = true;
            await Task.Delay(1500, TestContext.Current.CancellationToken);
            (await page.LookAsync(0)).State.Should().NotBe("failed");
        }

        host.Storage.Reconnect();
        host.IsUnreachable = false;
        await page.Page.SetOfflineAsync(false);

        await ExpectReadyAsync(host, page, 0);
        ExpectEachPartOnce(host);
    }

    [Fact]
    public async Task HalfSecondCut_IsNotNoticed()
    {
        var host = await StartHostAsync();
        var page = await VisitAsync(host);
        using (host.Storage.Hold(firstPart: 3))
        {
            await page.StartAsync(new { profile = "large" }, new GeneratedFile("film.bin", LargeSize));
            await UntilStoredAsync(host, 2);
            host.Storage.Disconnect();
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }

        host.Storage.Reconnect();

        await ExpectReadyAsync(host, page, 0);
        ExpectEachPartOnce(host);
    }

    [Fact]
    public async Task Expiry_OfTheSignature_IsRenewed()
    {
        var host = await StartHostAsync();
        var page = await VisitAsync(host);
        host.Storage.DelayOnce(TimeSpan.FromSeconds(5));

        await page.StartAsync(new { profile = "short" }, new GeneratedFile("photo.png", 50_000, "image/png"));

        await ExpectReadyAsync(host, page, 0);
        host.Calls.Should().Contain(static call => call.EndsWith("/renew", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pause_SendsNothing_UntilResumed()
    {
        var host = await StartHostAsync();
        var page = await VisitAsync(host);
        using (host.Storage.HoldAndDrop(firstPart: 3))
        {
            await page.StartAsync(new { profile = "large" }, new GeneratedFile("film.bin", LargeSize));
            await UntilStoredAsync(host, 2);
            await page.RunAsync("scenario.uploads[0].pause()");
        }

        await Task.Delay(1000, TestContext.Current.CancellationToken);
        (await page.LookAsync(0)).State.Should().Be("paused");
        host.Storage.Stored.Should().HaveCount(2);
        await page.RunAsync("scenario.uploads[0].resume()");

        await ExpectReadyAsync(host, page, 0);
        ExpectEachPartOnce(host);
    }

    [Fact]
    public async Task Cancel_WhileSending_LeavesNothing()
    {
        var host = await StartHostAsync();
        var page = await VisitAsync(host);
        using (host.Storage.HoldAndDrop(firstPart: 3))
        {
            await page.StartAsync(new { profile = "large" }, new GeneratedFile("film.bin", LargeSize));
            await UntilStoredAsync(host, 2);
            await page.RunAsync("scenario.uploads[0].remove()");
        }

        (await page.UntilAsync(0, "aborted", "failed")).State.Should().Be("aborted");
        (await host.ListRecordsAsync()).Should().ContainSingle().Which.Status.Should().Be(UploadStatus.Aborted);
        await UntilAsync(async () => await host.CountMultipartUploadsAsync() == 0);
        (await page.GetInterruptedAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Remove_OfAReadyUpload_DeletesItsObject()
    {
        var host = await StartHostAsync();
        var page = await VisitAsync(host);
        await page.StartAsync(new { profile = "any" }, new GeneratedFile("photo.png", 5_000, "image/png"));
        await ExpectReadyAsync(host, page, 0);

        await page.RunAsync("scenario.uploads[0].remove()");

        (await page.LookAsync(0)).State.Should().Be("deleted");
        await UntilAsync(async () => (await host.ListObjectsAsync()).Count == 0);
    }

    [Fact]
    public async Task Storage_Busy_IsRepeated()
    {
        var host = await StartHostAsync();
        var page = await VisitAsync(host);
        host.Storage.AnswerUnavailable(3);

        await page.StartAsync(new { profile = "any" }, new GeneratedFile("photo.png", 50_000, "image/png"));
        await page.StartAsync(new { profile = "large" }, new GeneratedFile("film.bin", (2 * PartSize) + 7));

        await ExpectReadyAsync(host, page, 0);
        await ExpectReadyAsync(host, page, 1);
    }

    private static Task UntilStoredAsync(ClientHost host, int count) =>
        UntilAsync(() => Task.FromResult(host.Storage.Stored.Count >= count));

    private static void ExpectEachPartOnce(ClientHost host) =>
        host.Storage.Stored.Should().HaveCount(7).And.OnlyContain(static stored => stored.Value == 1);
}
