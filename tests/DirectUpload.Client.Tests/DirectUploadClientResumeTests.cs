namespace DirectUpload.Client.Tests;

public sealed class DirectUploadClientResumeTests
{
    private const int MultipartSize = (4 * TestProfiles.PartSize) + 11;

    [Fact]
    public async Task Resume_AfterCrash_SkipsStoredParts()
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(MultipartSize));
        var state = await InterruptAsync(stage, file.Source, "parts", after: 3);
        stage.Storage.StoredParts.Should().Equal(1, 2, 3);
        stage.Storage.Requests.Clear();
        var progress = new RecordedProgress();

        // Another process: nothing but the state's text has survived.
        var result = await stage.CreateClient()
            .ResumeAsync(FileUploadState.Parse(state.ToJson()), file.Source, new FileUploadOptions { Progress = progress });

        stage.Storage.StoredParts.Should().Equal(4, 5);
        result.Status.Should().Be(FileUploadStatus.Ready);
        result.ChecksumSha256.Should().Be(TestData.ComputeChecksum(file.Bytes), "the parts of before are in it");
        (await stage.GetStoredChecksumAsync(result.Id)).Should().Be(result.ChecksumSha256);
        progress.All.Should().OnlyContain(told => told.BytesSent > 3 * TestProfiles.PartSize);
        progress.All[^1].BytesSent.Should().Be(MultipartSize);
    }

    [Fact]
    public async Task Resume_ForwardOnlyStream_SkipsStoredBytes()
    {
        await using var stage = await TestEnvironment.StartAsync();
        var bytes = TestData.CreateBytes(MultipartSize);
        var state = await InterruptAsync(
            stage, FileUploadSource.FromStream(TestData.CreateForwardOnlyStream(bytes), "noise.bin", MultipartSize), "parts", after: 2);
        stage.Storage.Requests.Clear();

        var result = await stage.CreateClient()
            .ResumeAsync(state, FileUploadSource.FromStream(TestData.CreateForwardOnlyStream(bytes), length: MultipartSize));

        stage.Storage.StoredParts.Should().Equal(3, 4, 5);
        result.ChecksumSha256.Should().Be(TestData.ComputeChecksum(bytes));
        (await stage.GetStoredChecksumAsync(result.Id)).Should().Be(result.ChecksumSha256);
    }

    [Theory]
    [InlineData("put")]
    [InlineData("post")]
    public async Task Resume_SinglePartUpload_RenewsAndSendsAgain(string profile)
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(100_000));
        var state = await InterruptAsync(stage, file.Source, profile, after: 0);
        var before = stage.Storage.Requests.Count;

        var result = await stage.CreateClient().ResumeAsync(state, file.Source);

        (stage.Storage.Requests.Count - before).Should().Be(1);
        stage.Application.Requests.Should().Contain(request => request.Path.EndsWith("/renew", StringComparison.Ordinal));
        (await stage.GetStoredChecksumAsync(result.Id)).Should().Be(TestData.ComputeChecksum(file.Bytes));
    }

    [Fact]
    public async Task Resume_AllPartsStored_SendsNothing()
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(MultipartSize));
        stage.Application.OnRequest = async (context, request) =>
            await AbortConnectionAsync(context, request.Path.EndsWith("/confirm", StringComparison.Ordinal));
        FileUploadState? state = null;
        var interrupted = await ThrowsAsync(
            () => stage.CreateClient().UploadAsync(file.Source, TestData.CreateRequest("parts"), SaveStateTo(kept => state = kept)));
        interrupted.State.Should().Be(state);
        stage.Application.OnRequest = (_, _) => Task.FromResult(false);
        stage.Storage.Requests.Clear();

        var result = await stage.CreateClient().ResumeAsync(state!, file.Source);

        stage.Storage.Requests.Should().BeEmpty();
        result.ChecksumSha256.Should().Be(TestData.ComputeChecksum(file.Bytes));
        (await stage.CreateClient().ResumeAsync(state!, file.Source)).Status.Should().Be(FileUploadStatus.Ready, "once more is as good");
    }

    [Fact]
    public async Task Resume_ChangedFile_IsRejectedBeforeSending()
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(MultipartSize));
        var state = await InterruptAsync(stage, file.Source, "parts", after: 1);
        var before = stage.Storage.Requests.Count;
        File.SetLastWriteTimeUtc(file.Path, DateTime.UtcNow.AddSeconds(5));

        (await ThrowsAsync(() => stage.CreateClient().ResumeAsync(state, file.Source))).Code
            .Should().Be(FileUploadErrorCodes.SourceChanged);
        await File.AppendAllTextAsync(file.Path, "more");
        var refused = await ThrowsAsync(() => stage.CreateClient().ResumeAsync(state, file.Source));

        refused.Code.Should().Be(FileUploadErrorCodes.SourceChanged);
        refused.Detail.Should().Contain($"{MultipartSize} bytes").And.Contain("Upload the file again");
        refused.State.Should().BeNull();
        stage.Storage.Requests.Should().HaveCount(before);
    }

    [Fact]
    public async Task Upload_FileChangedWhileSending_IsNotConfirmed()
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(MultipartSize));
        stage.Storage.OnResponse = (_, _) =>
        {
            File.SetLastWriteTimeUtc(file.Path, DateTime.UtcNow.AddSeconds(5));
            return Task.FromResult(false);
        };

        FileUploadState? state = null;
        var refused = await ThrowsAsync(() => stage.CreateClient().UploadAsync(
            file.Source, TestData.CreateRequest("parts"), SaveStateTo(kept => state = kept)));

        refused.Code.Should().Be(FileUploadErrorCodes.SourceChanged);
        (await stage.CountMultipartUploadsAsync(), await stage.CountObjectsAsync()).Should().Be((0, 0), "it is a mix, and was ended");
        (await stage.GetRecordAsync(state!.Id)).Error
            .Should().Be(new DirectUpload.UploadError("client-reported", refused.Message), "the application knows why");
    }

    [Fact]
    public async Task Resume_AbortedUpload_ReportsStatusWithoutState()
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(MultipartSize));
        var state = await InterruptAsync(stage, file.Source, "parts", after: 1);
        await stage.CreateClient().AbortAsync(state);

        var refused = await ThrowsAsync(() => stage.CreateClient().ResumeAsync(state, file.Source));

        (refused.Status, refused.State).Should().Be((FileUploadStatus.Aborted, null));
    }

    internal static FileUploadOptions SaveStateTo(Action<FileUploadState> keep) => new()
    {
        OnStateCreated = (state, _) =>
        {
            keep(state);
            return Task.CompletedTask;
        },
    };

    internal static async Task<DirectUploadException> ThrowsAsync(Func<Task> upload) =>
        (await upload.Should().ThrowAsync<DirectUploadException>()).Which;

    internal static async Task<bool> AbortConnectionAsync(Microsoft.AspNetCore.Http.HttpContext context, bool really)
    {
        if (really)
            context.Abort();
        return await Task.FromResult(really);
    }

    /// <summary>Storage goes away after some parts, and so does the process.</summary>
    private static async Task<FileUploadState> InterruptAsync(TestEnvironment stage, FileUploadSource source, string profile, int after)
    {
        FileUploadState? state = null;
        var arrived = 0;
        var client = stage.CreateClient(options => (options.PartsInFlight, options.MaxRetries) = (1, 0));
        stage.Storage.OnRequest = (context, _) => AbortConnectionAsync(context, Interlocked.Increment(ref arrived) > after);
        await ThrowsAsync(() => client.UploadAsync(source, TestData.CreateRequest(profile), SaveStateTo(kept => state = kept)));
        stage.Storage.OnRequest = (_, _) => Task.FromResult(false);
        return state!;
    }
}
