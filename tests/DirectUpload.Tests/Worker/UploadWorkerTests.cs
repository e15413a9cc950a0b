using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Worker;

public sealed class UploadWorkerTests
{
    /// <summary>The grant's 15 minutes, and the hour that a PUT which began in time may take.</summary>
    private static readonly TimeSpan ExpiryWithGracePeriod = TimeSpan.FromMinutes(75);

    [Fact]
    public async Task RunOnce_NeverUploaded_ExpiresAfterTheGracePeriod()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();

        (await host.RunWorkerAtAsync(ExpiryWithGracePeriod - TimeSpan.FromMilliseconds(1))).Should().Be(0);
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Requested);
        (await host.RunWorkerAtAsync(ExpiryWithGracePeriod)).Should().Be(1);
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Expired);
        (await host.ConfirmAsync(grant)).Error!.Code.Should().Be(UploadErrorCodes.Expired);
    }

    [Fact]
    public async Task RunOnce_UploadedAndUnconfirmed_BecomesReady()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();

        await host.RunWorkerAtAsync(ExpiryWithGracePeriod);

        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task RunOnce_PutAfterExpiry_IsDeleted()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();
        await host.RunWorkerAtAsync(ExpiryWithGracePeriod);
        host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text);

        await host.RunWorkerAtAsync(ExpiryWithGracePeriod * 2);

        host.Bucket.Keys.Should().BeEmpty();
        (await host.Store.FindAsync(grant.Record.Id)).Should().BeNull("nothing is left to do");
    }

    [Fact]
    public async Task RunOnce_Ready_DeletesStagingObjectAfterUrlExpires()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();
        host.Bucket[grant.Record.StagingKey].Should().NotBeNull("while the URL works a PUT would only bring it back");

        (await host.RunWorkerAtAsync(TimeSpan.FromMinutes(14))).Should().Be(0);
        (await host.RunWorkerAtAsync(TimeSpan.FromMinutes(15))).Should().Be(1);
        host.Bucket.Keys.Should().Equal(grant.Record.FinalKey);

        host.Bucket.Put(grant.Record.StagingKey, "late");
        await host.RunWorkerAtAsync(TimeSpan.FromMinutes(75));
        host.Bucket.Keys.Should().Equal(grant.Record.FinalKey);
        (await host.GetRecordAsync(grant)).NextActionAt.Should().BeNull();
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Ready);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunOnce_LatePutAfterDelete_IsDeleted(bool inPlace)
    {
        await using var host = new UploadHost(profile: notes => notes.FinalizeInPlace = inPlace);
        var grant = await host.ReadyAsync();
        await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);
        host.Bucket.Put(grant.Record.StagingKey, "late");

        await host.RunWorkerAtAsync(TimeSpan.FromMinutes(75));

        host.Bucket.Keys.Should().BeEmpty();
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Deleted);
    }

    [Fact]
    public async Task RunOnce_InPlaceReady_IsNeverDeleted()
    {
        await using var host = new UploadHost(profile: notes => notes.FinalizeInPlace = true);
        var grant = await host.ReadyAsync();

        (await host.RunWorkerAtAsync(TimeSpan.FromDays(30))).Should().Be(0);
        host.Bucket.Keys.Should().Equal(grant.Record.FinalKey);
    }

    [Fact]
    public async Task RunOnce_SeveralWorkers_ProcessEachUploadOnce()
    {
        await using var host = new UploadHost(profile: notes => notes.MaxPendingUploadsPerOwner = null);
        for (var number = 0; number < 50; number++)
            await host.UploadAsync();
        host.Clock.Advance(ExpiryWithGracePeriod);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => host.Worker.RunOnceAsync())));

        host.Bucket.Count(BucketOperation.Copy).Should().Be(50);
        (await host.Store.ListAsync(UploadFilter.ForOwner("ada"), 100)).Should().OnlyContain(record => record.Status == UploadStatus.Ready);
    }

    [Fact]
    public async Task RunOnce_ManyDue_ProcessesAll()
    {
        await using var host = new UploadHost(profile: notes => notes.MaxPendingUploadsPerOwner = null);
        for (var number = 0; number < 120; number++)
            await host.GrantAsync();

        (await host.RunWorkerAtAsync(ExpiryWithGracePeriod)).Should().Be(120);
        (await host.RunWorkerAtAsync(ExpiryWithGracePeriod)).Should().Be(0);
    }
}
