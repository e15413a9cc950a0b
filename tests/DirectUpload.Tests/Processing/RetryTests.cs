using DirectUpload.Processing;
using DirectUpload.Tests.Service;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Processing;

public sealed class RetryTests
{
    [Fact]
    public async Task A_step_that_throws_is_tried_again_with_growing_pauses_until_it_succeeds()
    {
        var times = new List<DateTimeOffset>();
        UploadHost host = null!;
        host = ProcessingHost.With((context, _) =>
        {
            times.Add(host.Clock.GetUtcNow());
            context.Attempt.Should().Be(times.Count);
            return times.Count < 6 ? throw new InvalidOperationException("Not yet.") : Task.FromResult(UploadVerdict.Accept);
        });
        await using var disposed = host;
        var grant = await host.ArrivedAsync();

        for (var second = 0; second < 120 && times.Count < 6; second++)
        {
            await host.Worker.RunOnceAsync();
            host.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var pauses = times.Zip(times.Skip(1), (one, next) => (next - one).TotalSeconds).ToList();
        pauses.Should().HaveCount(5);
        for (var failures = 1; failures <= 5; failures++)
            pauses[failures - 1].Should().BeInRange(Math.Pow(2, failures) / 2, Math.Pow(2, failures) + 1);
        var ready = await host.RecordOf(grant);
        (ready.Status, ready.Attempts, ready.Failures, ready.Fault).Should().Be((UploadStatus.Ready, 6, 0, null));
        host.Bucket.Keys.Should().BeEquivalentTo([ready.StagingKey, ready.FinalKey], "earlier attempts leave nothing");
    }

    [Fact]
    public async Task After_as_many_attempts_as_it_gets_the_upload_has_failed_and_says_why()
    {
        var runs = 0;
        await using var host = ProcessingHost.With((_, _) => throw new InvalidOperationException($"Broken {++runs}."), options: it => it.MaxAttempts = 3);
        var grant = await host.ArrivedAsync();
        await host.RunWorkerFor(TimeSpan.FromHours(1));

        runs.Should().Be(3);
        var failed = await host.RecordOf(grant);
        failed.Status.Should().Be(UploadStatus.Failed);
        failed.Fault.Should().Be("InvalidOperationException: Broken 3.");
        failed.Error!.Detail.Should().Contain("3 times").And.NotContain("Broken", "clients learn nothing of what broke");
        (await host.ConfirmAsync(grant)).Error!.Reason.Should().Be(UploadErrorReason.Conflict);
    }

    [Fact]
    public async Task An_outage_of_what_a_step_needs_is_waited_for_however_long_it_takes()
    {
        var runs = 0;
        var isOut = true;
        await using var host = ProcessingHost.With(
            (_, _) => ++runs > 0 && isOut ? throw new ProcessorOutageException("The scanner does not answer.") : Task.FromResult(UploadVerdict.Accept), options: it => it.MaxAttempts = 2);
        var grant = await host.ArrivedAsync();
        await host.RunWorkerFor(TimeSpan.FromHours(1));

        runs.Should().BeGreaterThan(30, "once a minute");
        var waiting = await host.RecordOf(grant);
        (waiting.Status, waiting.Failures).Should().Be((UploadStatus.Uploaded, 0));
        waiting.Fault.Should().Contain("The scanner does not answer.");

        isOut = false;
        await host.RunWorkerFor(TimeSpan.FromMinutes(2));
        (await host.StatusOf(grant)).Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task A_failed_upload_can_be_retried_and_gets_all_its_attempts_again()
    {
        var works = false;
        var runs = 0;
        await using var host = ProcessingHost.With(
            (_, _) => ++runs > 0 && works ? Task.FromResult(UploadVerdict.Accept) : throw new InvalidOperationException("Broken."), options: it => it.MaxAttempts = 2);
        var grant = await host.ArrivedAsync();
        await host.RunWorkerFor(TimeSpan.FromHours(1));
        (await host.Service.RetryAsHostAsync(grant.Record.Id)).Value!.Status.Should().Be(UploadStatus.Uploaded);
        await host.RunWorkerFor(TimeSpan.FromHours(1));
        runs.Should().Be(4);
        (await host.StatusOf(grant)).Should().Be(UploadStatus.Failed);

        works = true;
        await host.Service.RetryAsHostAsync(grant.Record.Id);
        await host.RunWorkerFor(TimeSpan.FromMinutes(1));

        var ready = await host.RecordOf(grant);
        (ready.Status, ready.Error).Should().Be((UploadStatus.Ready, null));
        host.Bucket.Keys.Should().Equal(ready.FinalKey);
    }

    [Fact]
    public async Task What_failed_and_was_not_retried_is_deleted_when_its_time_is_over_and_can_then_no_more_be_retried()
    {
        await using var host = ProcessingHost.With((_, _) => throw new InvalidOperationException("Broken."), options: it => it.MaxAttempts = 1);
        var grant = await host.ArrivedAsync();
        await host.Worker.RunOnceAsync();
        await host.RunWorkerAt(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        host.Bucket.Keys.Should().Contain(grant.Record.StagingKey);

        await host.RunWorkerAt(TimeSpan.FromDays(7));

        host.Bucket.Keys.Should().BeEmpty();
        (await host.StatusOf(grant)).Should().Be(UploadStatus.Deleted);
        (await host.Service.RetryAsHostAsync(grant.Record.Id)).Error!.Reason.Should().Be(UploadErrorReason.Conflict);
    }

    [Fact]
    public async Task What_is_ready_or_pending_stays_as_it_is_when_it_is_retried()
    {
        await using var host = new UploadHost();
        var pending = await host.GrantAsync();
        var ready = await host.ReadyAsync();

        (await host.Service.RetryAsHostAsync(pending.Record.Id)).Value.Should().Be(pending.Record);
        (await host.Service.RetryAsHostAsync(ready.Record.Id)).Value!.Status.Should().Be(UploadStatus.Ready);
        (await host.Service.RetryAsHostAsync(UploadId.New(host.Clock.Start))).Error!.Reason.Should().Be(UploadErrorReason.NotFound);
    }

    [Theory]
    [InlineData(BucketVerb.Copy)]
    [InlineData(BucketVerb.OpenRead)]
    [InlineData(BucketVerb.Put)]
    public async Task An_outage_of_storage_is_never_held_against_the_upload_however_long_it_lasts(BucketVerb verb)
    {
        await using var host = ProcessingHost.With(
            async (context, cancellationToken) =>
            {
                await using (var stream = await context.OpenReadAsync(cancellationToken))
                    await context.PutDerivativeAsync("copy.txt", "text/plain", stream, cancellationToken);
                return UploadVerdict.Accept;
            },
            options: it => it.MaxAttempts = 2);
        var grant = await host.ArrivedAsync();
        host.Bucket.Fail(verb);
        await host.RunWorkerFor(TimeSpan.FromHours(1));
        var waiting = await host.RecordOf(grant);
        (waiting.Status, waiting.Failures, waiting.Error).Should().Be((UploadStatus.Uploaded, 0, null));
        waiting.Attempts.Should().BeInRange(30, 250, "it is tried about once a minute");
        waiting.Audit.Transitions.Should().HaveCountLessThanOrEqualTo(32);
        host.Bucket.Heal();
        await host.RunWorkerFor(TimeSpan.FromMinutes(2));

        var ready = await host.RecordOf(grant);
        ready.Status.Should().Be(UploadStatus.Ready);
        await host.RunWorkerFor(TimeSpan.FromHours(1));
        host.Bucket.Keys.Should().BeEquivalentTo(ready.FinalKey, ready.Derivatives.Single().Key);
    }

    [Fact]
    public async Task An_upload_that_takes_every_process_with_it_is_given_up()
    {
        await using var host = ProcessingHost.With((_, _) => Task.FromResult(UploadVerdict.Accept), options: it => it.MaxAttempts = 3);
        var grant = await host.ArrivedAsync();
        for (var died = 1; died <= 3; died++)
        {
            // What a process leaves that was killed in the middle: the claim, and nothing else.
            var record = await host.RecordOf(grant);
            await host.Store.TryUpdateAsync(record.MovedTo(UploadStatus.Processing, host.Clock.GetUtcNow()) with
            {
                Attempts = died,
                Failures = died,
                DueAt = host.Clock.GetUtcNow().AddMinutes(5),
            });
            host.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        await host.Worker.RunOnceAsync();

        var failed = await host.RecordOf(grant);
        failed.Status.Should().Be(UploadStatus.Failed);
        failed.Fault.Should().Contain("process died");
        (await host.Service.RetryAsHostAsync(grant.Record.Id)).Succeeded.Should().BeTrue();
        await host.Worker.RunOnceAsync();
        (await host.StatusOf(grant)).Should().Be(UploadStatus.Ready);
    }
}
