using System.Text;
using System.Text.Json;
using DirectUpload.Lifecycle;
using DirectUpload.Processing;
using DirectUpload.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Tests.Decisions;

public sealed class GuardDutyScanTests
{
    [Fact]
    public async Task Scan_NoThreats_AcceptsTheUpload()
    {
        await using var host = CreateHost();
        var grant = await WaitAsync(host);

        (await ReportAsync(host, await CreateEventAsync(host, grant))).Should().Be(1);
        await host.Worker.RunOnceAsync();

        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task Scan_Threats_RejectsTheUploadAndNamesThem()
    {
        await using var host = CreateHost();
        var grant = await WaitAsync(host);

        await ReportAsync(host, await CreateEventAsync(host, grant, "THREATS_FOUND", threats: ["EICAR-Test-File", "Other"]));
        await host.Worker.RunOnceAsync();

        var rejected = await host.GetRecordAsync(grant);
        rejected.Error.Should().Be(new UploadError("infected", "The file contains malware: EICAR-Test-File, Other."));
        host.Bucket.Keys.Should().BeEmpty();
    }

    // What GuardDuty could not scan is not accepted, unless the profile says so.
    [Theory]
    [InlineData("COMPLETED", "UNSUPPORTED", false)]
    [InlineData("SKIPPED", "UNSUPPORTED", false)]
    [InlineData("FAILED", "FAILED", false)]
    [InlineData("FAILED", "NO_THREATS_FOUND", false)]
    [InlineData("COMPLETED", "ACCESS_DENIED", false)]
    [InlineData("COMPLETED", "A_LATER_RESULT", false)]
    [InlineData("COMPLETED", null, false)]
    [InlineData(null, "NO_THREATS_FOUND", false)]
    [InlineData("SKIPPED", "UNSUPPORTED", true)]
    public async Task Scan_WithoutResult_DecidesAsTheProfileSays(string? status, string? result, bool accepts)
    {
        await using var host = CreateHost(it => it.AcceptWithoutDecision = accepts);
        var grant = await WaitAsync(host);

        await ReportAsync(host, await CreateEventAsync(host, grant, result, status));
        await host.Worker.RunOnceAsync();

        (await host.GetStatusAsync(grant)).Should().Be(accepts ? UploadStatus.Ready : UploadStatus.Rejected);
    }

    [Fact]
    public async Task Scan_OtherObjectOrSource_DoesNotCount()
    {
        await using var host = CreateHost();
        var grant = await WaitAsync(host);
        var record = await host.GetRecordAsync(grant);
        var right = await CreateEventAsync(host, grant);

        string[] wrong =
        [
            right.Replace(record.FinalKey, record.StagingKey, StringComparison.Ordinal),
            right.Replace(record.FinalKey, FinalKeys.CreateForAttempt(record with { Decisions = [] }, 2), StringComparison.Ordinal),
            right.Replace("\"examplebucket\"", "\"another-bucket\"", StringComparison.Ordinal),
            right.Replace("aws.guardduty", "my.guardduty", StringComparison.Ordinal),
            right.Replace("aws.guardduty", "aws.s3", StringComparison.Ordinal),
            right.Replace("Object Scan Result", "Resource Status Active", StringComparison.Ordinal),
        ];
        foreach (var message in wrong)
            await TryReportAsync(host, message);
        await host.Worker.RunOnceAsync();
        (await host.GetRecordAsync(grant)).Should().BeEquivalentTo(record);

        (await ReportAsync(host, right)).Should().Be(1);
    }

    [Fact]
    public async Task Scan_WhileTheAttemptRuns_CountsOnce()
    {
        UploadHost host = null!;
        UploadGrant grant = null!;
        host = ProcessingHost.Create(
            async (_, _) =>
            {
                (await ReportAsync(host, await CreateEventAsync(host, grant))).Should().Be(1);
                return ProcessingResult.Accept;
            },
            profile: it => it.AddGuardDutyScan());
        await using var disposed = host;
        grant = await host.UploadAndConfirmAsync();

        await host.Worker.RunOnceAsync();

        var ready = await host.GetRecordAsync(grant);
        (ready.Status, ready.Attempts).Should().Be((UploadStatus.Ready, 1));
        (await ReportAsync(host, await CreateEventAsync(host, grant, "THREATS_FOUND"))).Should().Be(0);
    }

    [Fact]
    public async Task Scan_NoEvent_IsRejectedAfterTheTimeout()
    {
        await using var host = CreateHost();
        var grant = await WaitAsync(host);

        host.Clock.Advance(TimeSpan.FromMinutes(10));
        await host.Worker.RunOnceAsync();

        (await host.GetRecordAsync(grant)).Error!.Code.Should().Be(UploadErrorCodes.DecisionMissing);
    }

    [Fact]
    public void AddGuardDutyScan_InPlace_IsAConfigurationError()
    {
        var start = () => CreateHost(it => it.FinalizeInPlace = true).Service;

        start.Should().Throw<Exception>().WithMessage("*FinalizeInPlace is true with AddGuardDutyScan*");
    }

    private static UploadHost CreateHost(Action<UploadProfile>? profile = null) => new(profile: notes =>
    {
        notes.AddGuardDutyScan(TimeSpan.FromMinutes(10));
        profile?.Invoke(notes);
    });

    private static async Task<UploadGrant> WaitAsync(UploadHost host)
    {
        var grant = await host.UploadAndConfirmAsync();
        await host.Worker.RunOnceAsync();
        (await host.GetRecordAsync(grant)).AwaitedProcessor().Should().Be("guardduty");
        return grant;
    }

    private static async Task<string> CreateEventAsync(
        UploadHost host, UploadGrant grant, string? result = "NO_THREATS_FOUND", string? status = "COMPLETED", string[]? threats = null)
    {
        var record = await host.GetRecordAsync(grant);
        return JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["version"] = "0",
            ["detail-type"] = "GuardDuty Malware Protection Object Scan Result",
            ["source"] = "aws.guardduty",
            ["detail"] = new
            {
                schemaVersion = "1.0",
                scanStatus = status,
                resourceType = "S3_OBJECT",
                s3ObjectDetails = new
                {
                    bucketName = record.Bucket,
                    objectKey = record.FinalKey,
                    eTag = record.ETag?.Trim('"'),
                    versionId = record.VersionId,
                    s3Throttled = false,
                },
                scanResultDetails = new { scanResultStatus = result, threats = threats?.Select(name => new { name }) },
            },
        });
    }

    private static async Task<int> ReportAsync(UploadHost host, string message) => (await TryReportAsync(host, message)).Value;

    private static Task<UploadResult<int>> TryReportAsync(UploadHost host, string message) =>
        host.Services.GetRequiredService<StorageEventProcessor>().ProcessAsync(Encoding.UTF8.GetBytes(message));
}
