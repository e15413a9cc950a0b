using DirectUpload.Processing;
using DirectUpload.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Tests.Processing;

public sealed class ProcessorOptionsTests
{
    [Fact]
    public async Task Order_LowerNumbers_RunFirst()
    {
        var ran = new List<string>();
        await using var host = CreateHost(
            (name, _) =>
            {
                ran.Add(name);
                return ProcessingResult.Accept;
            },
            ("last", it => it.Order = 5), ("second", _ => { }
        ), ("first", it => it.Order = -1), ("third", _ => { }
        ));
        await host.UploadAndConfirmAsync();

        await host.Worker.RunOnceAsync();

        ran.Should().Equal("first", "second", "third", "last");
    }

    [Fact]
    public async Task ReadsWholeFile_SeveralProcessors_ReadStorageOnce()
    {
        var read = new List<string>();
        await using var host = CreateHost(
            (name, context) =>
            {
                using var content = context.OpenReadAsync().GetAwaiter().GetResult();
                using var reader = new StreamReader(content);
                read.Add($"{name}: {reader.ReadToEnd()}, seeks: {content.CanSeek}");
                if (content.CanSeek)
                {
                    content.Seek(-5, SeekOrigin.End).Should().Be(7);
                    using var range = context.OpenRangeAsync(7, 500).GetAwaiter().GetResult();
                    new StreamReader(range).ReadToEnd().Should().Be("world");
                }

                return ProcessingResult.Accept;
            },
            ("scan", it => it.ReadsWholeFile = true), ("count", it => it.ReadsWholeFile = true));
        var grant = await host.UploadAndConfirmAsync();

        await host.Worker.RunOnceAsync();

        read.Should().Equal($"scan: {UploadHost.Text}, seeks: True", $"count: {UploadHost.Text}, seeks: True");
        host.Bucket.Count(BucketOperation.OpenRead).Should().Be(2, "the inspection reads the start, and the processors share one copy");
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task ReadsWholeFile_LargerThanAllowed_ReadsFromStorage()
    {
        var seeks = true;
        await using var host = CreateHost(
            (_, context) =>
            {
                using var content = context.OpenReadAsync().GetAwaiter().GetResult();
                seeks = content.CanSeek;
                return ProcessingResult.Accept;
            },
            options => options.MaxTemporaryFileSize = UploadHost.Text.Length - 1, ("scan", it => it.ReadsWholeFile = true));
        await host.UploadAndConfirmAsync();

        await host.Worker.RunOnceAsync();

        seeks.Should().BeFalse();
    }

    // The processor did not fail, so the attempt does not count.
    [Fact]
    public async Task ReadsWholeFile_StorageFails_IsAnInterruption()
    {
        var runs = 0;
        await using var host = CreateHost(
            (_, _) =>
            {
                runs++;
                return ProcessingResult.Accept;
            },
            ("scan", it => it.ReadsWholeFile = true));
        var grant = await host.UploadAndConfirmAsync();
        host.Bucket.Fail(BucketOperation.OpenRead);

        await host.Worker.RunOnceAsync();
        var interrupted = await host.GetRecordAsync(grant);
        (interrupted.Status, interrupted.FailedAttempts, runs).Should().Be((UploadStatus.Uploaded, 0, 0));

        host.Bucket.StopFailing();
        await host.RunWorkerForAsync(TimeSpan.FromMinutes(5));
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task ReadsWholeFile_AbandonedProcessor_ReadsNoMore()
    {
        Stream? content = null;
        await using var host = CreateHost(
            (_, context) =>
            {
                content = context.OpenReadAsync().GetAwaiter().GetResult();
                return ProcessingResult.Accept;
            },
            ("scan", it => it.ReadsWholeFile = true));
        await host.UploadAndConfirmAsync();

        await host.Worker.RunOnceAsync();

        var read = () => content!.ReadByte();
        read.Should().Throw<ObjectDisposedException>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(604801)]
    public async Task Timeout_OutOfRange_IsAConfigurationError(int seconds)
    {
        await using var host = new UploadHost(
            profile: notes => notes.AddProcessor<DelegateProcessor>("scan", it => it.Timeout = TimeSpan.FromSeconds(seconds)));
        var start = () => host.Service;

        start.Should().Throw<ArgumentException>().WithMessage("The timeout of the processor scan is*set 1 second to 7 days*");
    }

    [Fact]
    public async Task Timeout_OfTheProcessor_OverridesTheOption()
    {
        var canceled = new TaskCompletionSource();
        await using var host = new UploadHost(
            profile: notes => notes.AddProcessor<DelegateProcessor>("slow", it => it.Timeout = TimeSpan.FromSeconds(2)),
            configure: services => services.AddSingleton<Func<UploadProcessingContext, CancellationToken, Task<ProcessingResult>>>(
                async (_, stop) =>
                {
                    using var registration = stop.Register(canceled.SetResult);
                    await canceled.Task;
                    stop.ThrowIfCancellationRequested();
                    return ProcessingResult.Accept;
                }));
        var grant = await host.UploadAndConfirmAsync();

        var running = host.Worker.RunOnceAsync();
        while (!canceled.Task.IsCompleted)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        await running;
        (await host.GetRecordAsync(grant)).LastError.Should().Contain("0:00:02 (its Timeout)");
    }

    [Fact]
    public async Task ReportProgress_LongRun_IsStoredOnceASecondAndEndsWithTheStatus()
    {
        UploadHost host = null!;
        var seen = new List<string?>();
        host = new UploadHost(
            profile: notes => notes.AddProcessor<DelegateProcessor>("thumbnails"),
            configure: services => services.AddSingleton<Func<UploadProcessingContext, CancellationToken, Task<ProcessingResult>>>(
                async (context, _) =>
                {
                    for (var made = 1; made <= 3; made++)
                    {
                        for (var again = 0; again < 10; again++)
                            context.ReportProgress($"thumbnails {made} of 3");
                        seen.Add(await WaitForProgressAsync(host, context.Upload.Id, $"thumbnails {made} of 3"));
                    }

                    return ProcessingResult.Accept;
                }));
        await using var disposed = host;
        var grant = await host.UploadAndConfirmAsync();
        var before = (await host.GetRecordAsync(grant)).Version;
        var watching = host.Service.WatchAsync(grant.Record.Id, grant.ReadToken).Select(it => it.Progress)
            .ToListAsync(TestContext.Current.CancellationToken);

        await host.Worker.RunOnceAsync();

        (await watching).Where(text => text is not null).Should().Equal("thumbnails 1 of 3", "thumbnails 2 of 3", "thumbnails 3 of 3");
        seen.Should().Equal("thumbnails 1 of 3", "thumbnails 2 of 3", "thumbnails 3 of 3");
        var ready = await host.GetRecordAsync(grant);
        (ready.Status, ready.Progress).Should().Be((UploadStatus.Ready, null));
        (ready.Version - before).Should().BeLessThan(10, "ten reports of a text are one write");
    }

    private static async Task<string?> WaitForProgressAsync(UploadHost host, UploadId id, string text)
    {
        for (var turn = 0; turn < 2000; turn++)
        {
            if ((await host.Store.FindAsync(id))!.Progress == text)
                return text;
            host.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        return (await host.Store.FindAsync(id))!.Progress;
    }

    private static UploadHost CreateHost(
        Func<string, UploadProcessingContext, ProcessingResult> run,
        params (string Name, Action<ProcessorOptions> Configure)[] processors) =>
        CreateHost(run, _ => { }, processors);

    private static UploadHost CreateHost(
        Func<string, UploadProcessingContext, ProcessingResult> run, Action<DirectUploadOptions> options,
        params (string Name, Action<ProcessorOptions> Configure)[] processors) => new(
        profile: notes =>
        {
            foreach (var (name, configure) in processors)
            {
                var how = new ProcessorOptions();
                configure(how);
                notes.RegisterProcessor(new(name, typeof(NamedProcessor), _ => new NamedProcessor(name, run), how));
            }
        },
        options: options);

    private sealed class NamedProcessor(string name, Func<string, UploadProcessingContext, ProcessingResult> run) : IUploadProcessor
    {
        public Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken) =>
            Task.FromResult(run(name, context));
    }
}
