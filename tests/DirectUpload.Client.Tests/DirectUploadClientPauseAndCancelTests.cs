namespace DirectUpload.Client.Tests;

public sealed class DirectUploadClientPauseAndCancelTests
{
    private const int MultipartSize = (6 * TestProfiles.PartSize) + 11;

    [Fact]
    public async Task Pause_UntilResumed_SendsNothing()
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(MultipartSize));
        var pause = new FileUploadPause();
        stage.Storage.OnResponse = (_, _) =>
        {
            pause.Pause();
            return Task.FromResult(false);
        };
        var progress = new RecordedProgress();

        var uploading = stage.CreateClient(options => options.StallTimeout = TimeSpan.FromSeconds(1))
            .UploadAsync(file.Source, TestData.CreateRequest("parts"), new FileUploadOptions { Pause = pause, Progress = progress });
        await WaitUntilAsync(() => pause.IsPaused);
        await WaitUntilSteadyAsync(() => (progress.LastBytesSent, stage.Storage.Requests.Count));
        var (bytes, requests) = (progress.LastBytesSent, stage.Storage.Requests.Count);
        // That nothing happens shows only in time: longer than a connection may stall.
        await Task.Delay(1500);

        uploading.IsCompleted.Should().BeFalse();
        (progress.LastBytesSent, stage.Storage.Requests.Count).Should().Be((bytes, requests));
        bytes.Should().BeLessThan(MultipartSize);
        stage.Storage.OnResponse = (_, _) => Task.FromResult(false);
        pause.Resume();
        var result = await uploading;
        (await stage.GetStoredChecksumAsync(result.Id)).Should().Be(TestData.ComputeChecksum(file.Bytes));
    }

    [Theory]
    [InlineData("put")]
    [InlineData("post")]
    public async Task Pause_MidRequest_ContinuesTheSameRequest(string profile)
    {
        await using var stage = await TestEnvironment.StartAsync();
        var (bytes, pause) = (TestData.CreateBytes(5_000_000), new FileUploadPause());
        using var stream = new ObservableStream(bytes, pause.Pause);

        var uploading = stage.CreateClient(options => options.PrecomputeChecksumMaxSize = 0)
            .UploadAsync(FileUploadSource.FromStream(stream), TestData.CreateRequest(profile), new FileUploadOptions { Pause = pause });
        await WaitUntilAsync(() => pause.IsPaused);
        await WaitUntilSteadyAsync(() => stream.Position);
        stage.Storage.Requests.Should().ContainSingle().Which.Status.Should().Be(0, "it is in the middle of it");
        stream.Read -= pause.Pause;
        pause.Resume();

        (await stage.GetStoredChecksumAsync((await uploading).Id)).Should().Be(TestData.ComputeChecksum(bytes));
        stage.Storage.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Cancel_StopsAtOnceAndKeepsStoredParts()
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(MultipartSize));
        var state = await CancelAsync(stage, file, abort: false);

        (await stage.CountMultipartUploadsAsync()).Should().Be(1);
        var before = stage.Storage.StoredParts;
        before.Should().NotBeEmpty();
        stage.Storage.Requests.Clear();
        (await stage.CreateClient().ResumeAsync(state, file.Source)).Status.Should().Be(FileUploadStatus.Ready);
        stage.Storage.StoredParts.Should().NotIntersectWith(before);
    }

    [Fact]
    public async Task Cancel_AbortOnCancel_LeavesNothing()
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(MultipartSize));

        var state = await CancelAsync(stage, file, abort: true);

        (await stage.CountMultipartUploadsAsync(), await stage.CountObjectsAsync()).Should().Be((0, 0));
        (await stage.GetRecordAsync(state.Id)).Status.Should().Be(DirectUpload.UploadStatus.Aborted);
    }

    [Fact]
    public async Task Abort_ReadyUpload_DeletesIt()
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(1000));
        FileUploadState? state = null;
        await stage.CreateClient()
            .UploadAsync(file.Source, TestData.CreateRequest("put"), DirectUploadClientResumeTests.SaveStateTo(kept => state = kept));

        await stage.CreateClient().AbortAsync(state!);
        await stage.CreateClient().AbortAsync(state!);

        (await stage.CountObjectsAsync()).Should().Be(0);
    }

    [Theory]
    [InlineData("The disk was removed.", 21)]
    [InlineData(null, 0)]
    [InlineData("long", 1000)]
    public async Task Abort_WithReason_ReportsItToTheApplication(string? reason, int kept)
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(MultipartSize));
        var state = await CancelAsync(stage, file, abort: false);
        var text = reason == "long" ? new string('x', 500_000) : reason;

        await stage.CreateClient().AbortAsync(state, text);

        var record = await stage.GetRecordAsync(state.Id);
        record.Status.Should().Be(DirectUpload.UploadStatus.Aborted);
        record.Error?.Code.Should().Be("client-reported");
        record.Error?.Message.Should().Be(text![..kept]);
        (record.Error is null).Should().Be(reason is null);
    }

    private static async Task<FileUploadState> CancelAsync(TestEnvironment stage, TemporaryFile file, bool abort)
    {
        using var cancel = new CancellationTokenSource();
        FileUploadState? state = null;
        var arrived = 0;
        stage.Storage.OnResponse = async (_, _) =>
        {
            if (Interlocked.Increment(ref arrived) == 3)
                await cancel.CancelAsync();
            return false;
        };
        var transfer = DirectUploadClientResumeTests.SaveStateTo(kept => state = kept) with { AbortOnCancellation = abort };

        var uploading = async () => await stage.CreateClient(options => options.PartsInFlight = 2)
            .UploadAsync(file.Source, TestData.CreateRequest("parts"), transfer, cancel.Token);

        await uploading.Should().ThrowAsync<OperationCanceledException>();
        stage.Storage.OnResponse = (_, _) => Task.FromResult(false);
        // What was on its way when it was cut may still be arriving.
        await WaitUntilAsync(() => stage.Storage.ActiveRequests == 0);
        return state!;
    }

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        for (var left = 200; !condition() && left > 0; left--)
            await Task.Delay(25);
        condition().Should().BeTrue();
    }

    // The value of what was under way at the pause has arrived when it does not change for half a second.
    private static async Task WaitUntilSteadyAsync<T>(Func<T> value)
    {
        var (last, unchanged) = (value(), 0);
        for (var left = 400; unchanged < 20 && left > 0; left--)
        {
            await Task.Delay(25);
            unchanged = Equals(value(), last) ? unchanged + 1 : 0;
            last = value();
        }

        unchanged.Should().Be(20, "the transfer is paused");
    }

    private sealed class ObservableStream(byte[] bytes, Action read) : MemoryStream(bytes)
    {
        public new Action? Read { get; set; } = read;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Read?.Invoke();
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
