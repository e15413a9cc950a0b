using System.Collections.Concurrent;
using DirectUpload.Processing;
using DirectUpload.Stores;
using DirectUpload.Tests.Fixtures;
using DirectUpload.Tests.Flows;

namespace DirectUpload.Tests.Operations;

/// <summary>An entity has one upload: the newer one replaces the older ones, whatever is interrupted.</summary>
public sealed class UploadReplacementTests
{
    private static readonly UploadAssociation Avatar = new("user", "42", "avatar");

    [Fact]
    public async Task Replace_OlderUpload_IsDeletedWithItsObjects()
    {
        await using var host = new UploadHost();
        var (older, newer) = (await ReadyAsync(host), await ReadyAsync(host));
        await AttachAsync(host, older);

        await AttachAsync(host, newer);

        var replaced = await host.GetRecordAsync(older);
        (replaced.Status, replaced.Error!.Code).Should().Be((UploadStatus.Deleted, UploadErrorCodes.Replaced));
        host.Bucket[older.Record.FinalKey].Should().BeNull();
        (await host.GetStatusAsync(newer)).Should().Be(UploadStatus.Ready);
        await host.RunWorkerForAsync(TimeSpan.FromHours(2));
        host.Bucket.Keys.Should().Equal(newer.Record.FinalKey);
        (await host.GetRecordAsync(newer)).Should().BeEquivalentTo(new { IsReplacing = false, NextActionAt = (DateTimeOffset?)null });
    }

    [Fact]
    public async Task Replace_ManyOlderUploads_DeletesAllPages()
    {
        await using var host = new UploadHost(
            profile: notes => notes.MaxPendingUploadsPerOwner = null, options: it => it.MaxRequestsPerMinutePerOwner = null);
        for (var number = 0; number < 230; number++)
        {
            var photo = await ReadyAsync(host);
            await AttachAsync(host, photo, replace: false);
        }

        var newer = await ReadyAsync(host);
        await AttachAsync(host, newer);

        (await host.Store.ListAllAsync().Where(record => record.Status == UploadStatus.Ready).Select(record => record.Id).ToListAsync())
            .Should().Equal(newer.Record.Id);
    }

    [Fact]
    public async Task Replace_OtherUploads_AreKept()
    {
        await using var host = new UploadHost(profile: notes => notes.ClientsMayAssociate = true);
        var others = new List<UploadGrant>();
        foreach (var other in new UploadAssociation[]
        {
            new("user", "42"), new("user", "42", "cover"), new("user", "43", "avatar"), new("album", "42", "avatar"),
            new("user", "42", "Avatar"),
        })
        {
            others.Add(await ReadyAsync(host));
            await AttachAsync(host, others[^1], replace: false, other);
        }

        var request = UploadHost.Request with { Association = Avatar };
        var (requested, uploaded) = (await host.GrantAsync(request), await host.GrantAsync(request));
        await host.Store.TryUpdateAsync((await host.GetRecordAsync(uploaded)).TransitionTo(UploadStatus.Uploaded, host.Clock.GetUtcNow()));
        others.Add(await ReadyAsync(host)); // without an association
        var before = await host.Store.ListAllAsync().ToDictionaryAsync(record => record.Id);

        var newer = await ReadyAsync(host);
        await AttachAsync(host, newer);
        await host.RunWorkerAtAsync(TimeSpan.FromSeconds(11));

        foreach (var (id, record) in before.Where(entry => entry.Key != uploaded.Record.Id))
            (await host.Store.FindAsync(id)).Should().BeSameAs(record, "{0} belongs to {1}", record.Status, record.Association);
        (await host.GetStatusAsync(requested)).Should().Be(UploadStatus.Requested);
        (await host.GetStatusAsync(uploaded)).Should().NotBe(UploadStatus.Aborted);
        foreach (var other in others)
            host.Bucket[other.Record.FinalKey].Should().NotBeNull();
    }

    [Fact]
    public async Task Replace_RequestedForTheEntityAndReady_IsReplaced()
    {
        await using var host = new UploadHost(profile: notes => notes.ClientsMayAssociate = true);
        var older = await host.GrantAsync(UploadHost.Request with { Association = Avatar });
        host.Bucket.Put(older.Record.StagingKey, UploadHost.Text);
        await host.ConfirmAsync(older);
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        await AttachAsync(host, await ReadyAsync(host));

        (await host.GetStatusAsync(older)).Should().Be(UploadStatus.Deleted);
    }

    [Fact]
    public async Task Replace_AttachedWithoutReplacingBefore_Replaces()
    {
        await using var host = new UploadHost();
        var (older, newer) = (await ReadyAsync(host), await ReadyAsync(host));
        await AttachAsync(host, older, replace: false);
        await AttachAsync(host, newer, replace: false);
        (await host.GetStatusAsync(older)).Should().Be(UploadStatus.Ready, "an entity can have many");
        var later = await ReadyAsync(host);
        await AttachAsync(host, later, replace: false);

        await AttachAsync(host, newer);

        (await host.GetStatusAsync(older)).Should().Be(UploadStatus.Deleted);
        (await host.GetStatusAsync(later)).Should().Be(UploadStatus.Ready, "it was attached after the one that replaces");
    }

    /// <summary>The process stops, or the store is unavailable, after the upload was attached.</summary>
    [Fact]
    public async Task Replace_InterruptedAfterAttach_IsCompletedByTheWorker()
    {
        var store = new InterleavingStore();
        await using var host = new UploadHost(store: store);
        var (older, newer) = (await ReadyAsync(host), await ReadyAsync(host));
        await AttachAsync(host, older);
        await host.RunWorkerAtAsync(TimeSpan.FromSeconds(30));
        store.ChangeList = _ => throw new RecordStoreUnavailableException("The store is unavailable.", new IOException());

        await AttachAsync(host, newer);
        (await host.GetStatusAsync(older)).Should().Be(UploadStatus.Ready);
        await host.RunWorkerForAsync(TimeSpan.FromMinutes(1));
        (await host.GetStatusAsync(older)).Should().Be(UploadStatus.Ready);
        store.ChangeList = static records => records;
        await host.RunWorkerForAsync(TimeSpan.FromMinutes(10));

        (await host.GetStatusAsync(older)).Should().Be(UploadStatus.Deleted);
        (await host.GetRecordAsync(newer)).IsReplacing.Should().BeFalse();
        await host.RunWorkerForAsync(TimeSpan.FromHours(2));
        host.Bucket.Keys.Should().Equal(newer.Record.FinalKey);
    }

    [Fact]
    public async Task Replace_ListLagsBehind_IsCompletedByTheWorker()
    {
        var store = new InterleavingStore { ChangeList = static _ => [] };
        await using var host = new UploadHost(store: store);
        var (older, newer) = (await ReadyAsync(host), await ReadyAsync(host));
        await AttachAsync(host, older);
        await AttachAsync(host, newer);
        (await host.GetStatusAsync(older)).Should().Be(UploadStatus.Ready);
        store.ChangeList = static records => records;

        await host.RunWorkerAtAsync(TimeSpan.FromSeconds(11));

        (await host.GetStatusAsync(older)).Should().Be(UploadStatus.Deleted);
        (await host.GetStatusAsync(newer)).Should().Be(UploadStatus.Ready);
    }

    /// <summary>The older upload must not come back when the newer one goes.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Replace_NewerUploadGoesFirst_StillDeletesTheOlder(bool deletes)
    {
        var store = new InterleavingStore();
        await using var host = new UploadHost(store: store);
        var (older, newer) = (await ReadyAsync(host), await ReadyAsync(host));
        await AttachAsync(host, older);
        await host.RunWorkerAtAsync(TimeSpan.FromHours(2)); // all its actions are done
        store.ChangeList = static _ => [];
        await AttachAsync(host, newer);
        store.ChangeList = static records => records;

        if (deletes)
            await host.Service.DeleteAsync(newer.Record.Id, UploadAccess.Application);
        else
            await host.Service.DetachAsync(newer.Record.Id);
        await host.RunWorkerForAsync(TimeSpan.FromMinutes(1));

        (await host.GetRecordAsync(older)).Should().BeEquivalentTo(new { Status = UploadStatus.Deleted });
        host.Bucket[older.Record.FinalKey].Should().BeNull();
        await host.RunWorkerForAsync(TimeSpan.FromHours(3));
        (await host.GetRecordAsync(newer)).NextActionAt.Should().BeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Replace_DuringProcessing_WaitsForTheResult(bool accepts)
    {
        var isFirst = true;
        Func<UploadProcessingContext, CancellationToken, Task<ProcessingResult>> process = (_, _) => Task.FromResult(
            isFirst || accepts ? ProcessingResult.Accept : ProcessingResult.Reject("no-cat", "There is no cat in it."));
        await using var host = ProcessingHost.Create(process, notes => notes.AttachBeforeReady = true);
        var older = await host.UploadAndConfirmAsync();
        await host.Worker.RunOnceAsync();
        await AttachAsync(host, older);
        await host.RunWorkerForAsync(TimeSpan.FromSeconds(20));
        isFirst = false;
        var newer = await host.UploadAndConfirmAsync();

        await AttachAsync(host, newer);
        (await host.GetStatusAsync(older)).Should().Be(UploadStatus.Ready);
        await host.RunWorkerForAsync(TimeSpan.FromMinutes(1));

        (await host.GetStatusAsync(newer)).Should().Be(accepts ? UploadStatus.Ready : UploadStatus.Rejected);
        (await host.GetStatusAsync(older)).Should().Be(accepts ? UploadStatus.Deleted : UploadStatus.Ready);
    }

    [Fact]
    public async Task Replace_TwoAtOnce_ConvergeToTheNewest()
    {
        var faults = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), async (seed, _) =>
        {
            var pace = new RandomScheduler(seed);
            await using var host = new UploadHost(store: new RandomDelayStore(new InMemoryUploadRecordStore(), pace));
            var grants = new[] { await ReadyAsync(host), await ReadyAsync(host), await ReadyAsync(host) };
            await AttachAsync(host, grants[0]);

            await Task.WhenAll(grants[1..].Select(grant => Task.Run(async () =>
            {
                await pace.DelayAsync();
                host.Clock.Advance(TimeSpan.FromTicks(pace.Next(2)));
                // The later one may have replaced it already.
                await host.Service.AttachAsync(grant.Record.Id, grant.ReadToken, Avatar, "notes", replace: true);
            })));
            await host.RunWorkerForAsync(TimeSpan.FromSeconds(30));

            var records = await Task.WhenAll(grants.Select(host.GetRecordAsync));
            var newest = records.Where(record => record.AttachedAt is not null).MaxBy(record => (record.AttachedAt, record.Id))!;
            var kept = records.Where(record => record.Status == UploadStatus.Ready).ToList();
            if (kept.Count != 1 || kept[0].Id != newest.Id || kept[0].IsReplacing)
                faults.Enqueue($"{seed}: {string.Join(", ", records.Select(record => (record.Status, record.AttachedAt)))}");
        });

        faults.Should().BeEmpty();
    }

    private static Task<UploadGrant> ReadyAsync(UploadHost host) => host.ReadyAsync();

    // A tick passes, so that each upload is attached at a time of its own.
    private static async Task AttachAsync(
        UploadHost host, UploadGrant grant, bool replace = true, UploadAssociation? association = null)
    {
        host.Clock.Advance(TimeSpan.FromTicks(1));
        var attached = await host.Service.AttachAsync(grant.Record.Id, grant.ReadToken, association ?? Avatar, "notes", replace);
        attached.Error.Should().BeNull();
    }
}
