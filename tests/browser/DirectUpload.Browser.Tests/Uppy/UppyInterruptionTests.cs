using DirectUpload.TestKit;

namespace DirectUpload.Browser.Tests.Uppy;

/// <summary>
/// What happens to people on trains: reloads, cuts, pauses, slow bytes, second thoughts. What has arrived is never sent again, as counted
/// at the server.
/// </summary>
public abstract class UppyInterruptionTests(S3ServerFixture server) : UppyBrowserTests(server)
{
    private const int Size = (4 * PartSize) + 7;

    [Theory]
    [MemberData(nameof(Setups))]
    public async Task Reload_SendsMissingPartsOnly(UppySetup way)
    {
        await using var host = await HostAsync(way);
        var page = await OpenAsync(host, way);
        using (await TwoPartsInAsync(host, page, way))
        {
            // Golden Retriever writes down twice a second what it will need.
            await Task.Delay(1200, TestContext.Current.CancellationToken);
            await page.ReloadAsync();
            await UntilAsync(() => host.Storage.WaitingRequests == 0);
        }

        await page.GoOnAsync();

        await ReadyAsync(host, page, Size);
        EachTakenOnce(host);
    }

    [Theory]
    [MemberData(nameof(Setups))]
    public async Task Network_Interrupted_Resumes(UppySetup way)
    {
        await using var host = await HostAsync(way);
        var page = await OpenAsync(host, way);
        using (await TwoPartsInAsync(host, page, way))
            host.Storage.Disconnect();

        if (way.Version == 5)
        {
            // It tries by itself for nine seconds.
            await Task.Delay(1500, TestContext.Current.CancellationToken);
            host.Storage.Reconnect();
        }
        else
        {
            // It gives up after a second, and leaves it to the person.
            (await page.WaitForResultAsync()).Failed.Should().ContainSingle();
            host.Storage.Reconnect();
            await page.RetryAsync();
        }

        await ReadyAsync(host, page, Size);
        EachTakenOnce(host);
    }

    [Theory]
    [MemberData(nameof(Setups))]
    public async Task Url_ExpiredInTransit_IsSignedAgain(UppySetup way)
    {
        var lifetime = TimeSpan.FromSeconds(4);
        await using var host = await HostAsync(way, lifetime);
        var page = await OpenAsync(host, way);
        host.Storage.DelayOnce(part: 2, lifetime + TimeSpan.FromSeconds(2));
        await page.StartAsync(Size);

        if (way.Version == 6)
        {
            (await page.WaitForResultAsync()).Failed.Should().ContainSingle();
            await page.RetryAsync();
        }

        // On a busy machine another part may have been too slow for its URL as well: not each is taken once.
        await ReadyAsync(host, page, Size);
    }

    [Theory]
    [MemberData(nameof(Setups))]
    public async Task Pause_SendsNothingAndResumes(UppySetup way)
    {
        await using var host = await HostAsync(way);
        var page = await OpenAsync(host, way);
        using (await TwoPartsInAsync(host, page, way))
        {
            await page.PauseAsync();
            await UntilAsync(() => host.Storage.WaitingRequests == 0);
        }

        await Task.Delay(500, TestContext.Current.CancellationToken);
        host.Storage.StoredPartCounts.Keys.Where(part => part > 0).Should().BeEquivalentTo([1, 2]);

        await page.ResumeAsync();

        await ReadyAsync(host, page, Size);
        EachTakenOnce(host);
    }

    [Theory]
    [MemberData(nameof(Setups))]
    public async Task Cancel_LeavesNoParts(UppySetup way)
    {
        await using var host = await HostAsync(way);
        var page = await OpenAsync(host, way);
        using (await TwoPartsInAsync(host, page, way))
        {
            (await UnfinishedAsync(host)).Should().ContainSingle();
            await page.CancelAsync();
            await UntilAsync(() => host.Storage.WaitingRequests == 0);
        }

        await UntilAsync(async () => (await UnfinishedAsync(host)).Count == 0);
        (await host.RecordAsync("ada")).Status.Should().Be(UploadStatus.Aborted);
    }

    [Theory]
    [MemberData(nameof(Setups))]
    public async Task Key_OfAnotherUser_IsRefused(UppySetup way)
    {
        await using var host = await HostAsync(way);
        var page = await OpenAsync(host, way);
        using (await TwoPartsInAsync(host, page, way))
        {
            var hers = await host.RecordAsync("ada");
            var key = way.Mode == "signRequest" ? hers.Id.ToString() : hers.StagingKey;
            var thief = await OpenAsync(host, way, "eve");
            await thief.StartAsync(Size, key, hers.MultipartId!);

            (await thief.WaitForResultAsync()).Failed.Should().ContainSingle();
        }

        await ReadyAsync(host, page, Size);
        EachTakenOnce(host);
    }

    /// <summary>Parts 1 and 2 have arrived; the others wait at the door until the result is disposed of.</summary>
    private static async Task<IDisposable> TwoPartsInAsync(UppyHost host, UppyPage page, UppySetup way)
    {
        var held = host.Storage.HoldParts(firstPart: 3);
        await page.StartAsync(Size);
        // A part that is still on its way would get to storage when the door opens, just while the upload is being aborted there.
        var atTheDoor = way.Version == 5 ? 3 : 1;
        await UntilAsync(() =>
            host.Storage.StoredPartCounts.Keys.Count(part => part > 0) == 2 && host.Storage.WaitingRequests == atTheDoor);
        return held;
    }

    private static void EachTakenOnce(UppyHost host) =>
        host.Storage.StoredPartCounts.Where(taken => taken.Key > 0)
            .Should().BeEquivalentTo(Enumerable.Range(1, 5).Select(part => KeyValuePair.Create(part, 1)));
}

public sealed class UppyInterruptionOnLocalS3Tests(LocalS3Fixture server) : UppyInterruptionTests(server), IClassFixture<LocalS3Fixture>;

public sealed class UppyInterruptionOnRgwTests(RgwFixture server) : UppyInterruptionTests(server), IClassFixture<RgwFixture>;
