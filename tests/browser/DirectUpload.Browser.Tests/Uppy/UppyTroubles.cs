using DirectUpload.TestKit;
using DirectUpload.Uploads;

namespace DirectUpload.Browser.Tests.Uppy;

/// <summary>What happens to people on trains: reloads, cuts, pauses, slow bytes, second thoughts. What has arrived is never sent again, as counted at the server.</summary>
public abstract class UppyTroubles(S3ServerFixture server) : UppySuite(server)
{
    private const int Size = (4 * Piece) + 7;

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_reload_goes_on_with_what_is_missing(UppyWay way)
    {
        await using var host = await HostAsync(way);
        var page = await OpenAsync(host, way);
        using (await TwoPartsInAsync(host, page))
        {
            // Golden Retriever writes down twice a second what it will need.
            await Task.Delay(1200, TestContext.Current.CancellationToken);
            await page.ReloadAsync();
            await UntilAsync(() => host.Storage.Waiting == 0);
        }

        await page.GoOnAsync();

        await ReadyAsync(host, page, Size);
        EachTakenOnce(host);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_network_that_was_cut_goes_on_once_it_is_back(UppyWay way)
    {
        await using var host = await HostAsync(way);
        var page = await OpenAsync(host, way);
        using (await TwoPartsInAsync(host, page))
            host.Storage.Cut();

        if (way.Version == 5)
        {
            // It tries by itself for nine seconds.
            await Task.Delay(1500, TestContext.Current.CancellationToken);
            host.Storage.Restore();
        }
        else
        {
            // It gives up after a second, and leaves it to the person.
            (await page.DoneAsync()).Failed.Should().ContainSingle();
            host.Storage.Restore();
            await page.RetryAsync();
        }

        await ReadyAsync(host, page, Size);
        EachTakenOnce(host);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_URL_that_ran_out_on_the_way_is_signed_again(UppyWay way)
    {
        var lifetime = TimeSpan.FromSeconds(4);
        await using var host = await HostAsync(way, lifetime);
        var page = await OpenAsync(host, way);
        host.Storage.DelayOnce(part: 2, lifetime + TimeSpan.FromSeconds(2));
        await page.StartAsync(Size);

        if (way.Version == 6)
        {
            (await page.DoneAsync()).Failed.Should().ContainSingle();
            await page.RetryAsync();
        }

        // On a busy machine another part may have been too slow for its URL as well: not each is taken once.
        await ReadyAsync(host, page, Size);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_pause_sends_nothing_and_goes_on_where_it_was(UppyWay way)
    {
        await using var host = await HostAsync(way);
        var page = await OpenAsync(host, way);
        using (await TwoPartsInAsync(host, page))
        {
            await page.PauseAsync();
            await UntilAsync(() => host.Storage.Waiting == 0);
        }

        await Task.Delay(500, TestContext.Current.CancellationToken);
        host.Storage.Taken.Keys.Where(part => part > 0).Should().BeEquivalentTo([1, 2]);

        await page.ResumeAsync();

        await ReadyAsync(host, page, Size);
        EachTakenOnce(host);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_cancel_leaves_no_parts(UppyWay way)
    {
        await using var host = await HostAsync(way);
        var page = await OpenAsync(host, way);
        using (await TwoPartsInAsync(host, page))
        {
            (await UnfinishedAsync(host)).Should().ContainSingle();
            await page.CancelAsync();
            await UntilAsync(() => host.Storage.Waiting == 0);
        }

        await UntilAsync(async () => (await UnfinishedAsync(host)).Count == 0);
        (await host.RecordAsync("ada")).Status.Should().Be(UploadStatus.Aborted);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_key_of_somebody_else_s_gives_nothing_away_and_takes_nothing(UppyWay way)
    {
        await using var host = await HostAsync(way);
        var page = await OpenAsync(host, way);
        using (await TwoPartsInAsync(host, page))
        {
            var hers = await host.RecordAsync("ada");
            var key = way.Mode == "signRequest" ? hers.Id.ToString() : hers.StagingKey;
            var thief = await OpenAsync(host, way, "eve");
            await thief.StartAsync(Size, key, hers.Parts!.MultipartId!);

            (await thief.DoneAsync()).Failed.Should().ContainSingle();
        }

        await ReadyAsync(host, page, Size);
        EachTakenOnce(host);
    }

    /// <summary>Parts 1 and 2 have arrived; the others wait at the door until the result is disposed of.</summary>
    private static async Task<IDisposable> TwoPartsInAsync(UppyHost host, UppyPage page)
    {
        var held = host.Storage.Hold(firstPart: 3);
        await page.StartAsync(Size);
        await UntilAsync(() => host.Storage.Taken.Keys.Count(part => part > 0) == 2);
        return held;
    }

    private static void EachTakenOnce(UppyHost host) =>
        host.Storage.Taken.Where(taken => taken.Key > 0).Should().BeEquivalentTo(Enumerable.Range(1, 5).Select(part => KeyValuePair.Create(part, 1)));
}

public sealed class UppyTroublesOnLocalS3(LocalS3Fixture server) : UppyTroubles(server), IClassFixture<LocalS3Fixture>;

public sealed class UppyTroublesOnRgw(RgwFixture server) : UppyTroubles(server), IClassFixture<RgwFixture>;
