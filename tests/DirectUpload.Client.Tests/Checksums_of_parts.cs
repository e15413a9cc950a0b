namespace DirectUpload.Client.Tests;

public sealed class Checksums_of_parts
{
    private const int InParts = (2 * TestProfiles.PartSize) + 11;

    private static UploadRequest Request => Sample.Request("parts") with { PartChecksums = true };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Go_with_each_part(bool canSeek)
    {
        await using var stage = await Stage.SetAsync();
        var bytes = Sample.Bytes(InParts);

        var result = await stage.Client().UploadAsync(UploadSource.FromStream(canSeek ? new MemoryStream(bytes) : Sample.Once(bytes), length: InParts), Request);

        result.ChecksumSha256.Should().Be(Sample.Checksum(bytes));
        (await stage.StoredChecksumAsync(result.Id)).Should().Be(result.ChecksumSha256);
        stage.Storage.Requests.Where(request => request.Part is not null).Should().HaveCount(3).And.OnlyContain(request => request.Headers.ContainsKey("x-amz-checksum-sha256"));
    }

    [Fact]
    public async Task Find_bytes_that_were_altered_on_the_way_and_they_are_sent_again()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(InParts));
        var altered = 0;
        stage.Storage.Before = async (context, request) =>
        {
            if (request.Part != 2 || Interlocked.Increment(ref altered) > 1)
                return false;
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            body.GetBuffer()[77] ^= 1;
            body.Position = 0;
            context.Request.Body = body;
            return false;
        };

        var result = await stage.Client().UploadAsync(file.Source, Request);

        altered.Should().Be(2);
        (await stage.StoredChecksumAsync(result.Id)).Should().Be(Sample.Checksum(file.Bytes));
    }

    [Fact]
    public async Task Are_remembered_for_a_resumption()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(InParts));
        UploadState? saved = null;
        stage.Storage.Before = async (context, request) =>
        {
            if (request.Part != 3)
                return false;
            // Not before the others are there: what is stopped on its way may arrive all the same.
            while (stage.Storage.Parts.Count < 2)
                await Task.Delay(10);
            context.Abort();
            return true;
        };
        var transfer = new TransferOptions { SaveState = (state, _) => { saved = state; return Task.CompletedTask; } };
        await Resuming.Interrupted(() => stage.Client(options => options.MaxRetries = 1).UploadAsync(file.Source, Request, transfer));

        stage.Storage.Before = (_, _) => Task.FromResult(false);
        var result = await stage.Client().ResumeAsync(UploadState.Parse(saved!.ToJson()), file.Source);

        (await stage.StoredChecksumAsync(result.Id)).Should().Be(Sample.Checksum(file.Bytes));
        stage.Storage.Parts.Should().Equal(1, 2, 3);
    }
}
