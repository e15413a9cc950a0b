namespace DirectUpload.Client.Tests;

public sealed class Stopping
{
    private const int InParts = (6 * TestProfiles.PartSize) + 11;

    [Fact]
    public async Task A_paused_upload_sends_nothing_until_it_goes_on()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(InParts));
        var pause = new UploadPause();
        stage.Storage.After = (_, _) =>
        {
            pause.Pause();
            return Task.FromResult(false);
        };
        var progress = new Told();

        var uploading = stage.Client(options => options.StallTimeout = TimeSpan.FromSeconds(1)).UploadAsync(file.Source, Sample.Request("parts"), new TransferOptions { Pause = pause, Progress = progress });
        await UntilAsync(() => pause.IsPaused);
        await Task.Delay(300);
        var (bytes, requests) = (progress.Last, stage.Storage.Requests.Count);
        // Longer than a connection may stall.
        await Task.Delay(1500);

        uploading.IsCompleted.Should().BeFalse();
        (progress.Last, stage.Storage.Requests.Count).Should().Be((bytes, requests));
        bytes.Should().BeLessThan(InParts);
        stage.Storage.After = (_, _) => Task.FromResult(false);
        pause.Continue();
        var result = await uploading;
        (await stage.StoredChecksumAsync(result.Id)).Should().Be(Sample.Checksum(file.Bytes));
    }

    [Theory]
    [InlineData("put")]
    [InlineData("post")]
    public async Task A_pause_stops_the_bytes_in_the_middle_of_a_piece_and_if_it_is_short_loses_nothing(string profile)
    {
        await using var stage = await Stage.SetAsync();
        var (bytes, pause) = (Sample.Bytes(5_000_000), new UploadPause());
        using var stream = new Watched(bytes, pause.Pause);

        var uploading = stage.Client(options => options.ChecksumFirstUpTo = 0).UploadAsync(UploadSource.FromStream(stream), Sample.Request(profile), new TransferOptions { Pause = pause });
        await UntilAsync(() => pause.IsPaused);
        await Task.Delay(300);
        stage.Storage.Requests.Should().ContainSingle().Which.Status.Should().Be(0, "it is in the middle of it");
        stream.Read -= pause.Pause;
        pause.Continue();

        (await stage.StoredChecksumAsync((await uploading).Id)).Should().Be(Sample.Checksum(bytes));
        stage.Storage.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Cancelling_stops_at_once_and_keeps_what_has_arrived()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(InParts));
        var state = await CancelAsync(stage, file, abort: false);

        (await stage.UnfinishedAsync()).Should().Be(1);
        var before = stage.Storage.Parts;
        before.Should().NotBeEmpty();
        stage.Storage.Requests.Clear();
        (await stage.Client().ResumeAsync(state, file.Source)).Status.Should().Be(UploadStatus.Ready);
        stage.Storage.Parts.Should().NotIntersectWith(before);
    }

    [Fact]
    public async Task Cancelling_can_end_it_at_the_application_too_and_leaves_nothing()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(InParts));

        var state = await CancelAsync(stage, file, abort: true);

        (await stage.UnfinishedAsync(), await stage.ObjectsAsync()).Should().Be((0, 0));
        (await stage.RecordAsync(state.Id)).Status.Should().Be(Uploads.UploadStatus.Aborted);
    }

    [Fact]
    public async Task A_finished_upload_is_deleted_by_its_state()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(1000));
        UploadState? state = null;
        await stage.Client().UploadAsync(file.Source, Sample.Request("put"), Resuming.Keep(kept => state = kept));

        await stage.Client().AbortAsync(state!);
        await stage.Client().AbortAsync(state!);

        (await stage.ObjectsAsync()).Should().Be(0);
    }

    private static async Task<UploadState> CancelAsync(Stage stage, TemporaryFile file, bool abort)
    {
        using var cancel = new CancellationTokenSource();
        UploadState? state = null;
        var arrived = 0;
        stage.Storage.After = async (_, _) =>
        {
            if (Interlocked.Increment(ref arrived) == 3)
                await cancel.CancelAsync();
            return false;
        };
        var transfer = Resuming.Keep(kept => state = kept) with { AbortOnCancel = abort };

        var uploading = async () => await stage.Client(options => options.PartsInFlight = 2).UploadAsync(file.Source, Sample.Request("parts"), transfer, cancel.Token);

        await uploading.Should().ThrowAsync<OperationCanceledException>();
        stage.Storage.After = (_, _) => Task.FromResult(false);
        // What was on its way when it was cut may still be arriving.
        await Task.Delay(200);
        return state!;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var left = 200; !condition() && left > 0; left--)
            await Task.Delay(25);
        condition().Should().BeTrue();
    }

    private sealed class Watched(byte[] bytes, Action read) : MemoryStream(bytes)
    {
        public new Action? Read { get; set; } = read;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Read?.Invoke();
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
