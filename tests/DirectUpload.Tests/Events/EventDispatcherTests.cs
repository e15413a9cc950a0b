using System.Collections.Concurrent;
using DirectUpload.Processing;
using DirectUpload.Stores;
using DirectUpload.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Tests.Events;

public sealed class EventDispatcherTests
{
    private readonly RecordingEventHandler _handler = new();

    [Fact]
    public async Task Dispatch_Ready_NotifiesConfirmedThenReady()
    {
        await using var host = CreateHost();
        await host.ReadyAsync();
        _handler.ReceivedEvents.Should().BeEmpty("the worker tells, not the client's call");

        await host.Worker.RunOnceAsync();

        _handler.ReceivedEvents.Should().Equal("confirmed", "ready");
    }

    [Fact]
    public async Task Dispatch_EveryTerminalStatus_Notifies()
    {
        await using var host = CreateHost();
        var rejected = await host.GrantAsync();
        host.Bucket.Put(rejected.Record.StagingKey, "longer than was promised");
        await host.ConfirmAsync(rejected);
        var aborted = await host.GrantAsync();
        await host.Service.DeleteAsync(aborted.Record.Id, aborted.WriteToken);
        var deleted = await host.ReadyAsync();
        await host.Service.DeleteAsync(deleted.Record.Id, deleted.WriteToken);
        var expired = await host.GrantAsync();

        await host.Worker.RunOnceAsync();
        await host.RunWorkerAtAsync(TimeSpan.FromHours(2));

        _handler.GetEventsOf(rejected.Record.Id).Should().Equal("rejected");
        _handler.GetEventsOf(aborted.Record.Id).Should().Equal("aborted");
        _handler.GetEventsOf(deleted.Record.Id).Should().Equal("confirmed", "ready", "deleted");
        _handler.GetEventsOf(expired.Record.Id).Should().Equal("expired");
    }

    [Fact]
    public async Task Dispatch_ProcessingFails_NotifiesConfirmedThenFailed()
    {
        await using var host = CreateHost(profile: notes => notes.AddProcessor<ThrowingProcessor>(), options: it => it.MaxAttempts = 1);
        await host.ConfirmAsync(await host.UploadAsync());

        await host.Worker.RunOnceAsync();

        _handler.ReceivedEvents.Should().Equal("confirmed", "failed");
        _handler.ReceivedStatuses.Should().Equal(UploadStatus.Uploaded, UploadStatus.Failed);
    }

    [Fact]
    public async Task Dispatch_RetryFails_NotifiesFailedAgain()
    {
        await using var host = CreateHost(profile: notes => notes.AddProcessor<ThrowingProcessor>(), options: it => it.MaxAttempts = 1);
        var grant = await host.UploadAsync();
        await host.ConfirmAsync(grant);
        await host.Worker.RunOnceAsync();
        await host.Service.RetryAsync(grant.Record.Id);

        await host.Worker.RunOnceAsync();

        _handler.ReceivedEvents.Should().Equal("confirmed", "failed", "failed");
    }

    [Fact]
    public async Task Dispatch_NoFailures_NotifiesOnce()
    {
        await using var host = CreateHost();
        await host.ReadyAsync();

        for (var hours = 0; hours < 100; hours += 5)
            await host.RunWorkerAtAsync(TimeSpan.FromHours(hours));

        _handler.ReceivedEvents.Should().Equal("confirmed", "ready");
    }

    [Fact]
    public async Task Dispatch_HandlerThrows_RetriesInOrderAndOthersProceed()
    {
        var steady = new RecordingEventHandler();
        await using var host = CreateHost(steady);
        _handler.OnEvent = (_, _) => _handler.Calls < 4 ? throw new InvalidOperationException("not now") : Task.CompletedTask;
        await host.ReadyAsync();

        for (var seconds = 0; seconds < 60; seconds++)
            await host.RunWorkerAtAsync(TimeSpan.FromSeconds(seconds));

        steady.ReceivedEvents.Should().Equal("confirmed", "ready");
        _handler.ReceivedEvents.Should().Equal("confirmed", "ready");
        _handler.Calls.Should().Be(5);
    }

    [Fact]
    public async Task Dispatch_HandlerAlwaysThrows_BacksOffThenStops()
    {
        await using var host = CreateHost();
        _handler.OnEvent = (_, _) => throw new InvalidOperationException("never");
        await host.ReadyAsync();

        var calls = new List<int>();
        for (var hour = 0; hour < 100; hour++)
        {
            for (var minute = 0; minute < 60; minute += 5)
                await host.RunWorkerAtAsync(TimeSpan.FromHours(hour) + TimeSpan.FromMinutes(minute));
            calls.Add(_handler.Calls);
        }

        calls[0].Should().BeInRange(4, 12);
        (calls[70] - calls[60]).Should().BeInRange(5, 12, "once an hour or so");
        calls[99].Should().Be(calls[73], "three days are over");
        _handler.ReceivedEvents.Should().BeEmpty();
    }

    [Fact]
    public async Task Dispatch_HandlerThrows_ObjectsAreStillDeleted()
    {
        await using var host = CreateHost();
        _handler.OnEvent = (_, _) => throw new InvalidOperationException("never");
        var grant = await host.ReadyAsync();
        var rejected = await host.GrantAsync();
        host.Bucket.Put(rejected.Record.StagingKey, "longer than was promised");
        await host.ConfirmAsync(rejected);

        for (var minutes = 0; minutes < 120; minutes++)
            await host.RunWorkerAtAsync(TimeSpan.FromMinutes(minutes));

        host.Bucket.Keys.Should().Equal((await host.GetRecordAsync(grant)).FinalKey);
    }

    [Fact]
    public async Task Purge_PendingNotification_KeepsTheRecord()
    {
        await using var host = CreateHost(options: it => it.RecordRetention = TimeSpan.Zero);
        _handler.OnEvent = (_, _) => throw new InvalidOperationException("not now");
        var grant = await host.GrantAsync();
        await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);
        await host.RunWorkerAtAsync(TimeSpan.FromHours(5));
        _handler.OnEvent = (_, _) => Task.CompletedTask;

        for (var hours = 6; hours < 12; hours++)
            await host.RunWorkerAtAsync(TimeSpan.FromHours(hours));
        _handler.ReceivedEvents.Should().Equal("aborted");
        (await host.Store.FindAsync(grant.Record.Id)).Should().NotBeNull("a failing handler is called again for three days");
        await host.RunWorkerAtAsync(TimeSpan.FromHours(80));
        await host.RunWorkerAtAsync(TimeSpan.FromHours(160));

        _handler.ReceivedEvents.Should().Equal("aborted");
        (await host.Store.FindAsync(grant.Record.Id)).Should().BeNull();
    }

    [Fact]
    public async Task Dispatch_CheckpointNotSaved_NotifiesAgain()
    {
        var store = new FaultInjectingStore();
        await using var host = CreateHost(store: store);
        await host.ReadyAsync();
        store.RejectsCheckpoints = true;
        await host.Worker.RunOnceAsync();
        store.RejectsCheckpoints = false;

        await host.RunWorkerAtAsync(TimeSpan.FromMinutes(5));

        _handler.ReceivedEvents.Should().Equal("confirmed", "ready", "confirmed", "ready");
    }

    [Fact]
    public async Task Dispatch_ByAnotherHost_Notifies()
    {
        var store = new InMemoryUploadRecordStore();
        var bucket = new FakeBucket();
        await using var web = CreateHost(store: store, bucket: bucket);
        await web.ReadyAsync();
        var atWork = new RecordingEventHandler();
        await using var worker = new UploadHost(
            bucket, store: store, configure: services => AddDirectUploads(services).AddEventHandler("listener", _ => atWork));

        await worker.Worker.RunOnceAsync();

        atWork.ReceivedEvents.Should().Equal("confirmed", "ready");
    }

    [Fact]
    public async Task Dispatch_ConfirmedByHostWithoutWorker_IsImmediate()
    {
        var (store, bucket) = (new InMemoryUploadRecordStore(), new FakeBucket());
        await using var web = new UploadHost(bucket, store: store);
        await web.ReadyAsync();
        await using var worker = CreateHost(store: store, bucket: bucket);

        await worker.Worker.RunOnceAsync();

        _handler.ReceivedEvents.Should().Equal("confirmed", "ready");
    }

    [Fact]
    public async Task Dispatch_ConfirmedByWorkerWithoutHandlers_IsLate()
    {
        var (store, bucket) = (new InMemoryUploadRecordStore(), new FakeBucket());
        await using var web = new UploadHost(bucket, store: store, configure: services => AddDirectUploads(services).AddWorker());
        await web.ReadyAsync();
        await using var worker = CreateHost(store: store, bucket: bucket);
        await worker.Worker.RunOnceAsync();
        _handler.ReceivedEvents.Should().BeEmpty("the other host has not queued it");

        await worker.RunWorkerAtAsync(TimeSpan.FromHours(1));

        _handler.ReceivedEvents.Should().Equal("confirmed", "ready");
    }

    [Fact]
    public async Task Dispatch_HostWithoutHandlers_LeavesItToTheOther()
    {
        var (store, bucket) = (new InMemoryUploadRecordStore(), new FakeBucket());
        await using var web = CreateHost(store: store, bucket: bucket);
        await web.ReadyAsync();
        await using var without = new UploadHost(bucket, store: store);
        await without.Worker.RunOnceAsync();

        await web.Worker.RunOnceAsync();

        _handler.ReceivedEvents.Should().Equal("confirmed", "ready");
    }

    [Fact]
    public async Task Dispatch_SlowHandler_DelaysNoProcessing()
    {
        await using var host = CreateHost();
        var hanging = new TaskCompletionSource();
        _handler.OnEvent = (_, _) => hanging.Task;
        for (var i = 0; i < 10; i++)
            await host.ReadyAsync();
        using var stopping = new CancellationTokenSource();
        var running = host.Worker.RunAsync(Idle, Idle, stopping.Token, CancellationToken.None);
        while (_handler.Calls < 8)
            await Task.Delay(5);

        var grant = await host.UploadAsync();
        await host.Store.TryUpdateAsync(await host.GetRecordAsync(grant) with { NextActionAt = host.Clock.GetUtcNow() });
        for (var tries = 0; await host.GetStatusAsync(grant) != UploadStatus.Ready; tries++)
        {
            tries.Should().BeLessThan(2000);
            await Task.Delay(5);
        }

        hanging.SetResult();
        await stopping.CancelAsync();
        await running;

        static Task Idle(TimeSpan least, CancellationToken cancelled) => Task.Delay(5, cancelled);
    }

    [Fact]
    public async Task Dispatch_HangingHandler_TimesOutAndIsRetried()
    {
        await using var host = CreateHost(options: it => it.ProcessingLease = TimeSpan.FromMinutes(1));
        var hanging = new TaskCompletionSource();
        _handler.OnEvent = (_, _) => _handler.Calls == 1 ? hanging.Task : Task.CompletedTask;
        await host.ReadyAsync();

        var running = host.Worker.RunOnceAsync();
        // On a busy machine, the handler may begin after many turns, and its time limit with it.
        while (!running.IsCompleted)
        {
            host.Clock.Advance(TimeSpan.FromMilliseconds(300));
            await Task.Delay(5);
        }

        await running;
        host.Clock.GetUtcNow().Should().BeOnOrAfter(host.Clock.Start + TimeSpan.FromSeconds(30));
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        await host.Worker.RunOnceAsync();
        _handler.ReceivedEvents.Should().Equal("confirmed", "ready");
    }

    [Fact]
    public async Task Dispatch_HangingHandler_BlocksNoOtherUpload()
    {
        await using var host = CreateHost();
        var first = true;
        var hanging = new TaskCompletionSource();
        _handler.OnEvent = (_, _) => Interlocked.Exchange(ref first, false) ? hanging.Task : Task.CompletedTask;
        for (var i = 0; i < 20; i++)
            await host.ReadyAsync();

        var running = host.Worker.RunOnceAsync();
        while (_handler.ReceivedEvents.Count() < 38)
            await Task.Delay(5);

        running.IsCompleted.Should().BeFalse();
        hanging.SetResult();
        await running;
        _handler.ReceivedEvents.Should().HaveCount(40);
    }

    [Fact]
    public async Task Dispatch_EachCall_GetsItsOwnScope()
    {
        await using var host = new UploadHost(configure: services =>
        {
            services.AddScoped<ScopedService>();
            services.AddSingleton(_handler);
            AddDirectUploads(services).AddEventHandler<ScopedEventHandler>();
        });
        await host.ReadyAsync();

        await host.Worker.RunOnceAsync();

        _handler.ReceivedEvents.Should().Equal("confirmed", "ready");
        ScopedService.Created.Should().HaveCount(2).And.OnlyContain(scoped => scoped.IsDisposed);
    }

    [Fact]
    public void AddEventHandler_DuplicateName_Throws()
    {
        var twice = () =>
            new ServiceCollection().AddDirectUploads().AddEventHandler("a", _ => _handler).AddEventHandler("a", _ => _handler);

        twice.Should().Throw<ArgumentException>().WithMessage("*\"a\"*another name*");
    }

    [Fact]
    public async Task Dispatch_HandlerAddedLater_GetsNewEventsOnly()
    {
        var store = new InMemoryUploadRecordStore();
        var bucket = new FakeBucket();
        await using var before = new UploadHost(bucket, store: store);
        var grant = await before.ReadyAsync();
        await using var after = CreateHost(store: store, bucket: bucket);
        after.Clock.SetUtcNow(after.Clock.Start + TimeSpan.FromDays(10));

        await after.Service.DeleteAsync(grant.Record.Id, UploadAccess.Application);
        await after.Worker.RunOnceAsync();

        _handler.ReceivedEvents.Should().Equal("deleted");
    }

    [Fact]
    public async Task Dispatch_NoHandlers_CostsNothing()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();

        (await host.GetRecordAsync(grant)).NextActionAt.Should().Be(grant.Record.GrantExpiresAt);
        (await host.Worker.RunOnceAsync()).Should().Be(0);
    }

    private UploadHost CreateHost(
        RecordingEventHandler? second = null, Action<UploadProfile>? profile = null, Action<DirectUploadOptions>? options = null,
        IUploadRecordStore? store = null, FakeBucket? bucket = null) =>
        new(bucket, profile, options, store: store, configure: services =>
        {
            var builder = AddDirectUploads(services).AddEventHandler("listener", _ => _handler);
            if (second is not null)
                builder.AddEventHandler("second", _ => second);
        });

    private static DirectUploadBuilder AddDirectUploads(IServiceCollection services) => services.AddDirectUploads();

    private sealed class ThrowingProcessor : IUploadProcessor
    {
        public Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("it can't be done");
    }

    private sealed class ScopedService : IDisposable
    {
        public ScopedService() => Created.Enqueue(this);

        public static ConcurrentQueue<ScopedService> Created { get; } = [];

        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class ScopedEventHandler(ScopedService scoped, RecordingEventHandler listener) : IUploadEventHandler
    {
        public Task OnConfirmedAsync(Upload upload, CancellationToken cancellationToken) =>
            ReceiveAsync(listener.OnConfirmedAsync(upload, cancellationToken));

        public Task OnReadyAsync(Upload upload, CancellationToken cancellationToken) =>
            ReceiveAsync(listener.OnReadyAsync(upload, cancellationToken));

        private Task ReceiveAsync(Task heard) => scoped.IsDisposed ? throw new ObjectDisposedException(nameof(ScopedService)) : heard;
    }
}
