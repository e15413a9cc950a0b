using DirectUpload.Uploads;

namespace DirectUpload.Tests.Service;

public sealed class RetirementTests
{
    [Theory]
    [InlineData(UploadStatus.Rejected)]
    [InlineData(UploadStatus.Deleted)]
    public async Task A_record_of_what_is_gone_goes_when_its_time_is_over(UploadStatus status)
    {
        await using var host = new UploadHost();
        var grant = status == UploadStatus.Deleted ? await host.ReadyAsync() : await host.GrantAsync();
        if (status == UploadStatus.Deleted)
            await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);
        else
            host.Bucket.Put(grant.Record.StagingKey, "longer than was promised");
        await host.ConfirmAsync(grant);
        await host.RunWorkerAt(TimeSpan.FromMinutes(75));
        await host.RunWorkerAt(TimeSpan.FromMinutes(135));
        (await host.RecordOf(grant)).RetireAt.Should().BeAfter(host.Clock.Start.AddDays(30));

        await host.RunWorkerAt(TimeSpan.FromDays(30));
        (await host.StatusOf(grant)).Should().Be(status);
        await host.RunWorkerAt(TimeSpan.FromDays(30) + TimeSpan.FromMinutes(135));
        (await host.Store.FindAsync(grant.Record.Id)).Should().BeNull();
    }

    [Theory]
    [InlineData(UploadStatus.Aborted, 2000)]
    [InlineData(UploadStatus.Expired, 10)]
    public async Task Records_without_an_object_go_an_hour_after_their_grants(UploadStatus status, int count)
    {
        await using var host = new UploadHost(profile: notes => notes.MaxPendingUploads = null, options: it => it.MaxRequestsPerMinute = null);
        for (var number = 0; number < count; number++)
        {
            var grant = await host.GrantAsync();
            if (status == UploadStatus.Aborted)
                await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);
        }

        await host.RunWorkerAt(TimeSpan.FromMinutes(75));
        await host.RunWorkerAt(status == UploadStatus.Aborted ? TimeSpan.FromMinutes(75) : TimeSpan.FromMinutes(135));

        (await host.Store.ListAllAsync().CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task A_ready_one_never_does()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();
        foreach (var days in new[] { 1, 2, 3650 })
            await host.RunWorkerAt(TimeSpan.FromDays(days));

        var ready = await host.RecordOf(grant);
        (ready.Status, ready.DueAt, ready.RetireAt).Should().Be((UploadStatus.Ready, null, null));
    }

    [Theory]
    [InlineData(true, UploadStatus.Ready)]
    [InlineData(false, UploadStatus.Expired)]
    public async Task What_arrived_unconfirmed_is_confirmed_at_its_expiry_or_thrown_away_as_the_profile_says(bool confirms, UploadStatus end)
    {
        await using var host = new UploadHost(profile: notes => notes.ConfirmArrivals = confirms);
        var grant = await host.UploadAsync();
        await host.RunWorkerAt(TimeSpan.FromMinutes(74));
        await host.RunWorkerAt(TimeSpan.FromMinutes(75));

        if (confirms)
            (await host.StatusOf(grant)).Should().Be(end);
        else
            (await host.Store.FindAsync(grant.Record.Id)).Should().BeNull("it had no verified object");
        await host.RunWorkerAt(TimeSpan.FromMinutes(150));
        host.Bucket.Keys.Should().HaveCount(confirms ? 1 : 0);
    }
}
