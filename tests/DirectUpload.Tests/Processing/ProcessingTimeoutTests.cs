using DirectUpload.Processing;
using DirectUpload.Storage;
using DirectUpload.Tests.Service;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Processing;

public sealed class ProcessingTimeoutTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Processor_ThatHangs_LosesItsLeaseAndAnotherAttemptFinishes(bool honorsCancellation)
    {
        var begun = new TaskCompletionSource();
        UploadProcessingContext? first = null;
        string? fault = null;
        await using var host = ProcessingHost.With(
            async (context, stop) =>
            {
                if (context.Attempt > 1)
                {
                    fault = context.Record.Fault;
                    return UploadVerdict.Accept;
                }

                first = context;
                begun.SetResult();
                await Task.Delay(Timeout.Infinite, honorsCancellation ? stop : CancellationToken.None);
                return UploadVerdict.Accept;
            },
            options: it => it.ProcessingTimeout = TimeSpan.FromMinutes(30));
        var grant = await host.ArrivedAsync();
        var working = host.Worker.RunOnceAsync();
        await begun.Task;

        // The lease is renewed until then, and no longer.
        while (!working.IsCompleted)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(1);
            for (var tries = 0; tries < 200 && !working.IsCompleted && (await host.RecordOf(grant)).DueAt <= host.Clock.GetUtcNow() + TimeSpan.FromSeconds(10); tries++)
                await Task.Delay(1);
        }

        (host.Clock.GetUtcNow() - host.Clock.Start).Should().BeGreaterThanOrEqualTo(TimeSpan.FromMinutes(30)).And.BeLessThan(TimeSpan.FromHours(2));
        await first!.Awaiting(it => it.PutDerivativeAsync("late.txt", "text/plain", new MemoryStream([1]))).Should().ThrowAsync<InvalidOperationException>("an abandoned attempt writes nothing more");
        await host.RunWorkerFor(TimeSpan.FromMinutes(1));
        (await host.RecordOf(grant)).Should().Match<UploadRecord>(it => it.Status == UploadStatus.Ready && it.Attempts == 2);
        fault.Should().Contain("ProcessingTimeout");
    }

    [Theory]
    [InlineData(BucketVerb.Copy)]
    [InlineData(BucketVerb.OpenRead)]
    [InlineData(BucketVerb.Head)]
    public async Task Refusal_OfStorage_IsRetriedSlowlyAndCostsNoAttempt(BucketVerb verb)
    {
        await using var host = ProcessingHost.With(_ => { });
        var grant = await host.ArrivedAsync();
        host.Bucket.Before = (called, _) => called == verb ? throw new StorageRefusedException("No permission.") : Task.CompletedTask;

        await host.RunWorkerFor(TimeSpan.FromHours(2));

        var waiting = await host.RecordOf(grant);
        (waiting.Status, waiting.Failures).Should().Be((UploadStatus.Uploaded, 0));
        waiting.Attempts.Should().BeInRange(20, 60, "once in two and a half to five minutes");
        host.Bucket.Heal();
        await host.RunWorkerFor(TimeSpan.FromMinutes(6));
        (await host.StatusOf(grant)).Should().Be(UploadStatus.Ready, "nothing was lost");
    }

    [Fact]
    public async Task Refusal_MetByProcessor_IsNoFailureOfTheUpload()
    {
        await using var host = ProcessingHost.With(async (context, stop) =>
        {
            await context.PutDerivativeAsync("thumbnail.webp", "image/webp", new MemoryStream([1]), stop);
            return UploadVerdict.Accept;
        });
        var grant = await host.ArrivedAsync();
        host.Bucket.Before = (called, _) => called == BucketVerb.Put ? throw new StorageRefusedException("No permission.") : Task.CompletedTask;

        await host.RunWorkerFor(TimeSpan.FromHours(2));

        (await host.RecordOf(grant)).Should().Match<UploadRecord>(it => it.Status == UploadStatus.Uploaded && it.Failures == 0 && it.Attempts > 10 && it.Attempts < 60);
    }

    [Fact]
    public async Task Confirm_WhoseWorkTakesLong_AnswersProcessingAndGoesOn()
    {
        await using var host = new UploadHost(options: it => it.ConfirmTimeout = TimeSpan.FromSeconds(1));
        var copying = new TaskCompletionSource();
        host.Bucket.Before = (verb, _) => verb == BucketVerb.Copy ? copying.Task : Task.CompletedTask;
        var grant = await host.UploadAsync();
        using var source = new CancellationTokenSource();

        (await host.Service.ConfirmAsync(grant.Record.Id, grant.WriteToken, source.Token)).Value!.Status.Should().Be(UploadStatus.Processing);
        await source.CancelAsync();
        copying.SetResult();

        for (var tries = 0; tries < 2000 && await host.StatusOf(grant) != UploadStatus.Ready; tries++)
            await Task.Delay(10);
        (await host.RecordOf(grant)).Should().Match<UploadRecord>(it => it.Status == UploadStatus.Ready && it.Attempts == 1);
    }

    [Fact]
    public async Task Confirm_ThatSeesNoObjectInTime_IsUnavailable()
    {
        await using var host = new UploadHost(options: it => it.ConfirmTimeout = TimeSpan.FromSeconds(1));
        var heads = new TaskCompletionSource();
        host.Bucket.Before = (_, _) => heads.Task;
        var grant = await host.UploadAsync();

        await host.Awaiting(it => it.ConfirmAsync(grant)).Should().ThrowAsync<StorageUnavailableException>();
        heads.SetResult();
    }
}
