using DirectUpload.Processing;
using DirectUpload.Tests.Service;
using DirectUpload.Uploads;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DirectUpload.Tests.Processing;

/// <summary>The worker as a host runs it, by the system's clock.</summary>
public sealed class WorkerServiceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task It_takes_up_what_becomes_due_in_its_process_at_once()
    {
        await using var host = Host((_, _) => Task.FromResult(UploadVerdict.Accept), pollInterval: TimeSpan.FromHours(1));
        var worker = host.Services.GetRequiredService<IHostedService>();
        await worker.StartAsync(default);
        var grants = new List<UploadGrant>();
        for (var number = 0; number < 20; number++)
            grants.Add(await host.UploadAsync());

        foreach (var grant in grants)
            await host.ConfirmAsync(grant);

        foreach (var grant in grants)
            await Becomes(host, grant, UploadStatus.Ready);
        await worker.StopAsync(default);
    }

    [Fact]
    public async Task When_the_host_stops_it_begins_nothing_more_and_lets_what_runs_end()
    {
        var began = new TaskCompletionSource();
        var resume = new TaskCompletionSource();
        await using var host = Host(async (_, cancellationToken) =>
        {
            began.TrySetResult();
            await resume.Task.WaitAsync(cancellationToken);
            return UploadVerdict.Accept;
        });
        var running = await host.ArrivedAsync();
        var worker = host.Services.GetRequiredService<IHostedService>();
        await worker.StartAsync(default);
        await began.Task;

        var stopping = worker.StopAsync(default);
        var later = await host.ArrivedAsync();
        stopping.IsCompleted.Should().BeFalse("a step is under way");
        resume.SetResult();
        await stopping.WaitAsync(Patience);

        (await host.StatusOf(running)).Should().Be(UploadStatus.Ready);
        (await host.StatusOf(later)).Should().Be(UploadStatus.Uploaded);
    }

    [Fact]
    public async Task What_can_not_end_in_time_is_released_for_whoever_comes_next_and_not_held_against_it()
    {
        var began = new TaskCompletionSource();
        await using var host = Host(async (_, cancellationToken) =>
        {
            began.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return UploadVerdict.Accept;
        });
        var grant = await host.ArrivedAsync();
        var worker = host.Services.GetRequiredService<IHostedService>();
        await worker.StartAsync(default);
        await began.Task;

        using var shutdownTimeout = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await worker.StopAsync(shutdownTimeout.Token);

        var released = await host.RecordOf(grant);
        (released.Status, released.Failures).Should().Be((UploadStatus.Uploaded, 0));
        released.DueAt.Should().BeOnOrBefore(TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task It_works_on_as_many_at_once_as_it_may_and_no_more()
    {
        var (running, most) = (0, 0);
        var all = new CountdownEvent(40);
        await using var host = Host(
            async (_, cancellationToken) =>
            {
                var now = Interlocked.Increment(ref running);
                lock (all)
                    most = Math.Max(most, now);
                await Task.Delay(5, cancellationToken);
                Interlocked.Decrement(ref running);
                all.Signal();
                return UploadVerdict.Accept;
            },
            parallelism: 3);
        for (var number = 0; number < 40; number++)
            await host.ArrivedAsync();
        var worker = host.Services.GetRequiredService<IHostedService>();
        await worker.StartAsync(default);

        all.Wait(Patience).Should().BeTrue();
        await worker.StopAsync(default);
        most.Should().Be(3);
    }

    [Fact]
    public async Task An_outage_of_the_store_ends_by_itself()
    {
        var store = new MoodyStore();
        await using var host = Host((_, _) => Task.FromResult(UploadVerdict.Accept), store: store);
        var grant = await host.ArrivedAsync();
        store.IsOut = true;
        var worker = host.Services.GetRequiredService<IHostedService>();
        await worker.StartAsync(default);
        while (store.Refused < 3)
            await Task.Delay(10);
        store.IsOut = false;

        await Becomes(host, grant, UploadStatus.Ready);
        await worker.StopAsync(default);
    }

    private static UploadHost Host(
        Func<UploadProcessingContext, CancellationToken, Task<UploadVerdict>> deed, int parallelism = 8, TimeSpan? pollInterval = null, MoodyStore? store = null) => new(
        profile: notes => notes.ProcessWith<Step>(),
        clock: TimeProvider.System,
        store: store,
        configure: services =>
        {
            services.AddSingleton(deed);
            services.AddDirectUploads().AddWorker(worker =>
            {
                worker.Parallelism = parallelism;
                worker.PollInterval = pollInterval ?? TimeSpan.FromMilliseconds(100);
            });
        });

    private static async Task Becomes(UploadHost host, UploadGrant grant, UploadStatus status)
    {
        var giveUpAt = TimeProvider.System.GetUtcNow() + Patience;
        while (await host.StatusOf(grant) != status && TimeProvider.System.GetUtcNow() < giveUpAt)
            await Task.Delay(5);
        (await host.StatusOf(grant)).Should().Be(status);
    }
}
