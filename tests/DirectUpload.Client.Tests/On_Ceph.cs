namespace DirectUpload.Client.Tests;

public sealed class On_Ceph(RgwFixture server) : ServerTests(server), IClassFixture<RgwFixture>;

public sealed class SwiftServerTests(SwiftFixture server) : ServerTests(server), IClassFixture<SwiftFixture>;

/// <summary>The same client, and another S3.</summary>
public abstract class ServerTests(S3ServerFixture server)
{
    private const int InParts = (2 * TestProfiles.PartSize) + 11;

    private Task<Stage> StageAsync() => Stage.SetAsync(new StageChoices { Server = server });

    [Theory]
    [MemberData(nameof(Every_method.Ways), MemberType = typeof(Every_method))]
    public async Task A_file_ends_ready_with_its_bytes(string profile, int size)
    {
        await using var stage = await StageAsync();
        using var file = new TemporaryFile(Sample.Bytes(size));
        var upload = () => stage.Client().UploadAsync(file.Source, Sample.Request(profile));
        if (await LacksAsync(profile))
        {
            var before = await stage.ObjectsAsync();
            (await upload.Should().ThrowAsync<DirectUploadException>()).Which.Code.Should().NotBe("mismatch", "storage refused it");
            (await stage.ObjectsAsync()).Should().Be(before);
            return;
        }

        var result = await upload();

        (await stage.StoredChecksumAsync(result.Id)).Should().Be(Sample.Checksum(file.Bytes));
    }

    private async Task<bool> LacksAsync(string profile) => profile switch
    {
        "post" => await server.LacksAsync(S3Features.Forms),
        "in-place" => await server.LacksAsync(S3Features.ConditionalWrites),
        _ => false,
    };

    [Fact]
    public async Task What_was_interrupted_goes_on_with_what_is_missing()
    {
        await using var stage = await StageAsync();
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
        await Resuming.Interrupted(() => stage.Client(options => options.MaxRetries = 1).UploadAsync(file.Source, Sample.Request("parts"), transfer));

        stage.Storage.Before = (_, _) => Task.FromResult(false);
        var result = await stage.Client().ResumeAsync(saved!, file.Source);

        (await stage.StoredChecksumAsync(result.Id)).Should().Be(Sample.Checksum(file.Bytes));
        stage.Storage.Parts.Should().Equal(1, 2, 3);
    }

    [Fact]
    public async Task A_cancel_that_aborts_leaves_no_parts()
    {
        await using var stage = await StageAsync();
        using var file = new TemporaryFile(Sample.Bytes(InParts));
        using var cancel = new CancellationTokenSource();
        stage.Storage.After = async (_, request) =>
        {
            if (request.Part == 1)
                await cancel.CancelAsync();
            return false;
        };

        var upload = () => stage.Client().UploadAsync(file.Source, Sample.Request("parts"), new TransferOptions { AbortOnCancel = true }, cancel.Token);

        await upload.Should().ThrowAsync<OperationCanceledException>();
        (await stage.UnfinishedAsync()).Should().Be(0);
    }
}
