using DirectUpload.Profiles;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Service;

public sealed class WorkerTests
{
    /// <summary>The grant's 15 minutes, and the hour that a PUT which began in time may take.</summary>
    private static readonly TimeSpan SlowestEnd = TimeSpan.FromMinutes(75);

    [Fact]
    public async Task What_never_arrived_expires_when_a_slow_PUT_has_had_its_time_too_and_not_before()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();

        (await host.RunWorkerAt(SlowestEnd - TimeSpan.FromMilliseconds(1))).Should().Be(0);
        (await host.StatusOf(grant)).Should().Be(UploadStatus.Requested);
        (await host.RunWorkerAt(SlowestEnd)).Should().Be(1);
        (await host.StatusOf(grant)).Should().Be(UploadStatus.Expired);
        (await host.ConfirmAsync(grant)).Error!.Reason.Should().Be(UploadErrorReason.Expired);
    }

    [Fact]
    public async Task What_arrived_and_was_never_confirmed_becomes_ready()
    {
        await using var host = new UploadHost();
        var grant = await host.UploadAsync();

        await host.RunWorkerAt(SlowestEnd);

        (await host.StatusOf(grant)).Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task A_PUT_that_ends_after_the_expiry_is_cleaned_up()
    {
        await using var host = new UploadHost();
        var grant = await host.GrantAsync();
        await host.RunWorkerAt(SlowestEnd);
        host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text);

        await host.RunWorkerAt(SlowestEnd * 2);

        host.Bucket.Keys.Should().BeEmpty();
        (await host.Store.FindAsync(grant.Record.Id)).Should().BeNull("nothing is left to do");
    }

    [Fact]
    public async Task The_staging_object_of_a_ready_upload_goes_when_the_URL_has_ended_and_again_after_a_late_PUT()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();
        host.Bucket[grant.Record.StagingKey].Should().NotBeNull("while the URL works a PUT would only bring it back");

        (await host.RunWorkerAt(TimeSpan.FromMinutes(14))).Should().Be(0);
        (await host.RunWorkerAt(TimeSpan.FromMinutes(15))).Should().Be(1);
        host.Bucket.Keys.Should().Equal(grant.Record.FinalKey);

        host.Bucket.Put(grant.Record.StagingKey, "late");
        await host.RunWorkerAt(TimeSpan.FromMinutes(75));
        host.Bucket.Keys.Should().Equal(grant.Record.FinalKey);
        (await host.RecordOf(grant)).DueAt.Should().BeNull();
        (await host.StatusOf(grant)).Should().Be(UploadStatus.Ready);
    }

    [Theory]
    [InlineData(Finalisation.Promote)]
    [InlineData(Finalisation.InPlace)]
    public async Task A_deleted_upload_that_a_late_PUT_brings_back_goes_again(Finalisation finalisation)
    {
        await using var host = new UploadHost(profile: notes => notes.Finalisation = finalisation);
        var grant = await host.ReadyAsync();
        await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);
        host.Bucket.Put(grant.Record.StagingKey, "late");

        await host.RunWorkerAt(TimeSpan.FromMinutes(75));

        host.Bucket.Keys.Should().BeEmpty();
        (await host.StatusOf(grant)).Should().Be(UploadStatus.Deleted);
    }

    [Fact]
    public async Task In_place_a_ready_object_is_never_purged()
    {
        await using var host = new UploadHost(profile: notes => notes.Finalisation = Finalisation.InPlace);
        var grant = await host.ReadyAsync();

        (await host.RunWorkerAt(TimeSpan.FromDays(30))).Should().Be(0);
        host.Bucket.Keys.Should().Equal(grant.Record.FinalKey);
    }

    [Fact]
    public async Task Several_workers_take_each_step_once()
    {
        await using var host = new UploadHost(profile: notes => notes.MaxPendingUploads = null);
        for (var number = 0; number < 50; number++)
            await host.UploadAsync();
        host.Clock.Advance(SlowestEnd);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => host.Worker.RunOnceAsync())));

        host.Bucket.Count(BucketVerb.Copy).Should().Be(50);
        (await host.Store.ListByOwnerAsync("ada", 100)).Should().OnlyContain(record => record.Status == UploadStatus.Ready);
    }

    [Fact]
    public async Task One_call_works_off_all_that_is_due()
    {
        await using var host = new UploadHost(profile: notes => notes.MaxPendingUploads = null);
        for (var number = 0; number < 120; number++)
            await host.GrantAsync();

        (await host.RunWorkerAt(SlowestEnd)).Should().Be(120);
        (await host.RunWorkerAt(SlowestEnd)).Should().Be(0);
    }
}
