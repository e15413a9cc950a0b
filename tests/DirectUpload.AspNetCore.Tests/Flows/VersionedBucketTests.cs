using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.Processing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.AspNetCore.Tests.Flows;

/// <summary>
/// A bucket that keeps every version: what was verified is pinned by its version, and what is deleted leaves no version behind.
/// </summary>
public abstract class VersionedBucketTests(S3ServerFixture server) : FlowTests(server)
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    protected override TestHostOptions HostOptions => new()
    {
        Services = services => services.AddSingleton<TimeProvider>(_clock),
        Uploads = options =>
        {
            options.ConcurrentConfirmTimeout = TimeSpan.Zero;
            options.AddProfile("with-variant", profile =>
            {
                profile.ContentTypes.Add("image/png");
                profile.AddProcessor<VersionedVariantProcessor>();
            });
        },
    };

    public override async ValueTask InitializeAsync()
    {
        var bucket = await Server.CreateBucketAsync();
        await SetVersioningAsync(bucket, VersionStatus.Enabled);
        await StartAsync(bucket);
    }

    [Theory]
    [InlineData("picture")]
    [InlineData("form")]
    [InlineData("in-place")]
    public async Task Content_OverwrittenFinalKey_IsTheVerifiedVersion(string profile)
    {
        var bytes = TestFiles.Png(filler: 1);
        var grant = await ReadyAsync(bytes, new TestUploadRequest { Profile = profile, Size = bytes.Length });
        var final = (await KeysOfAsync(grant)).Single(key => !key.StartsWith("staging/", StringComparison.Ordinal));

        // Even whoever can write to the final key itself only adds a version that nobody is sent to.
        await Server.S3.PutObjectAsync(
            new PutObjectRequest { BucketName = Bucket, Key = final, ContentBody = "something else" },
            TestContext.Current.CancellationToken);

        (await ContentAsync(grant)).Body.Should().Equal(bytes);
    }

    [Theory]
    [InlineData("picture")]
    [InlineData("form")]
    [InlineData("in-place")]
    public async Task Delete_ReadyUpload_LeavesNoVersion(string profile)
    {
        var bytes = TestFiles.Png();
        var grant = await ReadyAsync(bytes, new TestUploadRequest { Profile = profile, Size = bytes.Length });
        if (profile != "in-place")
            (await StorageClient.UploadAsync(grant, bytes)).Code.Should().BeInRange(200, 204, "storage still takes a replay");

        (await Client.DeleteAsync(grant)).ShouldBe(204);

        (await VersionsOfAsync(grant)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("picture")]
    [InlineData("form")]
    public async Task Reject_ForgedContent_LeavesNoVersion(string profile)
    {
        var grant = await UploadedAsync(TestFiles.Png(), new TestUploadRequest { Profile = profile });
        (await StorageClient.UploadAsync(grant, TestFiles.Executable())).Code.Should().BeInRange(200, 204);

        (await Client.ConfirmAsync(grant)).ShouldBeProblem(422, "mismatch");

        (await VersionsOfAsync(grant)).Should().BeEmpty();
    }

    [Fact]
    public async Task Delete_PendingUploadSentTwice_LeavesNoVersion()
    {
        var grant = await UploadedAsync(TestFiles.Png());
        await StorageClient.UploadAsync(grant, TestFiles.Png(filler: 2));

        (await Client.DeleteAsync(grant)).ShouldBe(204);

        (await VersionsOfAsync(grant)).Should().BeEmpty();
    }

    [Fact]
    public async Task Delete_InParts_LeavesNoVersion()
    {
        var grant = await Client.GrantAsync(new TestUploadRequest { Profile = "film", Method = "multipart" });
        (await StorageClient.PutAsync(
            grant.Upload.GetProperty("parts")[0].GetProperty("url").GetString()!, [], TestFiles.Png())).ShouldBe(200);
        (await Client.ConfirmAsync(grant)).ShouldBe(200)["status"].Should().Be("ready");

        (await Client.DeleteAsync(grant)).ShouldBe(204);

        (await VersionsOfAsync(grant)).Should().BeEmpty();
    }

    [Fact]
    public async Task Expire_ContentOfTheWrongSize_LeavesNoVersion()
    {
        var grant = await Client.GrantAsync(TestUploadRequest.Picture);
        var staging = (await App.RecordAsync(grant.Id)).StagingKey;
        for (var time = 0; time < 3; time++)
            await Server.S3.PutObjectAsync(
                new PutObjectRequest { BucketName = Bucket, Key = staging, ContentBody = "short" }, TestContext.Current.CancellationToken);

        await RunWorkerAfterAsync(TimeSpan.FromHours(3));

        (await Client.StatusAsync(grant))["status"].Should().BeOneOf("expired", "rejected");
        (await VersionsOfAsync(grant)).Should().BeEmpty();
    }

    [Fact]
    public async Task Purge_ReplacedStagingObject_KeepsTheContent()
    {
        var bytes = TestFiles.Png();
        var grant = await ReadyAsync(bytes);
        for (var time = 0; time < 3; time++)
            await StorageClient.UploadAsync(grant, bytes);
        (await VersionsOfAsync(grant)).Count(version => version.StartsWith("staging/", StringComparison.Ordinal))
            .Should().BeGreaterThanOrEqualTo(4);

        await RunWorkerAfterAsync(TimeSpan.FromMinutes(20));
        await RunWorkerAfterAsync(TimeSpan.FromHours(2));

        (await VersionsOfAsync(grant)).Should().ContainSingle().Which.Should().NotStartWith("staging/");
        (await App.RecordAsync(grant.Id)).NextActionAt.Should().BeNull();
    }

    [Theory]
    [InlineData("Enabled")]
    [InlineData("Suspended")]
    public async Task Delete_WithVariants_LeavesNoVersion(string status)
    {
        var grant = await UploadedAsync(TestFiles.Png(), new TestUploadRequest { Profile = "with-variant" });
        await SetVersioningAsync(Bucket, VersionStatus.FindValue(status));
        (await Client.ConfirmAsync(grant)).ShouldBe(202);
        await RunWorkerAfterAsync(TimeSpan.Zero);
        (await Client.StatusAsync(grant))["status"].Should().Be("ready");

        (await Client.DeleteAsync(grant)).ShouldBe(204);

        (await VersionsOfAsync(grant)).Should().BeEmpty();
    }

    [Fact]
    public async Task Reject_ByAProcessor_LeavesNoVersionOfContentOrVariant()
    {
        var grant = await UploadedAsync(
            TestFiles.Png(filler: VersionedVariantProcessor.Unwanted), new TestUploadRequest { Profile = "with-variant" });
        await Client.ConfirmAsync(grant);
        await RunWorkerAfterAsync(TimeSpan.Zero);

        (await Client.StatusAsync(grant))["status"].Should().Be("rejected");
        (await VersionsOfAsync(grant)).Should().BeEmpty();
    }

    [Fact]
    public async Task Delete_CrashAfterDeleteMarkers_LeavesNoVersion()
    {
        var grant = await UploadedAsync(TestFiles.Png(), new TestUploadRequest { Profile = "with-variant" });
        await Client.ConfirmAsync(grant);
        await RunWorkerAfterAsync(TimeSpan.Zero);
        foreach (var key in await KeysOfAsync(grant))
            await Server.S3.DeleteObjectAsync(Bucket, key, TestContext.Current.CancellationToken);
        // Another process takes it up, and knows nothing of the bucket.
        await using var other = await UploadApp.StartAsync(
            Server.S3, Bucket,
            HostOptions with { Services = services => services.AddSingleton<TimeProvider>(_clock).AddSingleton(App.Store) });

        (await other.Client.DeleteAsync(grant)).ShouldBe(204);

        (await VersionsOfAsync(grant)).Should().BeEmpty();
    }

    private async Task RunWorkerAfterAsync(TimeSpan time)
    {
        _clock.Advance(time);
        await App.Services.GetRequiredService<UploadWorker>().RunOnceAsync(TestContext.Current.CancellationToken);
    }

    private Task<PutBucketVersioningResponse> SetVersioningAsync(string bucket, VersionStatus status) => Server.S3.PutBucketVersioningAsync(
        new PutBucketVersioningRequest { BucketName = bucket, VersioningConfig = new S3BucketVersioningConfig { Status = status } },
        TestContext.Current.CancellationToken);

    private async Task<IReadOnlyList<string>> VersionsOfAsync(Grant grant) =>
        [.. ((await Server.S3.ListVersionsAsync(Bucket, TestContext.Current.CancellationToken)).Versions ?? [])
            .Select(version => version.Key).Where(key => key.Contains(grant.Id))];
}

/// <summary>Writes its variant twice, so that it has an earlier version, and rejects what holds one byte.</summary>
public sealed class VersionedVariantProcessor : IUploadProcessor
{
    public const byte Unwanted = 13;

    public async Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
    {
        await using var content = await context.OpenRangeAsync(context.Size - 1, 1, cancellationToken);
        for (var time = 0; time < 2; time++)
            await context.PutVariantAsync("small.txt", "text/plain", new MemoryStream([1, 2, 3]), cancellationToken);
        var last = new byte[1];
        await content.ReadExactlyAsync(last, cancellationToken);
        return last[0] == Unwanted ? ProcessingResult.Reject("unwanted", "It holds an unwanted byte.") : ProcessingResult.Accept;
    }
}
