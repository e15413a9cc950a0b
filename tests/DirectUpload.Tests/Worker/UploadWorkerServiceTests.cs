using DirectUpload.Processing;
using DirectUpload.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DirectUpload.Tests.Worker;

/// <summary>The worker as a host runs it, by the system's clock.</summary>
public sealed class UploadWorkerServiceTests
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Worker_DueInOwnProcess_StartsAtOnce()
    {
        await using var host = CreateHost((_, _) => Task.FromResult(ProcessingResult.Accept), pollInterval: TimeSpan.FromHours(1));
        var worker = host.Services.GetRequiredService<IHostedService>();
        await worker.StartAsync(default);
        var grants = new List<UploadGrant>();
        for (var number = 0; number < 20; number++)
            grants.Add(await host.UploadAsync());

        foreach (var grant in grants)
            await host.ConfirmAsync(grant);

        foreach (var grant in grants)
            await WaitForStatusAsync(host, grant, UploadStatus.Ready);
        await worker.StopAsync(default);
    }

    [Fact]
    public async Task Worker_Disabled_LeavesUploadsToRunOnce()
    {
        await using var host = CreateHost(
            (_, _) => Task.FromResult(ProcessingResult.Accept), configure: options => options.Enabled = false);
        var worker = host.Services.GetRequiredService<IHostedService>();
        await worker.StartAsync(default);
        var grant = await host.UploadAndConfirmAsync();
        await Task.Delay(300);

        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Uploaded);
        await host.Worker.RunOnceAsync();
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Ready);
        await worker.StopAsync(default);
    }

    [Fact]
    public async Task Stop_WaitsForRunningWorkAndStartsNoMore()
    {
        var began = new TaskCompletionSource();
        var resume = new TaskCompletionSource();
        await using var host = CreateHost(async (_, cancellationToken) =>
        {
            began.TrySetResult();
            await resume.Task.WaitAsync(cancellationToken);
            return ProcessingResult.Accept;
        });
        var running = await host.UploadAndConfirmAsync();
        var worker = host.Services.GetRequiredService<IHostedService>();
        await worker.StartAsync(default);
        await began.Task;

        var stopping = worker.StopAsync(default);
        var later = await host.UploadAndConfirmAsync();
        stopping.IsCompleted.Should().BeFalse("a step is under way");
        resume.SetResult();
        await stopping.WaitAsync(MaxWait);

        (await host.GetStatusAsync(running)).Should().Be(UploadStatus.Ready);
        (await host.GetStatusAsync(later)).Should().Be(UploadStatus.Uploaded);
    }

    [Fact]
    public async Task Stop_Timeout_ReleasesTheLeaseWithoutFailure()
    {
        var began = new TaskCompletionSource();
        await using var host = CreateHost(async (_, cancellationToken) =>
        {
            began.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return ProcessingResult.Accept;
        });
        var grant = await host.UploadAndConfirmAsync();
        var worker = host.Services.GetRequiredService<IHostedService>();
        await worker.StartAsync(default);
        await began.Task;

        using var shutdownTimeout = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await worker.StopAsync(shutdownTimeout.Token);

        var released = await host.GetRecordAsync(grant);
        (released.Status, released.FailedAttempts).Should().Be((UploadStatus.Uploaded, 0));
        released.NextActionAt.Should().BeOnOrBefore(TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task Worker_Parallelism_IsTheUpperLimit()
    {
        var (running, most) = (0, 0);
        var all = new CountdownEvent(40);
        await using var host = CreateHost(
            async (_, cancellationToken) =>
            {
                var now = Interlocked.Increment(ref running);
                lock (all)
                    most = Math.Max(most, now);
                await Task.Delay(5, cancellationToken);
                Interlocked.Decrement(ref running);
                all.Signal();
                return ProcessingResult.Accept;
            },
            parallelism: 3);
        for (var number = 0; number < 40; number++)
            await host.UploadAndConfirmAsync();
        var worker = host.Services.GetRequiredService<IHostedService>();
        await worker.StartAsync(default);

        all.Wait(MaxWait).Should().BeTrue();
        await worker.StopAsync(default);
        most.Should().Be(3);
    }

    [Fact]
    public async Task Worker_StoreUnavailable_ResumesByItself()
    {
        var store = new FaultInjectingStore();
        await using var host = CreateHost((_, _) => Task.FromResult(ProcessingResult.Accept), store: store);
        var grant = await host.UploadAndConfirmAsync();
        store.IsUnavailable = true;
        var worker = host.Services.GetRequiredService<IHostedService>();
        await worker.StartAsync(default);
        while (store.FailedCalls < 3)
            await Task.Delay(10);
        store.IsUnavailable = false;

        await WaitForStatusAsync(host, grant, UploadStatus.Ready);
        await worker.StopAsync(default);
    }

    private static UploadHost CreateHost(
        Func<UploadProcessingContext, CancellationToken, Task<ProcessingResult>> deed, int parallelism = 8, TimeSpan? pollInterval = null,
        FaultInjectingStore? store = null, Action<UploadWorkerOptions>? configure = null) => new(
        profile: notes => notes.AddProcessor<DelegateProcessor>(),
        clock: TimeProvider.System,
        store: store,
        configure: services =>
        {
            services.AddSingleton(deed);
            services.AddDirectUploads().AddWorker(worker =>
            {
                worker.Parallelism = parallelism;
                worker.PollInterval = pollInterval ?? TimeSpan.FromMilliseconds(100);
                configure?.Invoke(worker);
            });
        });

    private static async Task WaitForStatusAsync(UploadHost host, UploadGrant grant, UploadStatus status)
    {
        var giveUpAt = TimeProvider.System.GetUtcNow() + MaxWait;
        while (await host.GetStatusAsync(grant) != status && TimeProvider.System.GetUtcNow() < giveUpAt)
            await Task.Delay(5);
        (await host.GetStatusAsync(grant)).Should().Be(status);
    }
}
