namespace DirectUpload.Browser.Tests.Client;

public abstract partial class ClientScenarioTests
{
    [Fact]
    public async Task WrongType_IsRefusedBeforeAnyByte()
    {
        var host = await StartHostAsync();
        var page = await VisitAsync(host);

        await page.StartAsync(new { profile = "pictures" }, new GeneratedFile("letter.txt", Text: "Dear …", Type: "text/plain"));

        (await ExpectErrorAsync(page, 0, "type-not-allowed")).CanRetry.Should().BeFalse();
        host.Storage.ReceivedBytes.Should().Be(0);
    }

    [Fact]
    public async Task TooLarge_IsRefusedBeforeAnyByte()
    {
        var host = await StartHostAsync();
        var page = await VisitAsync(host);

        await page.StartAsync(new { profile = "pictures" }, new GeneratedFile("photo.png", 100_001, "image/png"));

        (await ExpectErrorAsync(page, 0, "too-large")).CanRetry.Should().BeFalse();
        host.Storage.ReceivedBytes.Should().Be(0);
    }

    [Fact]
    public async Task Disguise_IsRejectedAndDeleted()
    {
        var host = await StartHostAsync();
        var page = await VisitAsync(host);

        const string html = "<!doctype html><script>alert(1)</script>";
        await page.StartAsync(new { profile = "pictures" }, new GeneratedFile("photo.png", Text: html, Type: "image/png"));

        (await ExpectErrorAsync(page, 0, "mismatch")).CanRetry.Should().BeFalse();
        await UntilAsync(async () => (await host.ListObjectsAsync()).Count == 0);
    }

    [Fact]
    public async Task Quota_Reached_SaysSo()
    {
        var host = await StartHostAsync();
        var page = await VisitAsync(host);
        using var held = host.Storage.Hold();
        await page.StartAsync(new { profile = "one" }, new GeneratedFile("first.png", 5_000, "image/png"));
        await page.UntilAsync(0, "uploading");

        await page.StartAsync(new { profile = "one" }, new GeneratedFile("second.png", 5_000, "image/png", Seed: 2));

        (await ExpectErrorAsync(page, 1, "quota-exceeded")).Detail.Should().NotBeNullOrEmpty();
        held.Dispose();
        await ExpectReadyAsync(host, page, 0);
        await page.RunAsync("scenario.uploads[1].retry()");
        await ExpectReadyAsync(host, page, 1);
    }

    [Fact]
    public async Task MissingCors_NamesTheRule()
    {
        var host = await StartHostAsync(withCors: false);
        var page = await VisitAsync(host);

        await page.StartAsync(new { profile = "any" }, new GeneratedFile("photo.png", 5_000, "image/png"));

        (await ExpectErrorAsync(page, 0, "cors")).Message.Should().NotBeNullOrEmpty();
        page.Page.Errors.Should().Contain(error => error.Contains("AllowedOrigins") && error.Contains(host.Address));
    }
}
