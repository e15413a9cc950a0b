using DirectUpload.Storage;
using DirectUpload.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Tests.Cleanup;

public sealed class UploadReconcilerTests
{
    [Fact]
    public async Task Find_StorageMatchesRecords_IsEmpty()
    {
        await using var host = new UploadHost();
        await host.GrantAsync();
        await host.UploadAsync();
        await host.ReadyAsync();
        var deleted = await host.ReadyAsync();
        await host.Service.DeleteAsync(deleted.Record.Id, deleted.WriteToken);

        (await FindAfterAsync(host, afterDays: 0)).Should().BeEmpty();
        (await FindAfterAsync(host, afterDays: 400)).Should().BeEmpty("what is due is the worker's");
        await host.Worker.RunOnceAsync();
        host.Clock.Advance(TimeSpan.FromHours(2));
        await host.Worker.RunOnceAsync();
        (await FindAfterAsync(host, afterDays: 400)).Should().BeEmpty();
    }

    [Fact]
    public async Task Reconcile_Orphans_AreReportedAndDeletedOnRequest()
    {
        await using var host = new UploadHost();
        var ready = await host.ReadyAsync();
        var gone = await host.ReadyAsync();
        await host.Service.DeleteAsync(gone.Record.Id, gone.WriteToken);
        await host.RunWorkerAtAsync(TimeSpan.FromHours(2));
        string[] late = [ready.Record.StagingKey, gone.Record.StagingKey, gone.Record.FinalKey, ready.Record.FinalKey.Replace(
            ".txt", "-2.txt", StringComparison.Ordinal)];
        foreach (var key in late)
            host.Bucket.Put(key, "late");
        var unowned = $"staging/notes/{UploadId.Create(host.Clock.Start)}.txt";
        host.Bucket.Put(unowned, "nobody's");

        (await FindAfterAsync(host, afterDays: 2)).Should().HaveCount(5).And.OnlyContain(found => found.Kind == DiscrepancyKind.Orphan)
            .And.Subject.Select(found => found.Key).Should().BeEquivalentTo([.. late, unowned]);
        (await GetReconciler(host).ScanAsync().ToListAsync()).Sum(found => found.Size).Should().Be(24);
        host.Bucket.Keys.Should().HaveCount(6);

        (await DeleteAllAsync(host)).Should().HaveCount(5);
        host.Bucket.Keys.Should().Equal(ready.Record.FinalKey);
    }

    [Fact]
    public async Task Find_YoungOrForeignObjects_AreIgnored()
    {
        await using var host = new UploadHost(profile: notes => notes.KeyTemplate = "files/{owner}/{id}{ext}");
        var orphan = $"files/ada/{UploadId.Create(host.Clock.Start)}.txt";
        host.Bucket.Put(orphan, "x", host.Clock.Start);
        host.Bucket.Put("files/readme.txt", "no id");
        host.Bucket.Put($"elsewhere/{UploadId.Create(host.Clock.Start)}.txt", "another application's");

        (await FindAfterAsync(host, afterDays: 0.9)).Should().BeEmpty();
        (await FindAfterAsync(host, afterDays: 1)).Select(found => found.Key).Should().Equal(orphan);
    }

    [Fact]
    public async Task Reconcile_MissingOrChangedObject_IsOnlyReported()
    {
        await using var host = new UploadHost();
        var missing = await host.ReadyAsync();
        var changed = await host.ReadyAsync();
        var fine = await host.ReadyAsync();
        await host.RunWorkerAtAsync(TimeSpan.FromHours(2));
        await host.Bucket.DeleteAsync((await host.GetRecordAsync(missing)).FinalKey);
        host.Bucket.Put((await host.GetRecordAsync(changed)).FinalKey, "EVIL, world!");

        (await FindAfterAsync(host, afterDays: 2)).Select(found => (found.Kind, found.UploadId)).Should().BeEquivalentTo(
            [(DiscrepancyKind.Missing, missing.Record.Id), (DiscrepancyKind.Changed, changed.Record.Id)]);
        (await DeleteAllAsync(host)).Should().BeEmpty();
        (await host.GetStatusAsync(missing)).Should().Be(UploadStatus.Ready);
        (await host.GetStatusAsync(fine)).Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task Reconcile_AbandonedMultipart_IsAborted()
    {
        await using var host = new UploadHost();
        var pending = await host.GrantAsync();
        var ready = await host.ReadyAsync();
        await host.RunWorkerAtAsync(TimeSpan.FromMinutes(80));
        var left = new IncompleteMultipartUpload((await host.GetRecordAsync(ready)).FinalKey, "left", host.Clock.Start);
        left = left with { Key = left.Key.Replace(".txt", "-3.txt", StringComparison.Ordinal) };
        host.Bucket.Unfinished["left"] = left;
        host.Bucket.Unfinished["young"] = left with { UploadId = "young", Initiated = host.Clock.Start.AddDays(2) };
        var going = await host.GrantAsync();
        host.Bucket.Unfinished["going"] = new(going.Record.StagingKey, "going", host.Clock.Start);

        (await FindAfterAsync(host, afterDays: 2)).Should().ContainSingle().Which.MultipartUploadId.Should().Be("left");
        (await DeleteAllAsync(host)).Should().ContainSingle().Which.Kind.Should().Be(DiscrepancyKind.IncompleteMultipartUpload);
        host.Bucket.Unfinished.Keys.Should().BeEquivalentTo("young", "going");
        (await host.GetStatusAsync(pending)).Should().Be(UploadStatus.Expired);
    }

    [Fact]
    public async Task Delete_ObjectInUse_IsKept()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();
        var found = new Discrepancy(
            DiscrepancyKind.Orphan, "examplebucket", grant.Record.StagingKey, grant.Record.Id, 12, host.Clock.Start);

        (await GetReconciler(host).DeleteAsync(found)).Should().BeFalse();
        (await GetReconciler(host).DeleteAsync(new(
            DiscrepancyKind.Missing, found.Bucket, found.Key, found.UploadId, found.Size, found.Since))).Should().BeFalse();
        host.Bucket.Keys.Should().Equal(grant.Record.StagingKey);
    }

    [Fact]
    public async Task Find_OverlappingPrefixes_ListsEachOnce()
    {
        await using var host = new UploadHost(options: it =>
        {
            it.AddProfile("more", more =>
            {
                more.ContentTypes.Add("*/*");
                more.KeyTemplate = "notes/more/{id}";
            });
            it.AddProfile("same", same =>
            {
                same.ContentTypes.Add("*/*");
                same.FinalizeInPlace = true;
                same.KeyTemplate = "notes/{id}";
            });
        });

        await FindAfterAsync(host, afterDays: 2);

        host.Bucket.Count(BucketOperation.List).Should().Be(4, "objects and multipart uploads below staging/ and below notes/");
    }

    [Fact]
    public async Task Reconcile_MinAgeBelowAnHour_Throws()
    {
        await using var host = new UploadHost();
        await host.Awaiting(it => GetReconciler(it).ScanAsync(TimeSpan.FromMinutes(59)).CountAsync().AsTask())
            .Should().ThrowAsync<ArgumentOutOfRangeException>();
    }

    private static UploadReconciler GetReconciler(UploadHost host) => host.Services.GetRequiredService<UploadReconciler>();

    private static async Task<List<Discrepancy>> DeleteAllAsync(UploadHost host) =>
        await GetReconciler(host).ScanAsync()
            .Where((found, cancelled) => new ValueTask<bool>(GetReconciler(host).DeleteAsync(found, cancelled))).ToListAsync();

    private static async Task<List<Discrepancy>> FindAfterAsync(UploadHost host, double afterDays)
    {
        host.Clock.SetUtcNow(host.Clock.GetUtcNow() + TimeSpan.FromDays(afterDays));
        return await GetReconciler(host).ScanAsync().ToListAsync();
    }
}
