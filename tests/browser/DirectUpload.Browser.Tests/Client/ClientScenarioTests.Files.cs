namespace DirectUpload.Browser.Tests.Client;

public abstract partial class ClientScenarioTests
{
    [Fact]
    public async Task Single_File_ReachesStorage()
    {
        var host = await StartHostAsync();
        var page = await VisitAsync(host);

        await page.StartAsync(new { profile = "any" }, new GeneratedFile("photo.png", 300_000, "image/png"));

        var view = await ExpectReadyAsync(host, page, 0);
        view.Record!.ContentType.Should().Be("image/png");
        host.Storage.ReceivedBytes.Should().Be(300_000);
        (await host.GetRecordAsync(view.Id!)).ChecksumSha256.Should().NotBeNull("the client sends the checksum");
        (await page.GetStatesAsync(0)).Should().ContainInOrder("uploading", "ready");
        page.Page.Errors.Should().BeEmpty();
    }

    [Fact]
    public async Task Form_File_ReachesStorage()
    {
        var host = await StartHostAsync();
        var page = await VisitAsync(host);

        await page.StartAsync(new { profile = "form" }, new GeneratedFile("photo.png", 300_000, "image/png"));

        await ExpectReadyAsync(host, page, 0);
    }

    [Fact]
    public async Task Parts_File_IsSentOnceAndOnlyOnce()
    {
        var host = await StartHostAsync();
        var page = await VisitAsync(host);

        await page.StartAsync(new { profile = "large" }, new GeneratedFile("film.bin", (7 * PartSize) + 11));

        await ExpectReadyAsync(host, page, 0);
        host.Storage.Stored.Where(static stored => !stored.Key.EndsWith("#0", StringComparison.Ordinal)).Should().HaveCount(8)
            .And.OnlyContain(static stored => stored.Value == 1);
        host.Storage.ReceivedBytes.Should().Be((7 * PartSize) + 11);
    }

    [Fact]
    public async Task HashedParts_OnRequest_ReachStorage()
    {
        var host = await StartHostAsync();
        var page = await VisitAsync(host);

        await page.StartAsync(
            new { profile = "large", method = "multipart", checksum = true }, new GeneratedFile("film.bin", (3 * PartSize) + 11));

        var view = await ExpectReadyAsync(host, page, 0);
        (await host.GetRecordAsync(view.Id!)).RequiresPartChecksums.Should().BeTrue();
        host.Storage.StoredWithSha256.Should().Be(4);
    }

    [Fact]
    public async Task EmptyType_File_IsTypedByTheApplication()
    {
        var host = await StartHostAsync();
        var page = await VisitAsync(host);

        await page.StartAsync(new { profile = "any" }, new GeneratedFile("notes", Text: "Plain words of a file without an extension.\n"));

        (await ExpectReadyAsync(host, page, 0)).Record!.ContentType.Should().NotBeNullOrEmpty();
    }

    [Fact]
    public async Task AliasType_File_IsAccepted()
    {
        var host = await StartHostAsync();
        var page = await VisitAsync(host);

        await page.StartAsync(new { profile = "any" }, new GeneratedFile("scan.pdf", Text: SmallPdf, Type: "application/x-pdf"));

        await ExpectReadyAsync(host, page, 0);
    }

    [Fact]
    public async Task LongName_File_KeepsItsExtension()
    {
        var host = await StartHostAsync();
        var page = await VisitAsync(host);

        var chosen = $"{new string('ü', 200)} “final” 文件 ☃ {new string('x', 300)}.txt";
        await page.StartAsync(new { profile = "any" }, new GeneratedFile(chosen, Text: "text", Type: "text/plain"));

        var name = (await ExpectReadyAsync(host, page, 0)).Record!.FileName;
        name.Should().StartWith("üüü").And.EndWith(".txt");
        name.Length.Should().BeLessThanOrEqualTo(255);
    }

    [Fact]
    public async Task EmptyFile_ReachesStorage()
    {
        var host = await StartHostAsync();
        var page = await VisitAsync(host);

        await page.StartAsync(new { profile = "any" }, new GeneratedFile("empty.txt", Type: "text/plain"));
        await page.StartAsync(new { profile = "form" }, new GeneratedFile("empty.txt", Type: "text/plain"));

        await ExpectReadyAsync(host, page, 0);
        await ExpectReadyAsync(host, page, 1);
    }

    [Fact]
    public async Task Folder_Files_KeepTheirPaths()
    {
        var host = await StartHostAsync();
        var page = await VisitAsync(host);

        var indexes = await page.StartAsync(
            new { profile = "any" },
            new GeneratedFile("a.txt", Text: "first", Type: "text/plain", Path: "holiday/a.txt"),
            new GeneratedFile("a.txt", Text: "second", Type: "text/plain", Path: "holiday/day 2/a.txt"));

        foreach (var index in indexes)
            await ExpectReadyAsync(host, page, index);
        (await host.ListRecordsAsync()).Select(static record => record.Metadata["relativePath"])
            .Should().BeEquivalentTo("holiday/a.txt", "holiday/day 2/a.txt");
    }

    [Fact]
    public async Task Batch_OfFifty_NeedsFewRequests()
    {
        var host = await StartHostAsync();
        var page = await VisitAsync(host);

        var indexes = await page.StartAsync(
            new { profile = "any" },
            [.. Enumerable.Range(0, 50).Select(static number => new GeneratedFile($"{number}.bin", 1000 + number, Seed: number))]);

        indexes.Should().HaveCount(50);
        foreach (var index in indexes)
            await ExpectReadyAsync(host, page, index);
        // On a machine with other work, not all files are read before the first call.
        host.Calls.Count(static call => call is "POST /uploads/batch").Should().BeInRange(1, 3);
        host.Calls.Should().NotContain("POST /uploads");
        host.Calls.Count(static call => call.EndsWith("/events", StringComparison.Ordinal))
            .Should().BeLessThan(10, "one stream follows all");
    }

    /// <summary>A browser opens six connections to a host: more uploads than that must not block the page's other calls.</summary>
    [Theory]
    [InlineData(6)]
    [InlineData(20)]
    public async Task Many_AtOnce_AllReachStorage(int count)
    {
        var host = await StartHostAsync();
        var page = await VisitAsync(host);

        for (var number = 0; number < count; number++)
        {
            var profile = number % 2 == 0 ? "any" : "form";
            await page.StartAsync(new { profile }, new GeneratedFile($"{number}.bin", 400_000, Seed: number));
        }

        for (var index = 0; index < count; index++)
            await ExpectReadyAsync(host, page, index);
        host.Storage.ReceivedBytes.Should().BeGreaterThanOrEqualTo(400_000L * count);
        page.Page.Errors.Should().BeEmpty();
    }

    private const string SmallPdf =
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n" +
        "xref\n0 3\ntrailer<</Root 1 0 R/Size 3>>\n%%EOF\n";
}
