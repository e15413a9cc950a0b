namespace DirectUpload.Client.Tests;

public sealed class Resuming
{
    private const int InParts = (4 * TestProfiles.PartSize) + 11;

    [Fact]
    public async Task After_a_crash_parts_that_arrived_are_not_sent_again()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(InParts));
        var state = await CrashAsync(stage, file.Source, "parts", after: 3);
        stage.Storage.Parts.Should().Equal(1, 2, 3);
        stage.Storage.Requests.Clear();
        var progress = new Told();

        // Another process: nothing but the state's text has survived.
        var result = await stage.Client().ResumeAsync(UploadState.Parse(state.ToJson()), file.Source, new TransferOptions { Progress = progress });

        stage.Storage.Parts.Should().Equal(4, 5);
        result.Status.Should().Be(UploadStatus.Ready);
        result.ChecksumSha256.Should().Be(Sample.Checksum(file.Bytes), "the parts of before are in it");
        (await stage.StoredChecksumAsync(result.Id)).Should().Be(result.ChecksumSha256);
        progress.All.Should().OnlyContain(told => told.BytesSent > 3 * TestProfiles.PartSize);
        progress.All[^1].BytesSent.Should().Be(InParts);
    }

    [Fact]
    public async Task A_stream_that_can_not_seek_is_read_over_and_only_the_rest_is_sent()
    {
        await using var stage = await Stage.SetAsync();
        var bytes = Sample.Bytes(InParts);
        var state = await CrashAsync(stage, UploadSource.FromStream(Sample.Once(bytes), "noise.bin", InParts), "parts", after: 2);
        stage.Storage.Requests.Clear();

        var result = await stage.Client().ResumeAsync(state, UploadSource.FromStream(Sample.Once(bytes), length: InParts));

        stage.Storage.Parts.Should().Equal(3, 4, 5);
        result.ChecksumSha256.Should().Be(Sample.Checksum(bytes));
        (await stage.StoredChecksumAsync(result.Id)).Should().Be(result.ChecksumSha256);
    }

    [Theory]
    [InlineData("put")]
    [InlineData("post")]
    public async Task What_goes_in_one_piece_is_sent_once_more_by_a_fresh_grant(string profile)
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(100_000));
        var state = await CrashAsync(stage, file.Source, profile, after: 0);
        var before = stage.Storage.Requests.Count;

        var result = await stage.Client().ResumeAsync(state, file.Source);

        (stage.Storage.Requests.Count - before).Should().Be(1);
        stage.Application.Requests.Should().Contain(request => request.Path.EndsWith("/renew", StringComparison.Ordinal));
        (await stage.StoredChecksumAsync(result.Id)).Should().Be(Sample.Checksum(file.Bytes));
    }

    [Fact]
    public async Task Nothing_is_sent_when_all_of_it_had_arrived()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(InParts));
        stage.Application.Before = async (context, request) => await HangUpAsync(context, request.Path.EndsWith("/confirm", StringComparison.Ordinal));
        UploadState? state = null;
        var interrupted = await Interrupted(() => stage.Client().UploadAsync(file.Source, Sample.Request("parts"), Keep(kept => state = kept)));
        interrupted.State.Should().Be(state);
        stage.Application.Before = (_, _) => Task.FromResult(false);
        stage.Storage.Requests.Clear();

        var result = await stage.Client().ResumeAsync(state!, file.Source);

        stage.Storage.Requests.Should().BeEmpty();
        result.ChecksumSha256.Should().Be(Sample.Checksum(file.Bytes));
        (await stage.Client().ResumeAsync(state!, file.Source)).Status.Should().Be(UploadStatus.Ready, "once more is as good");
    }

    [Fact]
    public async Task A_file_that_was_written_meanwhile_is_refused_before_anything_is_sent()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(InParts));
        var state = await CrashAsync(stage, file.Source, "parts", after: 1);
        var before = stage.Storage.Requests.Count;
        File.SetLastWriteTimeUtc(file.Path, DateTime.UtcNow.AddSeconds(5));

        (await Interrupted(() => stage.Client().ResumeAsync(state, file.Source))).Code.Should().Be(UploadErrorCodes.SourceChanged);
        await File.AppendAllTextAsync(file.Path, "more");
        var refused = await Interrupted(() => stage.Client().ResumeAsync(state, file.Source));

        refused.Code.Should().Be(UploadErrorCodes.SourceChanged);
        refused.Detail.Should().Contain($"{InParts} bytes").And.Contain("anew");
        refused.State.Should().BeNull();
        stage.Storage.Requests.Should().HaveCount(before);
    }

    [Fact]
    public async Task A_file_that_is_written_while_it_is_sent_is_never_confirmed()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(InParts));
        stage.Storage.After = (_, _) =>
        {
            File.SetLastWriteTimeUtc(file.Path, DateTime.UtcNow.AddSeconds(5));
            return Task.FromResult(false);
        };

        var refused = await Interrupted(() => stage.Client().UploadAsync(file.Source, Sample.Request("parts")));

        refused.Code.Should().Be(UploadErrorCodes.SourceChanged);
        (await stage.UnfinishedAsync(), await stage.ObjectsAsync()).Should().Be((0, 0), "it is a mix, and was ended");
    }

    [Fact]
    public async Task An_upload_that_was_ended_meanwhile_says_so_and_has_no_state()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(InParts));
        var state = await CrashAsync(stage, file.Source, "parts", after: 1);
        await stage.Client().AbortAsync(state);

        var refused = await Interrupted(() => stage.Client().ResumeAsync(state, file.Source));

        (refused.Status, refused.State).Should().Be((UploadStatus.Aborted, null));
    }

    internal static TransferOptions Keep(Action<UploadState> keep) => new()
    {
        SaveState = (state, _) =>
        {
            keep(state);
            return Task.CompletedTask;
        },
    };

    internal static async Task<DirectUploadException> Interrupted(Func<Task> upload) => (await upload.Should().ThrowAsync<DirectUploadException>()).Which;

    internal static async Task<bool> HangUpAsync(Microsoft.AspNetCore.Http.HttpContext context, bool really)
    {
        if (really)
            context.Abort();
        return await Task.FromResult(really);
    }

    /// <summary>Storage goes away after some parts, and so does the process.</summary>
    private static async Task<UploadState> CrashAsync(Stage stage, UploadSource source, string profile, int after)
    {
        UploadState? state = null;
        var arrived = 0;
        var client = stage.Client(options => (options.PartsInFlight, options.MaxRetries) = (1, 0));
        stage.Storage.Before = (context, _) => HangUpAsync(context, Interlocked.Increment(ref arrived) > after);
        await Interrupted(() => client.UploadAsync(source, Sample.Request(profile), Keep(kept => state = kept)));
        stage.Storage.Before = (_, _) => Task.FromResult(false);
        return state!;
    }
}
