using DirectUpload.Profiles;
using DirectUpload.Storage;
using DirectUpload.Uploads;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Tests.Service;

public sealed class ReconciliationTests
{
    [Fact]
    public async Task Where_storage_and_records_agree_there_is_nothing_to_say()
    {
        await using var host = new UploadHost();
        await host.GrantAsync();
        await host.UploadAsync();
        await host.ReadyAsync();
        var deleted = await host.ReadyAsync();
        await host.Service.DeleteAsync(deleted.Record.Id, deleted.WriteToken);

        (await FoundAsync(host, afterDays: 0)).Should().BeEmpty();
        (await FoundAsync(host, afterDays: 400)).Should().BeEmpty("what is due is the worker's");
        await host.Worker.RunOnceAsync();
        host.Clock.Advance(TimeSpan.FromHours(2));
        await host.Worker.RunOnceAsync();
        (await FoundAsync(host, afterDays: 400)).Should().BeEmpty();
    }

    [Fact]
    public async Task What_a_late_PUT_or_a_lost_copy_left_is_found_reported_and_only_then_and_if_wanted_deleted()
    {
        await using var host = new UploadHost();
        var ready = await host.ReadyAsync();
        var gone = await host.ReadyAsync();
        await host.Service.DeleteAsync(gone.Record.Id, gone.WriteToken);
        await host.RunWorkerAt(TimeSpan.FromHours(2));
        string[] late = [ready.Record.StagingKey, gone.Record.StagingKey, gone.Record.FinalKey, ready.Record.FinalKey.Replace(".txt", "-2.txt", StringComparison.Ordinal)];
        foreach (var key in late)
            host.Bucket.Put(key, "late");
        var unowned = $"staging/notes/{UploadId.New(host.Clock.Start)}.txt";
        host.Bucket.Put(unowned, "nobody's");

        (await FoundAsync(host, afterDays: 2)).Should().HaveCount(5).And.OnlyContain(found => found.Kind == DiscrepancyKind.Orphan)
            .And.Subject.Select(found => found.Key).Should().BeEquivalentTo([.. late, unowned]);
        var reported = await Reconciliation(host).ReconcileAsync(delete: false);
        reported.Should().Be(new ReconciliationReport { Orphans = 5, OrphanBytes = 24 });
        host.Bucket.Keys.Should().HaveCount(6);

        (await Reconciliation(host).ReconcileAsync(delete: true)).Deleted.Should().Be(5);
        host.Bucket.Keys.Should().Equal(ready.Record.FinalKey);
    }

    [Fact]
    public async Task What_is_young_or_not_ours_is_let_alone()
    {
        await using var host = new UploadHost(profile: notes => notes.KeyTemplate = "files/{owner}/{id}{ext}");
        var orphan = $"files/ada/{UploadId.New(host.Clock.Start)}.txt";
        host.Bucket.Put(orphan, "x", host.Clock.Start);
        host.Bucket.Put("files/readme.txt", "no id");
        host.Bucket.Put($"elsewhere/{UploadId.New(host.Clock.Start)}.txt", "another application's");

        (await FoundAsync(host, afterDays: 0.9)).Should().BeEmpty();
        (await FoundAsync(host, afterDays: 1)).Select(found => found.Key).Should().Equal(orphan);
    }

    [Fact]
    public async Task A_ready_upload_whose_object_has_gone_or_become_another_is_reported_and_left_to_the_application()
    {
        await using var host = new UploadHost();
        var missing = await host.ReadyAsync();
        var changed = await host.ReadyAsync();
        var fine = await host.ReadyAsync();
        await host.RunWorkerAt(TimeSpan.FromHours(2));
        await host.Bucket.DeleteAsync((await host.RecordOf(missing)).FinalKey);
        host.Bucket.Put((await host.RecordOf(changed)).FinalKey, "EVIL, world!");

        (await FoundAsync(host, afterDays: 2)).Select(found => (found.Kind, found.Upload)).Should().BeEquivalentTo(
            [(DiscrepancyKind.Missing, missing.Record.Id), (DiscrepancyKind.Changed, changed.Record.Id)]);
        (await Reconciliation(host).ReconcileAsync(delete: true)).Should().Be(new ReconciliationReport { Missing = 1, Changed = 1 });
        (await host.StatusOf(missing)).Should().Be(UploadStatus.Ready);
        (await host.StatusOf(fine)).Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task Multipart_uploads_that_nobody_will_finish_are_aborted()
    {
        await using var host = new UploadHost();
        var pending = await host.GrantAsync();
        var ready = await host.ReadyAsync();
        await host.RunWorkerAt(TimeSpan.FromMinutes(80));
        var left = new UnfinishedMultipart((await host.RecordOf(ready)).FinalKey, "left", host.Clock.Start);
        left = left with { Key = left.Key.Replace(".txt", "-3.txt", StringComparison.Ordinal) };
        host.Bucket.Unfinished["left"] = left;
        host.Bucket.Unfinished["young"] = left with { UploadId = "young", Initiated = host.Clock.Start.AddDays(2) };
        var going = await host.GrantAsync();
        host.Bucket.Unfinished["going"] = new(going.Record.StagingKey, "going", host.Clock.Start);

        (await FoundAsync(host, afterDays: 2)).Should().ContainSingle().Which.MultipartUploadId.Should().Be("left");
        (await Reconciliation(host).ReconcileAsync(delete: true)).Should().Be(new ReconciliationReport { UnfinishedMultiparts = 1, Deleted = 1 });
        host.Bucket.Unfinished.Keys.Should().BeEquivalentTo("young", "going");
        (await host.StatusOf(pending)).Should().Be(UploadStatus.Expired);
    }

    [Fact]
    public async Task What_an_upload_needs_again_when_it_is_to_be_deleted_stays()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();
        var found = new Discrepancy(DiscrepancyKind.Orphan, "examplebucket", grant.Record.StagingKey, grant.Record.Id, 12, host.Clock.Start);

        (await Reconciliation(host).DeleteAsync(found)).Should().BeFalse();
        (await Reconciliation(host).DeleteAsync(found with { Kind = DiscrepancyKind.Missing })).Should().BeFalse();
        host.Bucket.Keys.Should().Equal(grant.Record.StagingKey);
    }

    [Fact]
    public async Task Each_place_is_listed_once()
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
                same.Finalisation = Finalisation.InPlace;
                same.KeyTemplate = "notes/{id}";
            });
        });

        await FoundAsync(host, afterDays: 2);

        host.Bucket.Count(BucketVerb.List).Should().Be(4, "objects and multipart uploads below staging/ and below notes/");
    }

    [Fact]
    public async Task An_hour_is_the_least_age()
    {
        await using var host = new UploadHost();
        await host.Awaiting(it => Reconciliation(it).ReconcileAsync(delete: true, TimeSpan.FromMinutes(59))).Should().ThrowAsync<ArgumentOutOfRangeException>();
    }

    private static UploadReconciliation Reconciliation(UploadHost host) => host.Services.GetRequiredService<UploadReconciliation>();

    private static async Task<List<Discrepancy>> FoundAsync(UploadHost host, double afterDays)
    {
        host.Clock.SetUtcNow(host.Clock.GetUtcNow() + TimeSpan.FromDays(afterDays));
        return await Reconciliation(host).FindAsync().ToListAsync();
    }
}
