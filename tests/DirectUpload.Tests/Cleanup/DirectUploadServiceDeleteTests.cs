using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Cleanup;

public sealed class DirectUploadServiceDeleteTests
{
    [Theory]
    [InlineData(BucketOperation.Copy)]
    [InlineData(BucketOperation.OpenRead)]
    public async Task Delete_DuringProcessing_LeavesNoObject(BucketOperation during)
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();
        var reached = new TaskCompletionSource();
        var resume = new TaskCompletionSource();
        host.Bucket.BeforeCall = (verb, _) =>
        {
            if (verb != during || !reached.TrySetResult())
                return Task.CompletedTask;
            return resume.Task;
        };

        var confirm = host.ConfirmAsync(grant);
        await reached.Task;
        (await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken)).Value!.Status.Should().Be(UploadStatus.Aborted);
        if (during == BucketOperation.Copy)
            host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text); // the client's PUT comes once more, so that the copy finds it
        resume.SetResult();
        if (during == BucketOperation.Copy)
            (await confirm).Error!.Code.Should().Be(UploadErrorCodes.Conflict);
        else
            await confirm.ContinueWith(_ => { }, TaskScheduler.Default);

        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Aborted);
        await host.RunWorkerAtAsync(TimeSpan.FromMinutes(75));
        host.Bucket.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task Delete_WithReason_IsRecorded()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();

        var aborted = await host.Service.DeleteAsync(
            grant.Record.Id, grant.WriteToken, new UploadError("network", "The connection broke."));

        aborted.Value!.Error.Should().Be(new UploadError("network", "The connection broke."));
        (await host.GetRecordAsync(grant)).Error.Should().Be(aborted.Value.Error);
    }

    [Fact]
    public async Task Delete_Ready_RemovesObjectsAndContent()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();

        (await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken)).Value!.Status.Should().Be(UploadStatus.Deleted);
        host.Bucket.Keys.Should().BeEmpty();
        (await host.Service.CreateDownloadUrlAsync(grant.Record.Id, grant.ReadToken)).Error!.Code.Should().Be(UploadErrorCodes.Deleted);
        (await host.ConfirmAsync(grant)).Error!.Code.Should().Be(UploadErrorCodes.Conflict);
    }

    [Fact]
    public async Task Delete_Twice_ChangesNothing()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();
        var first = await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);

        (await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken)).Value!.Record.Should().Be(first.Value!.Record);
        (await host.Service.DeleteAsync(grant.Record.Id, UploadAccess.Application)).Value!.Record.Should().Be(first.Value!.Record);
    }

    [Fact]
    public async Task DeleteAsHost_AnyUpload_IsAllowed()
    {
        await using var host = new UploadHost();

        (await host.Service.DeleteAsync((await host.GrantAsync()).Record.Id, UploadAccess.Application)).Value!.Status
            .Should().Be(UploadStatus.Aborted);
        (await host.Service.DeleteAsync((await host.ReadyAsync()).Record.Id, UploadAccess.Application)).Value!.Status
            .Should().Be(UploadStatus.Deleted);
        (await host.Service.DeleteAsync(UploadId.Create(host.Clock.Start), UploadAccess.Application)).Error!.Code
            .Should().Be(UploadErrorCodes.NotFound);
    }

    [Fact]
    public async Task Delete_DuringConfirm_EndsDeletedWithoutObjects()
    {
        for (var round = 0; round < 50; round++)
        {
            await using var host = new UploadHost(clock: TimeProvider.System);
            var grant = await host.UploadAsync();
            await Task.WhenAll(
                Task.Run(() => host.ConfirmAsync(grant)), Task.Run(() => host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken)));

            (await host.GetStatusAsync(grant)).Should().BeOneOf(UploadStatus.Aborted, UploadStatus.Deleted);
            host.Bucket.Keys.Should().BeEmpty();
        }
    }
}
