using DirectUpload.Processing;
using DirectUpload.Stores;
using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Processing;

public sealed class UploadProcessingTimeoutTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Processor_Hangs_LosesItsLeaseAndIsRetried(bool honorsCancellation)
    {
        var begun = new TaskCompletionSource();
        UploadProcessingContext? first = null;
        string? fault = null;
        await using var host = ProcessingHost.Create(
            async (context, stop) =>
            {
                if (context.Attempt > 1)
                {
                    fault = context.Record.LastError;
                    return ProcessingResult.Accept;
                }

                first = context;
                begun.SetResult();
                await Task.Delay(Timeout.Infinite, honorsCancellation ? stop : CancellationToken.None);
                return ProcessingResult.Accept;
            },
            options: it => it.ProcessingTimeout = TimeSpan.FromMinutes(30));
        var grant = await host.UploadAndConfirmAsync();
        var working = host.Worker.RunOnceAsync();
        await begun.Task;

        // The lease is renewed until then, and no longer.
        while (!working.IsCompleted)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(1);
            for (var tries = 0; tries < 200 && !working.IsCompleted
                && (await host.GetRecordAsync(grant)).NextActionAt <= host.Clock.GetUtcNow() + TimeSpan.FromSeconds(10); tries++)
                await Task.Delay(1);
        }

        (host.Clock.GetUtcNow() - host.Clock.Start).Should().BeGreaterThanOrEqualTo(TimeSpan.FromMinutes(30))
            .And.BeLessThan(TimeSpan.FromHours(2));
        await first!.Awaiting(it => it.PutVariantAsync("late.txt", "text/plain", new MemoryStream([1])))
            .Should().ThrowAsync<InvalidOperationException>("an abandoned attempt writes nothing more");
        await host.RunWorkerForAsync(TimeSpan.FromMinutes(1));
        (await host.GetRecordAsync(grant)).Should().Match<UploadRecord>(it => it.Status == UploadStatus.Ready && it.Attempts == 2);
        fault.Should().Contain("ProcessingTimeout");
    }

    [Theory]
    [InlineData(BucketOperation.Copy)]
    [InlineData(BucketOperation.OpenRead)]
    public async Task StorageRefused_IsRetriedSlowlyWithoutFailure(BucketOperation verb)
    {
        await using var host = ProcessingHost.Create(_ => { });
        var grant = await host.UploadAndConfirmAsync();
        host.Bucket.BeforeCall = (called, _) => called == verb ? throw new StorageRefusedException("No permission.") : Task.CompletedTask;

        await host.RunWorkerForAsync(TimeSpan.FromHours(2));

        var waiting = await host.GetRecordAsync(grant);
        (waiting.Status, waiting.FailedAttempts).Should().Be((UploadStatus.Uploaded, 0));
        waiting.Attempts.Should().BeInRange(20, 60, "once in two and a half to five minutes");
        host.Bucket.StopFailing();
        await host.RunWorkerForAsync(TimeSpan.FromMinutes(6));
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Ready, "nothing was lost");
    }

    [Fact]
    public async Task Processor_StorageRefused_CountsAsNoFailure()
    {
        await using var host = ProcessingHost.Create(async (context, stop) =>
        {
            await context.PutVariantAsync("thumbnail.webp", "image/webp", new MemoryStream([1]), stop);
            return ProcessingResult.Accept;
        });
        var grant = await host.UploadAndConfirmAsync();
        host.Bucket.BeforeCall = (called, _) => called == BucketOperation.Put
            ? throw new StorageRefusedException("No permission.")
            : Task.CompletedTask;

        await host.RunWorkerForAsync(TimeSpan.FromHours(2));

        (await host.GetRecordAsync(grant)).Should().Match<UploadRecord>(
            it => it.Status == UploadStatus.Uploaded && it.FailedAttempts == 0 && it.Attempts > 10 && it.Attempts < 60);
    }

    [Fact]
    public async Task Confirm_Timeout_ReturnsProcessingAndContinues()
    {
        await using var host = new UploadHost(options: it => it.ConfirmTimeout = TimeSpan.FromSeconds(1));
        var copying = new TaskCompletionSource();
        host.Bucket.BeforeCall = (verb, _) => verb == BucketOperation.Copy ? copying.Task : Task.CompletedTask;
        var grant = await host.UploadAsync();
        using var source = new CancellationTokenSource();

        (await host.Service.ConfirmAsync(grant.Record.Id, grant.WriteToken, cancellationToken: source.Token)).Value!.Status
            .Should().Be(UploadStatus.Processing);
        await source.CancelAsync();
        copying.SetResult();

        for (var tries = 0; tries < 2000 && await host.GetStatusAsync(grant) != UploadStatus.Ready; tries++)
            await Task.Delay(10);
        (await host.GetRecordAsync(grant)).Should().Match<UploadRecord>(it => it.Status == UploadStatus.Ready && it.Attempts == 1);
    }

    [Fact]
    public async Task Confirm_HeadTimeout_IsUnavailable()
    {
        await using var host = new UploadHost(
            new FakeBucket { VerifiesCopies = false }, options: it => it.ConfirmTimeout = TimeSpan.FromSeconds(1));
        var heads = new TaskCompletionSource();
        host.Bucket.BeforeCall = (_, _) => heads.Task;
        var grant = await host.UploadAsync();

        await host.Awaiting(it => it.ConfirmAsync(grant)).Should().ThrowAsync<StorageUnavailableException>();
        heads.SetResult();
    }
}
