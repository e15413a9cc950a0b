using System.Collections.Concurrent;
using DirectUpload.Stores;
using DirectUpload.Tests.Fixtures;
using DirectUpload.Tests.Flows;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Tests.Operations;

/// <summary>Attaching at the same time as other attaching, expiry and the worker: one of them wins.</summary>
public sealed class UploadAttacherRaceTests
{
    private const int Rounds = 200;

    private static readonly UploadAssociation Avatar = new("user", "42", "avatar");
    private static readonly TimeSpan Retention = TimeSpan.FromHours(2);

    [Fact]
    public async Task Attach_TwoEntitiesAtOnce_ExactlyOneWins()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var pace = new RandomScheduler(seed);
            await using var host = new UploadHost(store: new RandomDelayStore(new InMemoryUploadRecordStore(), pace));
            var grant = await host.ReadyAsync();
            UploadAssociation[] entities = [new("user", "1"), new("user", "2")];

            var results = await Task.WhenAll(entities.Select(entity => Task.Run(
                () => host.Service.AttachAsync(grant.Record.Id, grant.ReadToken, entity, "notes"))));

            results.Count(result => result.Succeeded).Should().Be(1, "seed {0}", seed);
            results.Single(result => !result.Succeeded).Error!.Code.Should().Be(UploadErrorCodes.AttachedElsewhere);
            (await host.GetRecordAsync(grant)).Association.Should().Be(entities[results[0].Succeeded ? 0 : 1]);
        }
    }

    [Fact]
    public async Task Attach_WorkerDeletesInBetween_IsRefused()
    {
        var store = new InterleavingStore();
        await using var host = CreateHost(store);
        var grant = await ReadyAsync(host);
        await host.RunWorkerAtAsync(TimeSpan.FromMinutes(100)); // the staging object
        host.Clock.SetUtcNow(host.Clock.Start + Retention - TimeSpan.FromMilliseconds(1));
        store.BeforeNextUpdate = async _ => (await host.RunWorkerAtAsync(Retention)).Should().Be(1);

        var result = await host.Service.AttachAsync(grant.Record.Id, grant.ReadToken, Avatar, "notes");

        result.Error!.Code.Should().Be(UploadErrorCodes.Deleted);
        result.Error.Message.Should().Contain("not attached in time");
        var record = await host.GetRecordAsync(grant);
        (record.Status, record.Error!.Code, record.AttachedAt).Should().Be((UploadStatus.Deleted, UploadErrorCodes.Unattached, null));
        host.Bucket.Keys.Should().BeEmpty();
    }

    /// <summary>The clocks of two hosts differ by a millisecond, so one still attaches what the other already deletes.</summary>
    [Fact]
    public async Task Attach_WhileWorkerHasLease_KeepsTheUpload()
    {
        var store = new InterleavingStore();
        await using var worker = CreateHost(store);
        var grant = await ReadyAsync(worker);
        await using var late = CreateHost(store, worker.Bucket);
        late.Clock.SetUtcNow(worker.Clock.Start + Retention - TimeSpan.FromMilliseconds(1));
        await worker.RunWorkerAtAsync(TimeSpan.FromMinutes(100));
        store.BeforeNextUpdate = async _ => (await late.Service.AttachAsync(grant.Record.Id, grant.ReadToken, Avatar, "notes"))
            .Succeeded.Should().BeTrue();

        await worker.RunWorkerAtAsync(Retention);
        await worker.RunWorkerForAsync(TimeSpan.FromHours(1));

        var record = await worker.GetRecordAsync(grant);
        (record.Status, record.Association, record.AttachBy, record.NextActionAt)
            .Should().Be((UploadStatus.Ready, Avatar, null, null));
        worker.Bucket.Keys.Should().Equal(grant.Record.FinalKey);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public async Task Attach_AroundTheEnd_IsAllowedBeforeIt(int ticks, bool succeeds)
    {
        await using var host = CreateHost(new InterleavingStore());
        var grant = await ReadyAsync(host);
        host.Clock.SetUtcNow(host.Clock.Start + Retention + TimeSpan.FromTicks(ticks));

        (await host.Service.AttachAsync(grant.Record.Id, grant.ReadToken, Avatar, "notes")).Succeeded.Should().Be(succeeds);
        await host.Worker.RunOnceAsync();

        (await host.GetStatusAsync(grant)).Should().Be(succeeds ? UploadStatus.Ready : UploadStatus.Deleted);
    }

    [Fact]
    public async Task AttachAndExpiry_AnyOrder_HaveOneWinner()
    {
        var faults = new ConcurrentQueue<string>();
        var (attached, deleted) = (0, 0);
        await Parallel.ForEachAsync(Enumerable.Range(0, Rounds), async (seed, ending) =>
        {
            var pace = new RandomScheduler(seed);
            var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
            var bucket = new FakeBucket();
            var store = new RandomDelayStore(new InMemoryUploadRecordStore(), pace);
            await using var one = CreateHost(store, bucket, clock);
            await using var other = CreateHost(store, bucket, clock);
            var grant = await ReadyAsync(one);
            clock.Advance(Retention - TimeSpan.FromTicks(1));
            await one.Worker.RunOnceAsync(ending);

            var attaching = Task.Run(() => one.Service.AttachAsync(grant.Record.Id, grant.ReadToken, Avatar, "notes"), ending);
            await Task.WhenAll(
                attaching, Task.Run(() => clock.Advance(TimeSpan.FromTicks(1)), ending),
                Task.Run(() => other.Worker.RunOnceAsync(ending), ending));
            await one.RunWorkerAsync(clock, TimeSpan.FromMinutes(30));

            var (result, record) = (await attaching, await one.GetRecordAsync(grant));
            Interlocked.Increment(ref result.Succeeded ? ref attached : ref deleted);
            var expected = result.Succeeded ? UploadStatus.Ready : UploadStatus.Deleted;
            if (record.Status != expected || (record.AttachedAt is not null) != result.Succeeded
                || bucket.Keys.Contains(grant.Record.FinalKey) != result.Succeeded)
                faults.Enqueue($"{seed}: attach succeeded {result.Succeeded}, status {record.Status}, attached at {record.AttachedAt}");
        });

        faults.Should().BeEmpty();
        attached.Should().BePositive();
        deleted.Should().BePositive("the rounds have both winners");
    }

    private static UploadHost CreateHost(IUploadRecordStore store, FakeBucket? bucket = null, TimeProvider? clock = null) =>
        new(bucket, notes => notes.UnattachedRetention = Retention, clock: clock, store: store);

    private static async Task<UploadGrant> ReadyAsync(UploadHost host)
    {
        var grant = await host.ReadyAsync();
        (await host.GetRecordAsync(grant)).AttachBy.Should().NotBeNull();
        return grant;
    }
}
