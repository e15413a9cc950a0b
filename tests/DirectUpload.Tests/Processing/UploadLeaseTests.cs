using DirectUpload.Processing;
using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Processing;

public sealed class UploadLeaseTests
{
    private static readonly TimeSpan Lease = new DirectUploadOptions().ProcessingLease;

    [Fact]
    public async Task Lease_LongWork_IsRenewed()
    {
        await using var host = new UploadHost();
        var slow = BlockFirstCopy(host);
        var grant = await host.UploadAsync();
        var confirm = host.ConfirmAsync(grant);
        await slow.Began;

        for (var minute = 1; minute <= 60; minute++)
        {
            await WaitForRenewalAsync(host, grant, TimeSpan.FromMinutes(minute));
            (await host.RunWorkerAtAsync(TimeSpan.FromMinutes(minute))).Should().Be(0, "somebody is at it");
        }

        slow.Resume();
        (await confirm).Value!.Status.Should().Be(UploadStatus.Ready);
        (await host.GetRecordAsync(grant)).Attempts.Should().Be(1);
    }

    [Fact]
    public async Task Lease_Expired_PassesToAnotherWorkerForGood()
    {
        await using var hung = new UploadHost();
        await using var other = new UploadHost(hung.Bucket, store: hung.Store);
        var slow = BlockFirstCopy(hung);
        var grant = await hung.UploadAsync();
        var confirm = hung.ConfirmAsync(grant);
        await slow.Began;

        (await other.RunWorkerAtAsync(Lease - TimeSpan.FromMilliseconds(1))).Should().Be(0, "the lease still holds");
        (await other.RunWorkerAtAsync(Lease)).Should().Be(1);
        var ready = await hung.GetRecordAsync(grant);
        slow.Resume();

        ready.Status.Should().Be(UploadStatus.Ready);
        ready.Attempts.Should().Be(2);
        (await confirm).Value!.Record.Should().Be(ready);
        (await hung.GetRecordAsync(grant)).Should().Be(ready);
        hung.Bucket.Keys.Should().BeEquivalentTo(ready.StagingKey, ready.FinalKey);
    }

    [Fact]
    public async Task Lease_LostDuringCopy_NeverReplacesServedObject()
    {
        await using var hung = new UploadHost(new FakeBucket { HonorsCopyCondition = false });
        await using var other = new UploadHost(hung.Bucket, store: hung.Store);
        var slow = BlockFirstCopy(hung);
        var grant = await hung.UploadAsync();
        var confirm = hung.ConfirmAsync(grant);
        await slow.Began;
        await other.RunWorkerAtAsync(Lease);
        var ready = await hung.GetRecordAsync(grant);

        hung.Bucket.Put(grant.Record.StagingKey, "EVIL, world!");
        slow.Resume();
        await confirm;

        ready.Status.Should().Be(UploadStatus.Ready);
        hung.Bucket[ready.FinalKey]!.ETag.Should().Be(ready.ETag, "what is served must be what was inspected");
        hung.Bucket.Keys.Should().BeEquivalentTo([ready.StagingKey, ready.FinalKey], "the late copy is nobody's");
    }

    [Fact]
    public async Task RotateReadToken_DuringProcessing_KeepsTheLease()
    {
        await using var host = new UploadHost();
        var slow = BlockFirstCopy(host);
        var grant = await host.UploadAsync();
        var confirm = host.ConfirmAsync(grant);
        await slow.Began;

        var rotated = await host.Service.RotateReadTokenAsync(grant.Record.Id);
        slow.Resume();

        (await confirm).Value.Should().BeEquivalentTo(new { Status = UploadStatus.Ready, Attempts = 1 });
        (await host.Service.GetAsync(grant.Record.Id, rotated.Value)).Succeeded.Should().BeTrue("the new token outlives the processing");
    }

    [Fact]
    public async Task Lease_Lost_CancelsTheProcessor()
    {
        await using var host = new UploadHost(profile: notes => notes.AddProcessor<NeverEndingProcessor>());
        var grant = await host.UploadAsync();
        await host.ConfirmAsync(grant);
        var working = host.Worker.RunOnceAsync();
        await NeverEndingProcessor.Started.Task;

        await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);
        host.Clock.Advance(TimeSpan.FromMinutes(2)); // it notices when it renews

        await working.WaitAsync(TimeSpan.FromSeconds(20));
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Aborted);
        host.Bucket.Keys.Should().BeEmpty();
    }

    private static async Task WaitForRenewalAsync(UploadHost host, UploadGrant grant, TimeSpan sinceStart)
    {
        host.Clock.SetUtcNow(host.Clock.Start + sinceStart);
        for (var tries = 0; tries < 1000 && (await host.GetRecordAsync(grant)).NextActionAt <= host.Clock.GetUtcNow(); tries++)
            await Task.Delay(1);
    }

    /// <summary>The first copy waits until it is resumed.</summary>
    private static (Task Began, Action Resume) BlockFirstCopy(UploadHost host)
    {
        var began = new TaskCompletionSource();
        var resume = new TaskCompletionSource();
        host.Bucket.BeforeCall = (verb, _) => verb == BucketOperation.Copy && began.TrySetResult() ? resume.Task : Task.CompletedTask;
        return (began.Task, resume.SetResult);
    }

    private sealed class NeverEndingProcessor : IUploadProcessor
    {
        public static TaskCompletionSource Started { get; } = new();

        public async Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
        {
            Started.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return ProcessingResult.Accept;
        }
    }
}
