using DirectUpload.Processing;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Service;

public sealed class LeaseTests
{
    private static readonly TimeSpan Lease = new DirectUploadOptions().ProcessingLease;

    [Fact]
    public async Task It_is_renewed_for_as_long_as_the_work_takes()
    {
        await using var host = new UploadHost();
        var slow = Slow(host);
        var grant = await host.UploadAsync();
        var confirm = host.ConfirmAsync(grant);
        await slow.Began;

        for (var minute = 1; minute <= 60; minute++)
        {
            await RenewedBeyond(host, grant, TimeSpan.FromMinutes(minute));
            (await host.RunWorkerAt(TimeSpan.FromMinutes(minute))).Should().Be(0, "somebody is at it");
        }

        slow.Resume();
        (await confirm).Value!.Status.Should().Be(UploadStatus.Ready);
        (await host.RecordOf(grant)).Attempts.Should().Be(1);
    }

    [Fact]
    public async Task One_that_lapsed_is_taken_over_and_who_lost_it_changes_nothing()
    {
        await using var hung = new UploadHost();
        await using var other = new UploadHost(hung.Bucket, store: hung.Store);
        var slow = Slow(hung);
        var grant = await hung.UploadAsync();
        var confirm = hung.ConfirmAsync(grant);
        await slow.Began;

        (await other.RunWorkerAt(Lease - TimeSpan.FromMilliseconds(1))).Should().Be(0, "the lease still holds");
        (await other.RunWorkerAt(Lease)).Should().Be(1);
        var ready = await hung.RecordOf(grant);
        slow.Resume();

        ready.Status.Should().Be(UploadStatus.Ready);
        ready.Attempts.Should().Be(2);
        (await confirm).Value.Should().Be(ready);
        (await hung.RecordOf(grant)).Should().Be(ready);
        hung.Bucket.Keys.Should().BeEquivalentTo(ready.StagingKey, ready.FinalKey);
    }

    [Fact]
    public async Task A_slow_copy_by_one_who_lost_it_never_replaces_what_is_served_with_other_bytes()
    {
        await using var hung = new UploadHost(new FakeBucket { HonoursCopyCondition = false });
        await using var other = new UploadHost(hung.Bucket, store: hung.Store);
        var slow = Slow(hung);
        var grant = await hung.UploadAsync();
        var confirm = hung.ConfirmAsync(grant);
        await slow.Began;
        await other.RunWorkerAt(Lease);
        var ready = await hung.RecordOf(grant);

        hung.Bucket.Put(grant.Record.StagingKey, "EVIL, world!");
        slow.Resume();
        await confirm;

        ready.Status.Should().Be(UploadStatus.Ready);
        hung.Bucket[ready.FinalKey]!.ETag.Should().Be(ready.ETag, "what is served must be what was inspected");
        hung.Bucket.Keys.Should().BeEquivalentTo([ready.StagingKey, ready.FinalKey], "the late copy is nobody's");
    }

    [Fact]
    public async Task Rotating_a_token_during_processing_takes_no_lease()
    {
        await using var host = new UploadHost();
        var slow = Slow(host);
        var grant = await host.UploadAsync();
        var confirm = host.ConfirmAsync(grant);
        await slow.Began;

        var rotated = await host.Service.RotateReadTokenAsHostAsync(grant.Record.Id);
        slow.Resume();

        (await confirm).Value.Should().BeEquivalentTo(new { Status = UploadStatus.Ready, Attempts = 1 });
        (await host.Service.GetAsync(grant.Record.Id, rotated.Value!.ReadToken)).Succeeded.Should().BeTrue("the new token outlives the processing");
    }

    [Fact]
    public async Task Work_whose_claim_was_lost_is_interrupted()
    {
        await using var host = new UploadHost(profile: notes => notes.ProcessWith<Forever>());
        var grant = await host.UploadAsync();
        await host.ConfirmAsync(grant);
        var working = host.Worker.RunOnceAsync();
        await Forever.Began.Task;

        await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);
        host.Clock.Advance(TimeSpan.FromMinutes(2)); // it notices when it renews

        await working.WaitAsync(TimeSpan.FromSeconds(20));
        (await host.StatusOf(grant)).Should().Be(UploadStatus.Aborted);
        host.Bucket.Keys.Should().BeEmpty();
    }

    private static async Task RenewedBeyond(UploadHost host, UploadGrant grant, TimeSpan sinceStart)
    {
        host.Clock.SetUtcNow(host.Clock.Start + sinceStart);
        for (var tries = 0; tries < 1000 && (await host.RecordOf(grant)).DueAt <= host.Clock.GetUtcNow(); tries++)
            await Task.Delay(1);
    }

    /// <summary>The first copy waits until it is resumed.</summary>
    private static (Task Began, Action Resume) Slow(UploadHost host)
    {
        var began = new TaskCompletionSource();
        var resume = new TaskCompletionSource();
        host.Bucket.Before = (verb, _) => verb == BucketVerb.Copy && began.TrySetResult() ? resume.Task : Task.CompletedTask;
        return (began.Task, resume.SetResult);
    }

    private sealed class Forever : IUploadProcessor
    {
        public static TaskCompletionSource Began { get; } = new();

        public async Task<UploadVerdict> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
        {
            Began.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return UploadVerdict.Accept;
        }
    }
}
