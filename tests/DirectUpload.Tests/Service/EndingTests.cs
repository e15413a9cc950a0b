using DirectUpload.Uploads;

namespace DirectUpload.Tests.Service;

public sealed class EndingTests
{
    [Theory]
    [InlineData(BucketVerb.Copy)]
    [InlineData(BucketVerb.OpenRead)]
    public async Task An_abort_during_processing_leaves_no_object(BucketVerb during)
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();
        var reached = new TaskCompletionSource();
        var resume = new TaskCompletionSource();
        host.Bucket.Before = (verb, _) =>
        {
            if (verb != during || !reached.TrySetResult())
                return Task.CompletedTask;
            return resume.Task;
        };

        var confirm = host.ConfirmAsync(grant);
        await reached.Task;
        (await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken)).Value!.Status.Should().Be(UploadStatus.Aborted);
        if (during == BucketVerb.Copy)
            host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text); // the client's PUT comes once more, so that the copy finds it
        resume.SetResult();
        if (during == BucketVerb.Copy)
            (await confirm).Error!.Reason.Should().Be(UploadErrorReason.Conflict);
        else
            await confirm.ContinueWith(_ => { }, TaskScheduler.Default);

        (await host.StatusOf(grant)).Should().Be(UploadStatus.Aborted);
        await host.RunWorkerAt(TimeSpan.FromMinutes(75));
        host.Bucket.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task An_abort_keeps_the_clients_reason()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();

        var aborted = await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken, new UploadFailure("network", "The connection broke."));

        aborted.Value!.Error.Should().Be(new UploadFailure("network", "The connection broke."));
        (await host.RecordOf(grant)).Error.Should().Be(aborted.Value.Error);
    }

    [Fact]
    public async Task A_deleted_upload_has_no_objects_and_no_content()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();

        (await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken)).Value!.Status.Should().Be(UploadStatus.Deleted);
        host.Bucket.Keys.Should().BeEmpty();
        (await host.Service.GetContentAsync(grant.Record.Id, grant.ReadToken)).Error!.Reason.Should().Be(UploadErrorReason.Deleted);
        (await host.ConfirmAsync(grant)).Error!.Reason.Should().Be(UploadErrorReason.Conflict);
    }

    [Fact]
    public async Task What_has_ended_stays_as_it_is()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();
        var first = await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);

        (await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken)).Value.Should().Be(first.Value);
        (await host.Service.DeleteAsHostAsync(grant.Record.Id)).Value.Should().Be(first.Value);
    }

    [Fact]
    public async Task The_host_may_end_any_upload()
    {
        await using var host = new UploadHost();

        (await host.Service.DeleteAsHostAsync((await host.GrantAsync()).Record.Id)).Value!.Status.Should().Be(UploadStatus.Aborted);
        (await host.Service.DeleteAsHostAsync((await host.ReadyAsync()).Record.Id)).Value!.Status.Should().Be(UploadStatus.Deleted);
        (await host.Service.DeleteAsHostAsync(UploadId.New(host.Clock.Start))).Error!.Reason.Should().Be(UploadErrorReason.NotFound);
    }

    [Fact]
    public async Task A_confirm_and_an_abort_at_once_end_in_one_state_with_the_objects_that_belong_to_it()
    {
        for (var round = 0; round < 50; round++)
        {
            await using var host = new UploadHost(clock: TimeProvider.System);
            var grant = await host.UploadAsync();
            await Task.WhenAll(Task.Run(() => host.ConfirmAsync(grant)), Task.Run(() => host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken)));

            (await host.StatusOf(grant)).Should().BeOneOf(UploadStatus.Aborted, UploadStatus.Deleted);
            host.Bucket.Keys.Should().BeEmpty();
        }
    }
}
