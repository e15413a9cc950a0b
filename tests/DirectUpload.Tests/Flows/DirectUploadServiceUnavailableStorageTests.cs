using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Flows;

/// <summary>An outage is never a rejection: the exception comes through, nothing is concluded, and a later try succeeds.</summary>
public sealed class DirectUploadServiceUnavailableStorageTests
{
    [Theory]
    [InlineData(BucketOperation.Head, false)]
    [InlineData(BucketOperation.Copy, false)]
    [InlineData(BucketOperation.OpenRead, false)]
    [InlineData(BucketOperation.Copy, true)]
    [InlineData(BucketOperation.OpenRead, true)]
    public async Task Confirm_StorageFails_ThrowsAndNextConfirmSucceeds(BucketOperation verb, bool copiesFirst)
    {
        await using var host = new UploadHost(
            new FakeBucket { VerifiesCopies = copiesFirst }, options: it => it.ConcurrentConfirmTimeout = TimeSpan.Zero);
        var grant = await host.UploadAsync();
        host.Bucket.Fail(verb);

        await host.Awaiting(it => it.ConfirmAsync(grant)).Should().ThrowAsync<HttpRequestException>();
        (await host.GetRecordAsync(grant)).Error.Should().BeNull();
        host.Bucket.StopFailing();

        (await host.ConfirmAsync(grant)).Value!.Status.Should().Be(UploadStatus.Ready);
    }

    [Theory]
    [InlineData(BucketOperation.Copy, false)]
    [InlineData(BucketOperation.OpenRead, false)]
    [InlineData(BucketOperation.Copy, true)]
    [InlineData(BucketOperation.OpenRead, true)]
    public async Task Worker_AfterStorageFailure_ResumesBeforeLeaseEnds(BucketOperation verb, bool copiesFirst)
    {
        await using var host = new UploadHost(new FakeBucket { VerifiesCopies = copiesFirst });
        var grant = await host.UploadAsync();
        host.Bucket.Fail(verb);
        await host.Awaiting(it => it.ConfirmAsync(grant)).Should().ThrowAsync<HttpRequestException>();
        host.Bucket.StopFailing();

        (await host.RunWorkerAtAsync(TimeSpan.FromSeconds(10))).Should().Be(1);
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Ready);
    }

    [Theory]
    [InlineData(BucketOperation.Copy, false)]
    [InlineData(BucketOperation.OpenRead, false)]
    [InlineData(BucketOperation.Copy, true)]
    [InlineData(BucketOperation.OpenRead, true)]
    public async Task Worker_AfterStorageFailure_ResumesWhenLeaseEnds(BucketOperation verb, bool copiesFirst)
    {
        await using var host = new UploadHost(new FakeBucket { VerifiesCopies = copiesFirst });
        var grant = await host.UploadAsync();
        host.Bucket.Fail(verb);
        await host.Awaiting(it => it.ConfirmAsync(grant)).Should().ThrowAsync<HttpRequestException>();
        host.Bucket.StopFailing();

        await host.RunWorkerAtAsync(TimeSpan.FromMinutes(5));
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Ready);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Confirm_ReadAfterCopyFails_WorkerFinishes(bool copiesFirst)
    {
        await using var host = new UploadHost(new FakeBucket { VerifiesCopies = copiesFirst });
        var grant = await host.UploadAsync();
        host.Bucket.BeforeCall = (verb, key) => verb == BucketOperation.OpenRead && key == grant.Record.FinalKey
            ? throw new HttpRequestException("out")
            : Task.CompletedTask;
        await host.Awaiting(it => it.ConfirmAsync(grant)).Should().ThrowAsync<HttpRequestException>();
        host.Bucket.StopFailing();

        await host.RunWorkerAtAsync(TimeSpan.FromMinutes(5));
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task Confirm_RejectedAndDeleteFails_WorkerDeletesLater()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();
        host.Bucket.Put(grant.Record.StagingKey, "shorter");
        host.Bucket.Fail(BucketOperation.Delete);

        (await host.ConfirmAsync(grant)).Error!.Code.Should().Be(UploadErrorCodes.Mismatch);
        host.Bucket.Keys.Should().NotBeEmpty();
        host.Bucket.StopFailing();
        await host.Worker.RunOnceAsync();

        host.Bucket.Keys.Should().BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Delete_StorageFails_EndsUploadAndDeletesLater(bool ready)
    {
        await using var host = new UploadHost();
        var grant = ready ? await host.ReadyAsync() : await host.UploadAsync();
        host.Bucket.Fail(BucketOperation.Delete);

        var ended = await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);
        ended.Value!.Status.Should().Be(ready ? UploadStatus.Deleted : UploadStatus.Aborted);
        host.Bucket.StopFailing();
        await host.Worker.RunOnceAsync();

        host.Bucket.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task Worker_OneUploadFails_ProcessesOthersAndRetries()
    {
        await using var host = new UploadHost();
        var stuck = await host.UploadAsync();
        var fine = await host.UploadAsync();
        host.Bucket.BeforeCall = (_, key) => key == stuck.Record.StagingKey ? throw new HttpRequestException("out") : Task.CompletedTask;

        await host.RunWorkerAtAsync(TimeSpan.FromMinutes(75));
        (await host.GetStatusAsync(fine)).Should().Be(UploadStatus.Ready);
        (await host.GetStatusAsync(stuck)).Should().Be(UploadStatus.Requested);
        host.Bucket.StopFailing();
        await host.RunWorkerAtAsync(TimeSpan.FromMinutes(90));

        (await host.GetStatusAsync(stuck)).Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task Worker_HundredFailingUploads_DoNotBlockOthers()
    {
        await using var host = new UploadHost(profile: notes => notes.MaxPendingUploadsPerOwner = null);
        var stuck = new HashSet<string>();
        for (var number = 0; number < 100; number++)
            stuck.Add((await host.UploadAsync()).Record.StagingKey);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var fine = await host.UploadAsync();
        host.Bucket.BeforeCall = (_, key) => stuck.Contains(key) ? throw new HttpRequestException("out") : Task.CompletedTask;

        for (var round = 0; round < 10; round++)
            await host.RunWorkerAtAsync(TimeSpan.FromMinutes(80 + round));

        (await host.GetStatusAsync(fine)).Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task Confirm_Canceled_WorkerFinishes()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();
        using var source = new CancellationTokenSource();
        host.Bucket.BeforeCall = (verb, _) => verb == BucketOperation.Copy ? source.CancelAsync() : Task.CompletedTask;

        await host.Awaiting(it => it.Service.ConfirmAsync(grant.Record.Id, grant.WriteToken, cancellationToken: source.Token))
            .Should().ThrowAsync<OperationCanceledException>();
        host.Bucket.StopFailing();

        (await host.RunWorkerAtAsync(TimeSpan.FromSeconds(10))).Should().Be(1);
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Ready);
    }
}
