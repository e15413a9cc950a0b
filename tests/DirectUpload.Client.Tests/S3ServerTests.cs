namespace DirectUpload.Client.Tests;

public sealed class RgwServerTests(RgwFixture server) : S3ServerTests(server), IClassFixture<RgwFixture>;

public sealed class SwiftServerTests(SwiftFixture server) : S3ServerTests(server), IClassFixture<SwiftFixture>;

/// <summary>The same client, and another S3.</summary>
public abstract class S3ServerTests(S3ServerFixture server)
{
    private const int MultipartSize = (2 * TestProfiles.PartSize) + 11;

    private Task<TestEnvironment> StartEnvironmentAsync() => TestEnvironment.StartAsync(new TestEnvironmentOptions { Server = server });

    [Theory]
    [MemberData(nameof(DirectUploadClientUploadMethodTests.ProfilesAndSizes), MemberType = typeof(DirectUploadClientUploadMethodTests))]
    public async Task Upload_File_IsReadyWithItsBytes(string profile, int size)
    {
        await using var stage = await StartEnvironmentAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(size));
        var upload = () => stage.CreateClient().UploadAsync(file.Source, TestData.CreateRequest(profile));
        if (await LacksAsync(profile))
        {
            var before = await stage.CountObjectsAsync();
            (await upload.Should().ThrowAsync<DirectUploadException>()).Which.Code.Should().NotBe("mismatch", "storage refused it");
            (await stage.CountObjectsAsync()).Should().Be(before);
            return;
        }

        var result = await upload();

        (await stage.GetStoredChecksumAsync(result.Id)).Should().Be(TestData.ComputeChecksum(file.Bytes));
    }

    private async Task<bool> LacksAsync(string profile) => profile switch
    {
        "post" => await server.LacksAsync(S3Features.Forms),
        "in-place" => await server.LacksAsync(S3Features.ConditionalWrites),
        _ => false,
    };

    [Fact]
    public async Task Resume_InterruptedUpload_SendsMissingParts()
    {
        await using var stage = await StartEnvironmentAsync();
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
        await DirectUploadClientResumeTests.ThrowsAsync(() =>
            stage.CreateClient(options => options.MaxRetries = 1).UploadAsync(file.Source, TestData.CreateRequest("parts"), transfer));

        stage.Storage.OnRequest = (_, _) => Task.FromResult(false);
        var result = await stage.CreateClient().ResumeAsync(saved!, file.Source);

        (await stage.GetStoredChecksumAsync(result.Id)).Should().Be(TestData.ComputeChecksum(file.Bytes));
        stage.Storage.StoredParts.Should().Equal(1, 2, 3);
    }

    [Fact]
    public async Task Cancel_AbortOnCancel_LeavesNoParts()
    {
        await using var stage = await StartEnvironmentAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(MultipartSize));
        using var cancel = new CancellationTokenSource();
        stage.Storage.OnResponse = async (_, request) =>
        {
            if (request.PartNumber == 1)
                await cancel.CancelAsync();
            return false;
        };

        var upload = () => stage.CreateClient()
            .UploadAsync(file.Source, TestData.CreateRequest("parts"), new FileUploadOptions { AbortOnCancellation = true }, cancel.Token);

        await upload.Should().ThrowAsync<OperationCanceledException>();
        (await stage.CountMultipartUploadsAsync()).Should().Be(0);
    }
}
