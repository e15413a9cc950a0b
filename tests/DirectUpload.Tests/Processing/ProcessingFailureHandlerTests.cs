using DirectUpload.Processing;
using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Processing;

public sealed class ProcessingFailureHandlerTests
{
    [Fact]
    public async Task Process_Throws_IsRetriedWithGrowingDelays()
    {
        var times = new List<DateTimeOffset>();
        UploadHost host = null!;
        host = ProcessingHost.Create((context, _) =>
        {
            times.Add(host.Clock.GetUtcNow());
            context.Attempt.Should().Be(times.Count);
            return times.Count < 6 ? throw new InvalidOperationException("Not yet.") : Task.FromResult(ProcessingResult.Accept);
        });
        await using var disposed = host;
        var grant = await host.UploadAndConfirmAsync();

        for (var second = 0; second < 120 && times.Count < 6; second++)
        {
            await host.Worker.RunOnceAsync();
            host.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var pauses = times.Zip(times.Skip(1), (one, next) => (next - one).TotalSeconds).ToList();
        pauses.Should().HaveCount(5);
        for (var failures = 1; failures <= 5; failures++)
            pauses[failures - 1].Should().BeInRange(Math.Pow(2, failures) / 2, Math.Pow(2, failures) + 1);
        var ready = await host.GetRecordAsync(grant);
        (ready.Status, ready.Attempts, ready.FailedAttempts, ready.LastError).Should().Be((UploadStatus.Ready, 6, 0, null));
        host.Bucket.Keys.Should().BeEquivalentTo([ready.StagingKey, ready.FinalKey], "earlier attempts leave nothing");
    }

    [Fact]
    public async Task Process_MaxAttempts_FailsWithTheReason()
    {
        var runs = 0;
        await using var host = ProcessingHost.Create(
            (_, _) => throw new InvalidOperationException($"Broken {++runs}."), options: it => it.MaxAttempts = 3);
        var grant = await host.UploadAndConfirmAsync();
        await host.RunWorkerForAsync(TimeSpan.FromHours(1));

        runs.Should().Be(3);
        var failed = await host.GetRecordAsync(grant);
        failed.Status.Should().Be(UploadStatus.Failed);
        failed.LastError.Should().Be("InvalidOperationException: Broken 3.");
        failed.Error!.Message.Should().Contain("3 times").And.NotContain("Broken", "clients learn nothing of what broke");
        (await host.ConfirmAsync(grant)).Error!.Code.Should().Be(UploadErrorCodes.Conflict);
    }

    [Fact]
    public async Task Process_ProcessorUnavailable_RetriesUntilAvailable()
    {
        var runs = 0;
        var isOut = true;
        await using var host = ProcessingHost.Create(
            (_, _) => ++runs > 0 && isOut
                ? throw new ProcessorUnavailableException("The scanner does not answer.")
                : Task.FromResult(ProcessingResult.Accept), options: it => it.MaxAttempts = 2);
        var grant = await host.UploadAndConfirmAsync();
        await host.RunWorkerForAsync(TimeSpan.FromHours(1));

        runs.Should().BeGreaterThan(30, "once a minute");
        var waiting = await host.GetRecordAsync(grant);
        (waiting.Status, waiting.FailedAttempts).Should().Be((UploadStatus.Uploaded, 0));
        waiting.LastError.Should().Contain("The scanner does not answer.");

        isOut = false;
        await host.RunWorkerForAsync(TimeSpan.FromMinutes(2));
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task Retry_Failed_RestoresAllAttempts()
    {
        var works = false;
        var runs = 0;
        await using var host = ProcessingHost.Create(
            (_, _) => ++runs > 0 && works ? Task.FromResult(ProcessingResult.Accept) : throw new InvalidOperationException("Broken."),
            options: it => it.MaxAttempts = 2);
        var grant = await host.UploadAndConfirmAsync();
        await host.RunWorkerForAsync(TimeSpan.FromHours(1));
        (await host.Service.RetryAsync(grant.Record.Id)).Value!.Status.Should().Be(UploadStatus.Uploaded);
        await host.RunWorkerForAsync(TimeSpan.FromHours(1));
        runs.Should().Be(4);
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Failed);

        works = true;
        await host.Service.RetryAsync(grant.Record.Id);
        await host.RunWorkerForAsync(TimeSpan.FromMinutes(1));

        var ready = await host.GetRecordAsync(grant);
        (ready.Status, ready.Error).Should().Be((UploadStatus.Ready, null));
        host.Bucket.Keys.Should().Equal(ready.FinalKey);
    }

    [Fact]
    public async Task Retry_AfterFailedRetention_IsAConflict()
    {
        await using var host = ProcessingHost.Create(
            (_, _) => throw new InvalidOperationException("Broken."), options: it => it.MaxAttempts = 1);
        var grant = await host.UploadAndConfirmAsync();
        await host.Worker.RunOnceAsync();
        await host.RunWorkerAtAsync(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        host.Bucket.Keys.Should().Contain(grant.Record.StagingKey);

        await host.RunWorkerAtAsync(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));

        host.Bucket.Keys.Should().BeEmpty();
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Deleted);
        (await host.Service.RetryAsync(grant.Record.Id)).Error!.Code.Should().Be(UploadErrorCodes.Conflict);
    }

    [Fact]
    public async Task Retry_PendingOrReady_ChangesNothing()
    {
        await using var host = new UploadHost();
        var pending = await host.GrantAsync();
        var ready = await host.ReadyAsync();

        (await host.Service.RetryAsync(pending.Record.Id)).Value!.Record.Should().Be(pending.Record);
        (await host.Service.RetryAsync(ready.Record.Id)).Value!.Status.Should().Be(UploadStatus.Ready);
        (await host.Service.RetryAsync(UploadId.Create(host.Clock.Start))).Error!.Code.Should().Be(UploadErrorCodes.NotFound);
    }

    [Theory]
    [InlineData(BucketOperation.Copy)]
    [InlineData(BucketOperation.OpenRead)]
    [InlineData(BucketOperation.Put)]
    public async Task Process_StorageUnavailable_CountsNoFailure(BucketOperation verb)
    {
        await using var host = ProcessingHost.Create(
            async (context, cancellationToken) =>
            {
                await using (var stream = await context.OpenReadAsync(cancellationToken))
                    await context.PutVariantAsync("copy.txt", "text/plain", stream, cancellationToken);
                return ProcessingResult.Accept;
            },
            options: it => it.MaxAttempts = 2);
        var grant = await host.UploadAndConfirmAsync();
        host.Bucket.Fail(verb);
        await host.RunWorkerForAsync(TimeSpan.FromHours(1));
        var waiting = await host.GetRecordAsync(grant);
        (waiting.Status, waiting.FailedAttempts, waiting.Error).Should().Be((UploadStatus.Uploaded, 0, null));
        waiting.Attempts.Should().BeInRange(30, 250, "it is tried about once a minute");
        waiting.Transitions.Should().HaveCountLessThanOrEqualTo(32);
        host.Bucket.StopFailing();
        await host.RunWorkerForAsync(TimeSpan.FromMinutes(2));

        var ready = await host.GetRecordAsync(grant);
        ready.Status.Should().Be(UploadStatus.Ready);
        await host.RunWorkerForAsync(TimeSpan.FromHours(1));
        host.Bucket.Keys.Should().BeEquivalentTo(ready.FinalKey, ready.Variants.Single().Key);
    }

    [Fact]
    public async Task Process_EveryAttemptCrashes_Fails()
    {
        await using var host = ProcessingHost.Create((_, _) => Task.FromResult(ProcessingResult.Accept), options: it => it.MaxAttempts = 3);
        var grant = await host.UploadAndConfirmAsync();
        for (var died = 1; died <= 3; died++)
        {
            // What a process leaves that was killed in the middle: the claim, and nothing else.
            var record = await host.GetRecordAsync(grant);
            await host.Store.TryUpdateAsync(record.TransitionTo(UploadStatus.Processing, host.Clock.GetUtcNow()) with
            {
                Attempts = died,
                FailedAttempts = died,
                NextActionAt = host.Clock.GetUtcNow().AddMinutes(5),
            });
            host.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        await host.Worker.RunOnceAsync();

        var failed = await host.GetRecordAsync(grant);
        failed.Status.Should().Be(UploadStatus.Failed);
        failed.LastError.Should().Contain("process crashed");
        (await host.Service.RetryAsync(grant.Record.Id)).Succeeded.Should().BeTrue();
        await host.Worker.RunOnceAsync();
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Ready);
    }
}
