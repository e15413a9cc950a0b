using DirectUpload.Uploads;

namespace DirectUpload.Tests.Service;

/// <summary>An outage is never a rejection: the exception comes through, nothing is concluded, and a later try succeeds.</summary>
public sealed class OutageTests
{
    [Theory]
    [InlineData(BucketVerb.Head)]
    [InlineData(BucketVerb.Copy)]
    [InlineData(BucketVerb.OpenRead)]
    public async Task It_comes_through_a_confirm_and_the_next_confirm_succeeds_at_once(BucketVerb verb)
    {
        await using var host = new UploadHost(options: it => it.ConfirmWait = TimeSpan.Zero);
        var grant = await host.UploadAsync();
        host.Bucket.Fail(verb);

        await host.Awaiting(it => it.ConfirmAsync(grant)).Should().ThrowAsync<HttpRequestException>();
        (await host.RecordOf(grant)).Error.Should().BeNull();
        host.Bucket.Heal();

        (await host.ConfirmAsync(grant)).Value!.Status.Should().Be(UploadStatus.Ready);
    }

    [Theory]
    [InlineData(BucketVerb.Copy)]
    [InlineData(BucketVerb.OpenRead)]
    public async Task After_it_the_worker_need_not_wait_for_the_lease_to_run_out(BucketVerb verb)
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();
        host.Bucket.Fail(verb);
        await host.Awaiting(it => it.ConfirmAsync(grant)).Should().ThrowAsync<HttpRequestException>();
        host.Bucket.Heal();

        (await host.RunWorkerAt(TimeSpan.FromSeconds(10))).Should().Be(1);
        (await host.StatusOf(grant)).Should().Be(UploadStatus.Ready);
    }

    [Theory]
    [InlineData(BucketVerb.Copy)]
    [InlineData(BucketVerb.OpenRead)]
    public async Task After_it_the_upload_is_taken_up_again_when_the_lease_has_run_out_at_the_latest(BucketVerb verb)
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();
        host.Bucket.Fail(verb);
        await host.Awaiting(it => it.ConfirmAsync(grant)).Should().ThrowAsync<HttpRequestException>();
        host.Bucket.Heal();

        await host.RunWorkerAt(TimeSpan.FromMinutes(5));
        (await host.StatusOf(grant)).Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task The_look_after_the_copy_can_fail_as_well()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();
        host.Bucket.Before = (verb, key) => verb == BucketVerb.Head && key == grant.Record.FinalKey ? throw new HttpRequestException("out") : Task.CompletedTask;
        await host.Awaiting(it => it.ConfirmAsync(grant)).Should().ThrowAsync<HttpRequestException>();
        host.Bucket.Heal();

        await host.RunWorkerAt(TimeSpan.FromMinutes(5));
        (await host.StatusOf(grant)).Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task When_the_objects_of_a_rejected_upload_can_not_be_deleted_it_is_rejected_all_the_same_and_they_go_later()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();
        host.Bucket.Put(grant.Record.StagingKey, "shorter");
        host.Bucket.Fail(BucketVerb.Delete);

        (await host.ConfirmAsync(grant)).Error!.Reason.Should().Be(UploadErrorReason.Mismatch);
        host.Bucket.Keys.Should().NotBeEmpty();
        host.Bucket.Heal();
        await host.Worker.RunOnceAsync();

        host.Bucket.Keys.Should().BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_delete_or_an_abort_during_one_ends_the_upload_and_the_objects_go_later(bool ready)
    {
        await using var host = new UploadHost();
        var grant = ready ? await host.ReadyAsync() : await host.UploadAsync();
        host.Bucket.Fail(BucketVerb.Delete);

        var ended = await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);
        ended.Value!.Status.Should().Be(ready ? UploadStatus.Deleted : UploadStatus.Aborted);
        host.Bucket.Heal();
        await host.Worker.RunOnceAsync();

        host.Bucket.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task A_worker_goes_on_with_the_others_and_comes_back_to_the_one()
    {
        await using var host = new UploadHost();
        var stuck = await host.UploadAsync();
        var fine = await host.UploadAsync();
        host.Bucket.Before = (_, key) => key == stuck.Record.StagingKey ? throw new HttpRequestException("out") : Task.CompletedTask;

        await host.RunWorkerAt(TimeSpan.FromMinutes(75));
        (await host.StatusOf(fine)).Should().Be(UploadStatus.Ready);
        (await host.StatusOf(stuck)).Should().Be(UploadStatus.Requested);
        host.Bucket.Heal();
        await host.RunWorkerAt(TimeSpan.FromMinutes(90));

        (await host.StatusOf(stuck)).Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task A_hundred_uploads_that_can_not_take_their_step_do_not_keep_all_others_from_theirs()
    {
        await using var host = new UploadHost(profile: notes => notes.MaxPendingUploads = null);
        var stuck = new HashSet<string>();
        for (var number = 0; number < 100; number++)
            stuck.Add((await host.UploadAsync()).Record.StagingKey);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var fine = await host.UploadAsync();
        host.Bucket.Before = (_, key) => stuck.Contains(key) ? throw new HttpRequestException("out") : Task.CompletedTask;

        for (var round = 0; round < 10; round++)
            await host.RunWorkerAt(TimeSpan.FromMinutes(80 + round));

        (await host.StatusOf(fine)).Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task A_cancelled_confirm_leaves_the_upload_to_the_next()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();
        using var source = new CancellationTokenSource();
        host.Bucket.Before = (verb, _) => verb == BucketVerb.Copy ? source.CancelAsync() : Task.CompletedTask;

        await host.Awaiting(it => it.Service.ConfirmAsync(grant.Record.Id, grant.WriteToken, source.Token)).Should().ThrowAsync<OperationCanceledException>();
        host.Bucket.Heal();

        (await host.RunWorkerAt(TimeSpan.FromSeconds(10))).Should().Be(1);
        (await host.StatusOf(grant)).Should().Be(UploadStatus.Ready);
    }
}
