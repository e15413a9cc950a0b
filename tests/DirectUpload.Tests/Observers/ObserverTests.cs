using System.Collections.Concurrent;
using DirectUpload.DependencyInjection;
using DirectUpload.Observers;
using DirectUpload.Processing;
using DirectUpload.Profiles;
using DirectUpload.Records;
using DirectUpload.Tests.Processing;
using DirectUpload.Tests.Service;
using DirectUpload.Uploads;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Tests.Observers;

public sealed class ObserverTests
{
    private readonly Listener _listener = new();

    [Fact]
    public async Task Hears_of_a_ready_upload_from_its_arrival_on()
    {
        await using var host = Host();
        await host.ReadyAsync();
        _listener.Heard.Should().BeEmpty("the worker tells, not the client's call");

        await host.Worker.RunOnceAsync();

        _listener.Heard.Should().Equal("confirmed", "ready");
    }

    [Fact]
    public async Task Hears_of_every_end()
    {
        await using var host = Host();
        var rejected = await host.GrantAsync();
        host.Bucket.Put(rejected.Record.StagingKey, "longer than was promised");
        await host.ConfirmAsync(rejected);
        var aborted = await host.GrantAsync();
        await host.Service.DeleteAsync(aborted.Record.Id, aborted.WriteToken);
        var deleted = await host.ReadyAsync();
        await host.Service.DeleteAsync(deleted.Record.Id, deleted.WriteToken);
        var expired = await host.GrantAsync();

        await host.Worker.RunOnceAsync();
        await host.RunWorkerAt(TimeSpan.FromHours(2));

        _listener.HeardOf(rejected.Record.Id).Should().Equal("rejected");
        _listener.HeardOf(aborted.Record.Id).Should().Equal("aborted");
        _listener.HeardOf(deleted.Record.Id).Should().Equal("confirmed", "ready", "deleted");
        _listener.HeardOf(expired.Record.Id).Should().Equal("expired");
    }

    [Fact]
    public async Task Hears_of_the_arrival_before_it_is_processed_and_of_the_failure_after()
    {
        await using var host = Host(profile: notes => notes.ProcessWith<Failing>(), options: it => it.MaxAttempts = 1);
        await host.ConfirmAsync(await host.UploadAsync());

        await host.Worker.RunOnceAsync();

        _listener.Heard.Should().Equal("confirmed", "failed");
        _listener.Statuses.Should().Equal(UploadStatus.Uploaded, UploadStatus.Failed);
    }

    [Fact]
    public async Task Hears_of_a_failure_again_after_a_retry_but_of_the_arrival_once()
    {
        await using var host = Host(profile: notes => notes.ProcessWith<Failing>(), options: it => it.MaxAttempts = 1);
        var grant = await host.UploadAsync();
        await host.ConfirmAsync(grant);
        await host.Worker.RunOnceAsync();
        await host.Service.RetryAsHostAsync(grant.Record.Id);

        await host.Worker.RunOnceAsync();

        _listener.Heard.Should().Equal("confirmed", "failed", "failed");
    }

    [Fact]
    public async Task Is_told_once_when_nothing_goes_wrong()
    {
        await using var host = Host();
        await host.ReadyAsync();

        for (var hours = 0; hours < 100; hours += 5)
            await host.RunWorkerAt(TimeSpan.FromHours(hours));

        _listener.Heard.Should().Equal("confirmed", "ready");
    }

    [Fact]
    public async Task That_throws_is_told_again_and_in_order_while_others_go_on()
    {
        var steady = new Listener();
        await using var host = Host(steady);
        _listener.Doing = (_, _) => _listener.Calls < 4 ? throw new InvalidOperationException("not now") : Task.CompletedTask;
        await host.ReadyAsync();

        for (var seconds = 0; seconds < 60; seconds++)
            await host.RunWorkerAt(TimeSpan.FromSeconds(seconds));

        steady.Heard.Should().Equal("confirmed", "ready");
        _listener.Heard.Should().Equal("confirmed", "ready");
        _listener.Calls.Should().Be(5);
    }

    [Fact]
    public async Task That_always_throws_is_called_ever_more_seldom_and_at_last_no_more()
    {
        await using var host = Host();
        _listener.Doing = (_, _) => throw new InvalidOperationException("never");
        await host.ReadyAsync();

        var calls = new List<int>();
        for (var hour = 0; hour < 100; hour++)
        {
            for (var minute = 0; minute < 60; minute += 5)
                await host.RunWorkerAt(TimeSpan.FromHours(hour) + TimeSpan.FromMinutes(minute));
            calls.Add(_listener.Calls);
        }

        calls[0].Should().BeInRange(4, 12);
        (calls[70] - calls[60]).Should().BeInRange(5, 12, "once an hour or so");
        calls[99].Should().Be(calls[73], "three days are over");
        _listener.Heard.Should().BeEmpty();
    }

    [Fact]
    public async Task That_throws_keeps_no_object_alive()
    {
        await using var host = Host();
        _listener.Doing = (_, _) => throw new InvalidOperationException("never");
        var grant = await host.ReadyAsync();
        var rejected = await host.GrantAsync();
        host.Bucket.Put(rejected.Record.StagingKey, "longer than was promised");
        await host.ConfirmAsync(rejected);

        for (var minutes = 0; minutes < 120; minutes++)
            await host.RunWorkerAt(TimeSpan.FromMinutes(minutes));

        host.Bucket.Keys.Should().Equal((await host.RecordOf(grant)).FinalKey);
    }

    [Fact]
    public async Task Is_waited_for_before_a_record_vanishes()
    {
        await using var host = Host(options: it => it.RecordRetention = TimeSpan.Zero);
        _listener.Doing = (_, _) => throw new InvalidOperationException("not now");
        var grant = await host.GrantAsync();
        await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);
        await host.RunWorkerAt(TimeSpan.FromHours(5));
        _listener.Doing = (_, _) => Task.CompletedTask;

        for (var hours = 6; hours < 12; hours++)
            await host.RunWorkerAt(TimeSpan.FromHours(hours));
        _listener.Heard.Should().Equal("aborted");
        (await host.Store.FindAsync(grant.Record.Id)).Should().NotBeNull("a failing handler is called again for three days");
        await host.RunWorkerAt(TimeSpan.FromHours(80));
        await host.RunWorkerAt(TimeSpan.FromHours(160));

        _listener.Heard.Should().Equal("aborted");
        (await host.Store.FindAsync(grant.Record.Id)).Should().BeNull();
    }

    [Fact]
    public async Task Is_told_again_when_the_process_died_before_that_was_noted()
    {
        var store = new MoodyStore();
        await using var host = Host(store: store);
        await host.ReadyAsync();
        store.RefusesNotifications = true;
        await host.Worker.RunOnceAsync();
        store.RefusesNotifications = false;

        await host.RunWorkerAt(TimeSpan.FromMinutes(5));

        _listener.Heard.Should().Equal("confirmed", "ready", "confirmed", "ready");
    }

    [Fact]
    public async Task Is_told_by_another_host_than_the_one_that_the_client_spoke_to()
    {
        var store = new InMemoryUploadRecordStore();
        var bucket = new FakeBucket();
        await using var web = Host(store: store, bucket: bucket);
        await web.ReadyAsync();
        var atWork = new Listener();
        await using var worker = new UploadHost(bucket, store: store, configure: services => Builder(services).AddObserver("listener", _ => atWork));

        await worker.Worker.RunOnceAsync();

        atWork.Heard.Should().Equal("confirmed", "ready");
    }

    [Fact]
    public async Task Is_notified_at_once_when_the_confirming_host_has_neither_handlers_nor_worker()
    {
        var (store, bucket) = (new InMemoryUploadRecordStore(), new FakeBucket());
        await using var web = new UploadHost(bucket, store: store);
        await web.ReadyAsync();
        await using var worker = Host(store: store, bucket: bucket);

        await worker.Worker.RunOnceAsync();

        _listener.Heard.Should().Equal("confirmed", "ready");
    }

    [Fact]
    public async Task Is_notified_late_when_the_confirming_host_has_a_worker_and_no_handlers()
    {
        var (store, bucket) = (new InMemoryUploadRecordStore(), new FakeBucket());
        await using var web = new UploadHost(bucket, store: store, configure: services => Builder(services).AddWorker());
        await web.ReadyAsync();
        await using var worker = Host(store: store, bucket: bucket);
        await worker.Worker.RunOnceAsync();
        _listener.Heard.Should().BeEmpty("the other host has not queued it");

        await worker.RunWorkerAt(TimeSpan.FromHours(1));

        _listener.Heard.Should().Equal("confirmed", "ready");
    }

    [Fact]
    public async Task Is_left_to_the_host_that_has_it()
    {
        var (store, bucket) = (new InMemoryUploadRecordStore(), new FakeBucket());
        await using var web = Host(store: store, bucket: bucket);
        await web.ReadyAsync();
        await using var without = new UploadHost(bucket, store: store);
        await without.Worker.RunOnceAsync();

        await web.Worker.RunOnceAsync();

        _listener.Heard.Should().Equal("confirmed", "ready");
    }

    [Fact]
    public async Task That_is_slow_delays_no_processing()
    {
        await using var host = Host();
        var hanging = new TaskCompletionSource();
        _listener.Doing = (_, _) => hanging.Task;
        for (var i = 0; i < 10; i++)
            await host.ReadyAsync();
        using var stopping = new CancellationTokenSource();
        var running = host.Worker.RunAsync(Idle, Idle, stopping.Token, CancellationToken.None);
        while (_listener.Calls < 8)
            await Task.Delay(5);

        var grant = await host.UploadAsync();
        await host.Store.TryUpdateAsync(await host.RecordOf(grant) with { DueAt = host.Clock.GetUtcNow() });
        for (var tries = 0; await host.StatusOf(grant) != UploadStatus.Ready; tries++)
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
    public async Task That_hangs_is_left_after_half_a_lease_and_told_again()
    {
        await using var host = Host(options: it => it.ProcessingLease = TimeSpan.FromMinutes(1));
        var hanging = new TaskCompletionSource();
        _listener.Doing = (_, _) => _listener.Calls == 1 ? hanging.Task : Task.CompletedTask;
        await host.ReadyAsync();

        var running = host.Worker.RunOnceAsync();
        for (var waited = 0; waited < 200 && !running.IsCompleted; waited++)
        {
            host.Clock.Advance(TimeSpan.FromMilliseconds(300));
            await Task.Delay(5);
        }

        await running;
        host.Clock.GetUtcNow().Should().BeOnOrAfter(host.Clock.Start + TimeSpan.FromSeconds(30));
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        await host.Worker.RunOnceAsync();
        _listener.Heard.Should().Equal("confirmed", "ready");
    }

    [Fact]
    public async Task That_hangs_holds_up_no_other_upload()
    {
        await using var host = Host();
        var first = true;
        var hanging = new TaskCompletionSource();
        _listener.Doing = (_, _) => Interlocked.Exchange(ref first, false) ? hanging.Task : Task.CompletedTask;
        for (var i = 0; i < 20; i++)
            await host.ReadyAsync();

        var running = host.Worker.RunOnceAsync();
        while (_listener.Heard.Count() < 38)
            await Task.Delay(5);

        running.IsCompleted.Should().BeFalse();
        hanging.SetResult();
        await running;
        _listener.Heard.Should().HaveCount(40);
    }

    [Fact]
    public async Task Gets_a_scope_of_its_own_for_each_call()
    {
        await using var host = new UploadHost(configure: services =>
        {
            services.AddScoped<Scoped>();
            services.AddSingleton(_listener);
            Builder(services).AddObserver<InScope>();
        });
        await host.ReadyAsync();

        await host.Worker.RunOnceAsync();

        _listener.Heard.Should().Equal("confirmed", "ready");
        Scoped.Made.Should().HaveCount(2).And.OnlyContain(scoped => scoped.IsDisposed);
    }

    [Fact]
    public void Has_a_name_of_its_own()
    {
        var twice = () => new ServiceCollection().AddDirectUploads().AddObserver("a", _ => _listener).AddObserver("a", _ => _listener);

        twice.Should().Throw<ArgumentException>().WithMessage("*\"a\"*name of its own*");
    }

    [Fact]
    public async Task That_was_added_later_hears_what_comes_and_not_what_was_long_ago()
    {
        var store = new InMemoryUploadRecordStore();
        var bucket = new FakeBucket();
        await using var before = new UploadHost(bucket, store: store);
        var grant = await before.ReadyAsync();
        await using var after = Host(store: store, bucket: bucket);
        after.Clock.SetUtcNow(after.Clock.Start + TimeSpan.FromDays(10));

        await after.Service.DeleteAsHostAsync(grant.Record.Id);
        await after.Worker.RunOnceAsync();

        _listener.Heard.Should().Equal("deleted");
    }

    [Fact]
    public async Task That_is_not_there_costs_nothing()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();

        (await host.RecordOf(grant)).DueAt.Should().Be(grant.Record.GrantExpiresAt);
        (await host.Worker.RunOnceAsync()).Should().Be(0);
    }

    private UploadHost Host(
        Listener? second = null, Action<UploadProfile>? profile = null, Action<DirectUploadOptions>? options = null, IUploadRecordStore? store = null, FakeBucket? bucket = null) =>
        new(bucket, profile, options, store: store, configure: services =>
        {
            var builder = Builder(services).AddObserver("listener", _ => _listener);
            if (second is not null)
                builder.AddObserver("second", _ => second);
        });

    private static DirectUploadBuilder Builder(IServiceCollection services) => services.AddDirectUploads();

    private sealed class Failing : IUploadProcessor
    {
        public Task<UploadVerdict> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken) => throw new InvalidOperationException("it can't be done");
    }

    private sealed class Scoped : IDisposable
    {
        public Scoped() => Made.Enqueue(this);

        public static ConcurrentQueue<Scoped> Made { get; } = [];

        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class InScope(Scoped scoped, Listener listener) : IUploadObserver
    {
        public Task ConfirmedAsync(UploadRecord upload, CancellationToken cancellationToken) => HearAsync(listener.ConfirmedAsync(upload, cancellationToken));

        public Task ReadyAsync(UploadRecord upload, CancellationToken cancellationToken) => HearAsync(listener.ReadyAsync(upload, cancellationToken));

        private Task HearAsync(Task heard) => scoped.IsDisposed ? throw new ObjectDisposedException(nameof(Scoped)) : heard;
    }
}
