using System.Text;
using DirectUpload.Tests.Events;
using DirectUpload.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Tests.Confirmation;

/// <summary>Confirms uploads with the CRC-64/NVME that the client computed.</summary>
public sealed class ConfirmChecksumTests
{
    private const string OtherText = "hello, World";
    private static readonly string Checksum = Compute(UploadHost.Text);

    public static TheoryData<IntegrityRequirement, bool> ComparingStorage { get; } = new()
    {
        { IntegrityRequirement.None, true },
        { IntegrityRequirement.StorageChecksum, true },
        { IntegrityRequirement.ReadObject, true },
        { IntegrityRequirement.ReadObject, false },
    };

    [Theory]
    [MemberData(nameof(ComparingStorage))]
    public async Task Confirm_EqualChecksum_IsReadyAndStored(IntegrityRequirement requirement, bool isReported)
    {
        await using var host = CreateHost(requirement, isReported);
        var grant = await host.UploadAsync();

        var upload = (await ConfirmAsync(host, grant, Checksum)).GetValueOrThrow();

        upload.Status.Should().Be(UploadStatus.Ready);
        upload.ChecksumCrc64Nvme.Should().Be(Checksum);
        upload.StoredChecksum.Should().Be(isReported ? new UploadChecksum("CRC64NVME", Checksum, "FULL_OBJECT") : null);
        (await ConfirmAsync(host, grant, Checksum)).Succeeded.Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(ComparingStorage))]
    public async Task Confirm_OtherChecksum_IsRejectedAndDeleted(IntegrityRequirement requirement, bool isReported)
    {
        await using var host = CreateHost(requirement, isReported);
        var grant = await host.UploadAsync(OtherText);

        var result = await ConfirmAsync(host, grant, Checksum);

        result.Error!.Code.Should().Be(UploadErrorCodes.ChecksumMismatch);
        result.Error.Message.Should().Contain(Checksum).And.Contain(Compute(OtherText));
        var record = await host.GetRecordAsync(grant);
        (record.Status, record.Error).Should().Be((UploadStatus.Rejected, result.Error));
        host.Bucket.Keys.Should().BeEmpty();
        (await ConfirmAsync(host, grant, Checksum)).Error.Should().Be(result.Error, "confirming again gives the same answer");
    }

    [Theory]
    [InlineData(IntegrityRequirement.StorageChecksum)]
    [InlineData(IntegrityRequirement.ReadObject)]
    public async Task Confirm_WithoutRequiredChecksum_StaysUsable(IntegrityRequirement requirement)
    {
        await using var host = CreateHost(requirement);
        var grant = await host.GrantAsync();
        grant.Instructions.RequiresChecksum.Should().BeTrue();

        (await host.ConfirmAsync(grant)).Error!.Code.Should().Be(UploadErrorCodes.NotUploaded);
        host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text);
        (await host.ConfirmAsync(grant)).Error!.Code.Should().Be(UploadErrorCodes.ChecksumMissing);
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Requested);
        host.Bucket.Count(BucketOperation.Copy).Should().Be(0);

        (await ConfirmAsync(host, grant, Checksum)).GetValueOrThrow().Status.Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task Confirm_PartsWithoutRequiredChecksum_CompletesNothing()
    {
        await using var host = CreateHost(IntegrityRequirement.StorageChecksum);
        var grant = await host.GrantAsync(UploadHost.Request with { Method = UploadMethod.Multipart });
        (await host.ConfirmAsync(grant)).Error!.Code.Should().Be(UploadErrorCodes.NotUploaded);
        host.Bucket.Parts[(grant.Record.MultipartId!, 1)] = Encoding.UTF8.GetBytes(UploadHost.Text);

        (await host.ConfirmAsync(grant)).Error!.Code.Should().Be(UploadErrorCodes.ChecksumMissing);
        host.Bucket.Count(BucketOperation.Complete).Should().Be(0);
    }

    [Fact]
    public async Task Confirm_StorageReportsNoRequiredChecksum_IsRejected()
    {
        await using var host = CreateHost(IntegrityRequirement.StorageChecksum, isReported: false);
        var grant = await host.UploadAsync();

        (await ConfirmAsync(host, grant, Checksum)).Error!.Code.Should().Be(UploadErrorCodes.ChecksumNotReported);
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Rejected);
    }

    [Theory]
    [InlineData(UploadHost.Text, null)]
    [InlineData(OtherText, UploadErrorCodes.ChecksumMismatch)]
    public async Task Confirm_ChecksumInRequest_IsCompared(string stored, string? code)
    {
        await using var host = CreateHost(IntegrityRequirement.StorageChecksum);
        var grant = await host.GrantAsync(UploadHost.Request with { ChecksumCrc64Nvme = Checksum });
        grant.Instructions.RequiresChecksum.Should().BeFalse();
        host.Bucket.Put(grant.Record.StagingKey, stored);

        (await host.ConfirmAsync(grant)).Error?.Code.Should().Be(code);
    }

    [Fact]
    public async Task Confirm_ContradictsRequest_IsAConflict()
    {
        await using var host = CreateHost(IntegrityRequirement.None);
        var grant = await host.GrantAsync(UploadHost.Request with { ChecksumCrc64Nvme = Checksum });
        host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text);

        (await ConfirmAsync(host, grant, Compute(OtherText))).Error!.Code.Should().Be(UploadErrorCodes.Conflict);
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Requested);
    }

    [Theory]
    [InlineData("")]
    [InlineData("rosUhgp5mIg")]
    [InlineData("not base64!!")]
    public async Task Confirm_MalformedChecksum_IsInvalid(string checksum)
    {
        await using var host = CreateHost(IntegrityRequirement.None);
        var grant = await host.UploadAsync();

        (await ConfirmAsync(host, grant, checksum)).Error!.Code.Should().Be(UploadErrorCodes.InvalidRequest);
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Requested);
        var requested = await host.Service.RequestAsync(
            UploadHost.Request with { ChecksumCrc64Nvme = checksum }, new UploadCaller { Owner = "ada" });
        requested.Error!.Code.Should().Be(UploadErrorCodes.InvalidRequest);
    }

    [Theory]
    [InlineData(IntegrityRequirement.None, UploadStatus.Ready)]
    [InlineData(IntegrityRequirement.StorageChecksum, UploadStatus.Requested)]
    public async Task StorageEvent_WithoutChecksum_ConfirmsOnlyIfNoneIsRequired(IntegrityRequirement requirement, UploadStatus status)
    {
        await using var host = CreateHost(requirement);
        var grant = await host.UploadAsync();

        await ReportArrivalAsync(host, grant);

        (await host.GetStatusAsync(grant)).Should().Be(status);
    }

    [Fact]
    public async Task Confirm_OtherChecksumAfterStorageEvent_DeletesTheReadyUpload()
    {
        await using var host = CreateHost(IntegrityRequirement.None);
        var grant = await host.UploadAsync(OtherText);
        await ReportArrivalAsync(host, grant);
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Ready);

        (await ConfirmAsync(host, grant, Checksum)).Error!.Code.Should().Be(UploadErrorCodes.ChecksumMismatch);

        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Deleted);
        host.Bucket.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task Confirm_OtherChecksumWhileProcessed_IsRejected()
    {
        await using var host = CreateHost(IntegrityRequirement.None, profile: it => it.ProcessInWorker = true);
        var grant = await host.UploadAsync(OtherText);
        await ReportArrivalAsync(host, grant);
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Uploaded);

        var stated = (await ConfirmAsync(host, grant, Checksum)).GetValueOrThrow();
        stated.ChecksumCrc64Nvme.Should().Be(Checksum);
        await host.Worker.RunOnceAsync();

        (await host.GetRecordAsync(grant)).Error!.Code.Should().Be(UploadErrorCodes.ChecksumMismatch);
    }

    [Theory]
    [InlineData(OtherText, UploadStatus.Rejected)]
    [InlineData(UploadHost.Text, UploadStatus.Ready)]
    public async Task Confirm_StatedDuringTheAttempt_IsCompared(string stored, UploadStatus status)
    {
        await using var host = CreateHost(IntegrityRequirement.None, profile: it => it.ProcessInWorker = true);
        var grant = await host.UploadAsync(stored);
        await ReportArrivalAsync(host, grant);
        host.Bucket.BeforeCall = async (verb, _) =>
        {
            if (verb == BucketOperation.OpenRead)
                await host.Store.TryUpdateAsync((await host.GetRecordAsync(grant)) with { ChecksumCrc64Nvme = Checksum });
        };

        await host.Worker.RunOnceAsync();

        (await host.GetStatusAsync(grant)).Should().Be(status);
    }

    [Fact]
    public async Task Worker_RequiredChecksumNeverStated_Expires()
    {
        await using var host = CreateHost(IntegrityRequirement.StorageChecksum);
        var grant = await host.UploadAsync();

        await host.RunWorkerAtAsync(TimeSpan.FromHours(2));

        (await host.Store.FindAsync(grant.Record.Id)).Should().BeNull("an expired upload without a confirmed object leaves no record");
        host.Bucket.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task Worker_ChecksumInRequest_IsConfirmedOnExpiry()
    {
        await using var host = CreateHost(IntegrityRequirement.StorageChecksum);
        var grant = await host.GrantAsync(UploadHost.Request with { ChecksumCrc64Nvme = Checksum });
        host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text);

        await host.RunWorkerAtAsync(TimeSpan.FromHours(2));

        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Ready);
    }

    [Theory]
    [InlineData(IntegrityRequirement.StorageChecksum, true)]
    [InlineData(IntegrityRequirement.ReadObject, false)]
    public async Task Store_RequiredChecksum_IsComputed(IntegrityRequirement requirement, bool isReported)
    {
        await using var host = CreateHost(requirement, isReported);
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(UploadHost.Text));

        var stored = await host.Service.StoreAsync(content, UploadHost.Request, new UploadCaller { Owner = "ada" });

        stored.GetValueOrThrow().Should().Match<Upload>(it => it.Status == UploadStatus.Ready && it.ChecksumCrc64Nvme == Checksum);
    }

    private static UploadHost CreateHost(
        IntegrityRequirement requirement, bool isReported = true, Action<UploadProfile>? profile = null) => new(
        new FakeBucket { ReportsCrc64Nvme = isReported },
        notes =>
        {
            notes.RequireIntegrity = requirement;
            profile?.Invoke(notes);
        });

    private static Task<UploadResult<Upload>> ConfirmAsync(UploadHost host, UploadGrant grant, string checksum) =>
        host.Service.ConfirmAsync(grant.Record.Id, grant.WriteToken, checksumCrc64Nvme: checksum);

    private static async Task ReportArrivalAsync(UploadHost host, UploadGrant grant) =>
        (await host.Services.GetRequiredService<StorageEventProcessor>().ProcessAsync(
            Encoding.UTF8.GetBytes(StorageEventMessages.S3(grant.Record.StagingKey, grant.Record.Bucket)))).Succeeded.Should().BeTrue();

    private static string Compute(string text) => TestData.ComputeCrc64Nvme(Encoding.UTF8.GetBytes(text));
}
