namespace DirectUpload.Client.Tests;

public sealed class DirectUploadClientPartChecksumTests
{
    private const int MultipartSize = (2 * TestProfiles.PartSize) + 11;

    private static FileUploadRequest Request => TestData.CreateRequest("parts") with { PartChecksums = true };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_PartChecksums_AreSentWithEachPart(bool canSeek)
    {
        await using var stage = await TestEnvironment.StartAsync();
        var bytes = TestData.CreateBytes(MultipartSize);

        var result = await stage.CreateClient().UploadAsync(
            FileUploadSource.FromStream(canSeek ? new MemoryStream(bytes) : TestData.CreateForwardOnlyStream(bytes), length: MultipartSize),
            Request);

        result.ChecksumSha256.Should().Be(TestData.ComputeChecksum(bytes));
        (await stage.GetStoredChecksumAsync(result.Id)).Should().Be(result.ChecksumSha256);
        stage.Storage.Requests.Where(request => request.PartNumber is not null).Should().HaveCount(3).And.OnlyContain(
            request => request.Headers.ContainsKey("x-amz-checksum-sha256"));
    }

    [Fact]
    public async Task Upload_CorruptedPart_IsSentAgain()
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(MultipartSize));
        var altered = 0;
        stage.Storage.OnRequest = async (context, request) =>
        {
            if (request.PartNumber != 2 || Interlocked.Increment(ref altered) > 1)
                return false;
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            body.GetBuffer()[77] ^= 1;
            body.Position = 0;
            context.Request.Body = body;
            return false;
        };

        var result = await stage.CreateClient().UploadAsync(file.Source, Request);

        altered.Should().Be(2);
        (await stage.GetStoredChecksumAsync(result.Id)).Should().Be(TestData.ComputeChecksum(file.Bytes));
    }

    [Fact]
    public async Task Resume_PartChecksums_AreRestoredFromState()
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(MultipartSize));
        FileUploadState? saved = null;
        stage.Storage.OnRequest = async (context, request) =>
        {
            if (request.PartNumber != 3)
                return false;
            // Not before the others are there: what is stopped on its way may arrive all the same.
            while (stage.Storage.StoredParts.Count < 2)
                await Task.Delay(10, context.RequestAborted);
            context.Abort();
            return true;
        };
        var transfer = new FileUploadOptions { OnStateCreated = (state, _) => { saved = state; return Task.CompletedTask; } };
        await DirectUploadClientResumeTests.ThrowsAsync(
            () => stage.CreateClient(options => options.MaxRetries = 1).UploadAsync(file.Source, Request, transfer));

        stage.Storage.OnRequest = (_, _) => Task.FromResult(false);
        var result = await stage.CreateClient().ResumeAsync(FileUploadState.Parse(saved!.ToJson()), file.Source);

        (await stage.GetStoredChecksumAsync(result.Id)).Should().Be(TestData.ComputeChecksum(file.Bytes));
        stage.Storage.StoredParts.Should().Equal(1, 2, 3);
    }
}
