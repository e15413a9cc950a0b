using DirectUpload.Processing;
using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Worker;

/// <summary>Ready uploads that the application does not attach in time.</summary>
public sealed class UnattachedUploadTests
{
    private static readonly UploadAssociation Avatar = new("user", "42", "avatar");

    [Theory]
    [InlineData(false, null, null)]
    [InlineData(true, null, 24d)]
    [InlineData(false, 2d, 2d)]
    [InlineData(true, 2d, 2d)]
    public async Task Ready_ByProfile_HasItsTime(bool required, double? retention, double? expected)
    {
        await using var host = CreateHost(required, retention);
        var grant = await host.ReadyAsync();
        (await host.GetRecordAsync(grant)).AttachBy.Should().Be(expected is { } hours ? host.Clock.Start.AddHours(hours) : null);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunOnce_NotAttachedInTime_IsDeletedWithItsObjects(bool inPlace)
    {
        await using var host = CreateHost(required: true, retention: null, inPlace);
        var grant = await host.ReadyAsync();
        await host.RunWorkerAtAsync(TimeSpan.FromHours(23.9));
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Ready);

        await host.RunWorkerAtAsync(TimeSpan.FromHours(24));

        var record = await host.GetRecordAsync(grant);
        (record.Status, record.Error!.Code).Should().Be((UploadStatus.Deleted, UploadErrorCodes.Unattached));
        host.Bucket.Keys.Should().BeEmpty();
        (await host.Service.CreateDownloadUrlAsync(grant.Record.Id, grant.ReadToken)).Error!.Code.Should().Be(UploadErrorCodes.Deleted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunOnce_Attached_NeverExpires(bool inPlace)
    {
        await using var host = CreateHost(required: true, retention: null, inPlace);
        var grant = await host.ReadyAsync();
        (await host.Service.AttachAsync(grant.Record.Id, grant.ReadToken, Avatar, "notes")).Succeeded.Should().BeTrue();

        foreach (var hours in new[] { 1, 2, 24, 48, 24 * 365 })
            await host.RunWorkerAtAsync(TimeSpan.FromHours(hours));

        (await host.GetRecordAsync(grant)).Should().BeEquivalentTo(
            new { Status = UploadStatus.Ready, NextActionAt = (DateTimeOffset?)null, AttachBy = (DateTimeOffset?)null });
        host.Bucket.Keys.Should().Equal(grant.Record.FinalKey);
    }

    [Fact]
    public async Task Detach_DuringProcessing_ExpiresAfterReady()
    {
        UploadHost? host = null;
        UploadId id = default;
        host = ProcessingHost.Create(
            async (_, ending) =>
            {
                (await host!.Service.DetachAsync(id, Avatar, ending)).Value!.Association.Should().BeNull();
                host.Clock.Advance(TimeSpan.FromMinutes(3));
                return ProcessingResult.Accept;
            },
            notes => (notes.AttachBeforeReady, notes.UnattachedRetention) = (true, TimeSpan.FromMinutes(2)));
        await using (host)
        {
            var grant = await host.UploadAndConfirmAsync();
            id = grant.Record.Id;
            (await host.Service.AttachAsync(id, grant.ReadToken, Avatar, "notes")).Error.Should().BeNull();
            await host.Worker.RunOnceAsync();

            var ready = await host.GetRecordAsync(grant);
            (ready.Status, ready.Association, ready.AttachedAt).Should().Be((UploadStatus.Ready, null, null));
            ready.AttachBy.Should().Be(host.Clock.GetUtcNow().AddMinutes(2));
            await host.RunWorkerForAsync(TimeSpan.FromMinutes(3));
            (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Deleted);
            host.Bucket.Keys.Should().BeEmpty();
        }
    }

    [Fact]
    public async Task RunOnce_StorageUnavailable_DeletesTheObjectsLater()
    {
        await using var host = CreateHost(required: true, retention: null);
        var grant = await host.ReadyAsync();
        await host.RunWorkerAtAsync(TimeSpan.FromHours(2));
        host.Bucket.Fail(BucketOperation.Delete);
        await host.RunWorkerAtAsync(TimeSpan.FromHours(24));
        host.Bucket.Keys.Should().Equal(grant.Record.FinalKey);
        host.Bucket.StopFailing();

        await host.RunWorkerForAsync(TimeSpan.FromMinutes(10));

        host.Bucket.Keys.Should().BeEmpty();
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Deleted);
    }

    [Fact]
    public async Task RunOnce_TenThousandExpireAtOnce_DeletesAll()
    {
        const int Count = 10_000;
        await using var host = new UploadHost(
            profile: notes =>
            {
                notes.RequireAttachment = true;
                (notes.MaxPendingUploadsPerOwner, notes.MaxPendingBytesPerOwner, notes.MaxStoredBytesPerOwner) = (null, null, null);
            },
            options: it => it.MaxRequestsPerMinutePerOwner = null);
        var attached = new List<string>();
        for (var number = 0; number < Count; number++)
        {
            var grant = await host.ReadyAsync();
            if (number % 1000 != 0)
                continue;
            attached.Add(grant.Record.FinalKey);
            (await host.Service.AttachAsync(grant.Record.Id, grant.ReadToken, Avatar, "notes")).Succeeded.Should().BeTrue();
        }

        await host.RunWorkerAtAsync(TimeSpan.FromHours(23));
        await host.RunWorkerAtAsync(TimeSpan.FromHours(24));

        host.Bucket.Keys.Should().BeEquivalentTo(attached);
        (await host.Store.ListAllAsync(UploadFilter.ForAll() with { Status = UploadStatus.Deleted }).CountAsync())
            .Should().Be(Count - attached.Count);
    }

    private static UploadHost CreateHost(bool required, double? retention, bool inPlace = false) => new(profile: notes =>
    {
        (notes.RequireAttachment, notes.FinalizeInPlace) = (required, inPlace);
        notes.UnattachedRetention = retention is { } hours ? TimeSpan.FromHours(hours) : null;
    });
}
