using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Cleanup;

public sealed class UploadCleanerPurgeTests
{
    [Theory]
    [InlineData(UploadStatus.Rejected)]
    [InlineData(UploadStatus.Deleted)]
    public async Task Purge_EndedUpload_IsRemovedAfterRetention(UploadStatus status)
    {
        await using var host = new UploadHost();
        var grant = status == UploadStatus.Deleted ? await host.ReadyAsync() : await host.GrantAsync();
        if (status == UploadStatus.Deleted)
            await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);
        else
            host.Bucket.Put(grant.Record.StagingKey, "longer than was promised");
        await host.ConfirmAsync(grant);
        await host.RunWorkerAtAsync(TimeSpan.FromMinutes(75));
        await host.RunWorkerAtAsync(TimeSpan.FromMinutes(135));
        (await host.GetRecordAsync(grant)).PurgeAt.Should().BeAfter(host.Clock.Start.AddDays(30));

        await host.RunWorkerAtAsync(TimeSpan.FromDays(30));
        (await host.GetStatusAsync(grant)).Should().Be(status);
        await host.RunWorkerAtAsync(TimeSpan.FromDays(30) + TimeSpan.FromMinutes(135));
        (await host.Store.FindAsync(grant.Record.Id)).Should().BeNull();
    }

    [Theory]
    [InlineData(UploadStatus.Aborted, 2000)]
    [InlineData(UploadStatus.Expired, 10)]
    public async Task Purge_NeverUploaded_IsRemovedAnHourAfterTheGrant(UploadStatus status, int count)
    {
        await using var host = new UploadHost(
            profile: notes => notes.MaxPendingUploadsPerOwner = null, options: it => it.MaxRequestsPerMinutePerOwner = null);
        for (var number = 0; number < count; number++)
        {
            var grant = await host.GrantAsync();
            if (status == UploadStatus.Aborted)
                await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);
        }

        await host.RunWorkerAtAsync(TimeSpan.FromMinutes(75));
        await host.RunWorkerAtAsync(status == UploadStatus.Aborted ? TimeSpan.FromMinutes(75) : TimeSpan.FromMinutes(135));

        (await host.Store.ListAllAsync().CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task CleanUp_LongerThanTheGrant_IsRepeatedForWhatAClientSentMeanwhile()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();
        host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text);
        // The staging object is deleted first.
        var isSlow = true;
        host.Bucket.BeforeCall = (verb, key) =>
        {
            if (isSlow && verb == BucketOperation.Delete && key == grant.Record.FinalKey)
            {
                isSlow = false;
                host.Bucket.Put(grant.Record.StagingKey, "sent again before the grant ended");
                host.Clock.Advance(TimeSpan.FromHours(2));
            }

            return Task.CompletedTask;
        };
        await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);

        await host.RunWorkerAtAsync(TimeSpan.FromHours(3));

        isSlow.Should().BeFalse();
        host.Bucket.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task Purge_Ready_NeverHappens()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();
        foreach (var days in new[] { 1, 2, 3650 })
            await host.RunWorkerAtAsync(TimeSpan.FromDays(days));

        var ready = await host.GetRecordAsync(grant);
        (ready.Status, ready.NextActionAt, ready.PurgeAt).Should().Be((UploadStatus.Ready, null, null));
    }

    [Theory]
    [InlineData(true, UploadStatus.Ready)]
    [InlineData(false, UploadStatus.Expired)]
    public async Task Expiry_Unconfirmed_IsConfirmedOrDeletedByProfile(bool confirms, UploadStatus end)
    {
        await using var host = new UploadHost(profile: notes => notes.AutoConfirmOnExpiry = confirms);
        var grant = await host.UploadAsync();
        await host.RunWorkerAtAsync(TimeSpan.FromMinutes(74));
        await host.RunWorkerAtAsync(TimeSpan.FromMinutes(75));

        if (confirms)
            (await host.GetStatusAsync(grant)).Should().Be(end);
        else
            (await host.Store.FindAsync(grant.Record.Id)).Should().BeNull("it had no verified object");
        await host.RunWorkerAtAsync(TimeSpan.FromMinutes(150));
        host.Bucket.Keys.Should().HaveCount(confirms ? 1 : 0);
    }
}
