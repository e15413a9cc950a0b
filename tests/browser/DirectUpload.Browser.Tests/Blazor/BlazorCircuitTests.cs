using System.Globalization;
using DirectUpload.TestKit;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests.Blazor;

/// <summary>What crosses the circuit of Interactive Server while a file is uploaded, and what survives when it is interrupted.</summary>
public sealed class BlazorCircuitTests(BlazorFixture fixture) : IClassFixture<BlazorFixture>
{
    private const int MiB = 1024 * 1024;
    private const long TwoGiB = 2048L * MiB;

    /// <summary>Measures a file of 64 MiB; with DIRECTUPLOAD_BLAZOR_CIRCUIT=1, one of 2 GiB for docs/evidence/blazor-circuit.md.</summary>
    [Fact]
    public async Task Upload_LargeFile_SendsEventsOnlyOverTheCircuit()
    {
        var isEvidence = Environment.GetEnvironmentVariable("DIRECTUPLOAD_BLAZOR_CIRCUIT") == "1";
        var size = isEvidence ? TwoGiB : 64 * MiB;
        await using var page = await fixture.OpenAsync("server");
        var file = Path.Combine(Directory.CreateTempSubdirectory("blazor-file-").FullName, "film.bin");
        await using (var content = File.Create(file))
            content.SetLength(size);

        await page.ChooseAsync("file", file);
        await page.WaitForIdsAsync("file", 1, TimeSpan.FromMinutes(isEvidence ? 15 : 2));
        await Assertions.Expect(page.Status).ToHaveTextAsync("film.bin is ready.");
        await page.FillTitleAsync("Film");
        await page.SaveAsync();
        await Assertions.Expect(page.Notice).ToHaveTextAsync("Film is saved.");

        FindStored(size).Should().BeTrue("storage has the file");
        page.Circuit.Connections.Should().Be(1);
        page.Circuit.Total.Should().BePositive().And.BeLessThan(isEvidence ? MiB : MiB / 16);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        if (isEvidence)
            await WriteEvidenceAsync(page.Circuit, size);
    }

    [Fact]
    public async Task Circuit_InterruptedDuringTheUpload_GetsItsEventsAfterwards()
    {
        using var proxy = new FaultInjectingTcpProxy(new Uri(fixture.Address).Port);
        await using var page = await fixture.OpenAsync("server", $"http://127.0.0.1:{proxy.Port}");
        await page.ChooseAsync("photos", SampleFiles.Picture("before.png"));
        await page.WaitForIdsAsync("photos", 1);

        // The element waits for the application as well: its events come while the circuit is interrupted, or right after.
        await page.ChooseAsync("file", SampleFiles.Document("during.txt"));
        proxy.Disconnect();
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        proxy.IsDisconnected = false;

        await Assertions.Expect(page.Status).ToHaveTextAsync("during.txt is ready.", new() { Timeout = 60_000 });
        await page.FillTitleAsync("After the interruption");
        await page.SaveAsync();
        await Assertions.Expect(page.Notice).ToHaveTextAsync("After the interruption is saved.");
    }

    [Fact]
    public async Task Value_ChangedDuringAnInterruption_IsBoundAfterwards()
    {
        using var proxy = new FaultInjectingTcpProxy(new Uri(fixture.Address).Port);
        await using var page = await fixture.OpenAsync("server", $"http://127.0.0.1:{proxy.Port}");
        await page.FillTitleAsync("Removed");
        await page.ChooseAsync("file", SampleFiles.Document("removed.txt"));
        await Assertions.Expect(page.Status).ToHaveTextAsync("removed.txt is ready.", new() { Timeout = 60_000 });

        proxy.Disconnect();
        await Assertions.Expect(page.Page.Locator("#components-reconnect-modal")).ToBeAttachedAsync(new() { Timeout = 30_000 });
        await page.ForgeIdAsync("file", "");
        proxy.IsDisconnected = false;

        await Assertions.Expect(page.Page.Locator("[data-field=file] .validation-message"))
            .ToHaveTextAsync("Choose a file.", new() { Timeout = 60_000 });
        page.ScriptErrors.Should().BeEmpty();
    }

    private bool FindStored(long size) =>
        Directory.EnumerateFiles(fixture.ObjectsFolder, "*", SearchOption.AllDirectories).Any(file => new FileInfo(file).Length == size);

    private static Task WriteEvidenceAsync(CircuitTraffic circuit, long size) => File.WriteAllTextAsync(
        Path.Combine(SampleProcess.SamplesFolder, "..", "docs", "evidence", "blazor-circuit.md"),
        string.Create(CultureInfo.InvariantCulture, $"""
            # Bytes over the Blazor circuit

            A browser (Chromium) uploads a file of {size:N0} bytes (2 GiB) with the component of `DirectUpload.Blazor` in Interactive Server
            mode, on the page `/server` of `samples/Blazor`, and saves the form. LocalS3 stores the file. The numbers are payloads of all
            WebSocket frames of the page, from opening it to the saved form, with `OnProgress` handled.

            | direction | bytes |
            |---|---:|
            | browser to server | {circuit.Sent:N0} |
            | server to browser | {circuit.Received:N0} |
            | both | {circuit.Total:N0} |

            The limit is 1,048,576 bytes. The file itself goes from the browser to storage.

            To repeat: `DIRECTUPLOAD_BLAZOR_CIRCUIT=1 tests/run --filter-class '*BlazorCircuitTests'`. Ordinary runs upload 64 MiB.

            """));
}
