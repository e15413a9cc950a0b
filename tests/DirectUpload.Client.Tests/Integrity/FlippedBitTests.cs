using DirectUpload.TestKit.Integrity;

namespace DirectUpload.Client.Tests.Integrity;

/// <summary>Flips one bit of each file, at a random place, between the client and storage or in the bytes that storage keeps.</summary>
public sealed class FlippedBitTests
{
    public static TheoryData<string, FileUploadMethod> Methods { get; } = new()
    {
        { "checked-put", FileUploadMethod.Put },
        { "checked-post", FileUploadMethod.Post },
        { "checked-put", FileUploadMethod.Multipart },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Upload_BitFlippedOnTheWay_IsRejected(string profile, FileUploadMethod method)
    {
        await using var stage = await TestEnvironment.StartAsync();
        var fault = new Faults(stage, method);

        await fault.RunAsync(profile, flip => stage.Storage.OnRequest = (context, _) =>
        {
            flip.Apply(context.Request, TestProfiles.PartSize);
            return Task.FromResult(false);
        });

        fault.Report("between client and storage");
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Upload_BitFlippedInStorage_IsRejected(string profile, FileUploadMethod method)
    {
        await using var stage = await TestEnvironment.StartAsync();
        var fault = new Faults(stage, method);

        await fault.RunAsync(profile, flip => stage.Application.OnRequest = (_, request) =>
        {
            if (request.Path.EndsWith("/confirm", StringComparison.Ordinal))
                stage.FlipStoredBit(flip, method == FileUploadMethod.Multipart ? TestProfiles.PartSize : flip.Size);
            return Task.FromResult(false);
        }, "mismatch");

        fault.Report("in stored bytes");
    }

    [Theory]
    [InlineData("parts")]
    [InlineData("checked-parts")]
    public async Task Resume_BitFlippedBeforeTheCrash_IsRejected(string profile)
    {
        await using var stage = await TestEnvironment.StartAsync();
        var bytes = TestData.CreateBytes((2 * TestProfiles.PartSize) + 11);
        var state = await SendWithFlippedBitAsync(stage, profile, bytes);

        var seekable = FileUploadSource.FromStream(new MemoryStream(bytes));
        var refused = await DirectUploadClientResumeTests.ThrowsAsync(() => CreateClient(stage).ResumeAsync(state, seekable));

        refused.Code.Should().Be(FileUploadErrorCodes.ChecksumMismatch);
        refused.State.Should().BeNull("the upload cannot be resumed");
        (await stage.CountObjectsAsync()).Should().Be(0);
    }

    [Theory]
    [InlineData("parts")]
    [InlineData("checked-parts")]
    public async Task Resume_ForwardOnlyStreamOfFlippedBytes_IsRejected(string profile)
    {
        await using var stage = await TestEnvironment.StartAsync();
        var bytes = TestData.CreateBytes((2 * TestProfiles.PartSize) + 11);
        var state = await SendWithFlippedBitAsync(stage, profile, bytes);

        var forwardOnly = FileUploadSource.FromStream(TestData.CreateForwardOnlyStream(bytes), length: bytes.Length);
        var refused = await DirectUploadClientResumeTests.ThrowsAsync(() => CreateClient(stage).ResumeAsync(state, forwardOnly));

        refused.Code.Should().Be(FileUploadErrorCodes.ChecksumMismatch);
    }

    [Fact]
    public async Task Upload_PartChecksumsInProfileWithRequirement_IsReady()
    {
        await using var stage = await TestEnvironment.StartAsync();
        var bytes = TestData.CreateBytes(TestProfiles.PartSize + 11);
        var request = TestData.CreateRequest("checked-parts") with { PartChecksums = true };

        var result = await CreateClient(stage).UploadAsync(FileUploadSource.FromStream(new MemoryStream(bytes)), request);

        var record = await stage.GetRecordAsync(result.Id);
        record.StoredChecksum.Should().Be(new UploadChecksum("CRC64NVME", record.ChecksumCrc64Nvme!, "FULL_OBJECT"));
    }

    private static DirectUploadClient CreateClient(TestEnvironment stage) =>
        stage.CreateClient(options => options.PrecomputeChecksumMaxSize = 0);

    // All parts arrive, one of them altered; then the process dies before it could confirm the upload.
    private static async Task<FileUploadState> SendWithFlippedBitAsync(TestEnvironment stage, string profile, byte[] bytes)
    {
        FileUploadState? state = null;
        var flip = BitFlip.Create(new Random(7), bytes.Length);
        stage.Storage.OnRequest = (context, _) =>
        {
            flip.Apply(context.Request, TestProfiles.PartSize);
            return Task.FromResult(false);
        };
        stage.Application.OnRequest = (context, request) => DirectUploadClientResumeTests.AbortConnectionAsync(
            context, request.Path.EndsWith("/confirm", StringComparison.Ordinal));
        await DirectUploadClientResumeTests.ThrowsAsync(() => CreateClient(stage).UploadAsync(
            FileUploadSource.FromStream(new MemoryStream(bytes)), TestData.CreateRequest(profile),
            DirectUploadClientResumeTests.SaveStateTo(kept => state = kept)));
        flip.Applied.Should().Be(1);
        stage.Storage.OnRequest = stage.Application.OnRequest = (_, _) => Task.FromResult(false);
        return state!;
    }

    private sealed class Faults(TestEnvironment stage, FileUploadMethod method)
    {
        private readonly int _seed = Random.Shared.Next();
        private int _found;
        private long _bytes;

        public async Task RunAsync(string profile, Action<BitFlip> arrange, params string[] otherCodes)
        {
            var random = new Random(_seed);
            var client = CreateClient(stage);
            for (var turn = 0; turn < IntegrityScope.Flips; turn++)
            {
                var bytes = TestData.CreateBytes(IntegrityScope.ChooseSize(random), random.Next());
                var flip = BitFlip.Create(random, bytes.Length);
                arrange(flip);
                var request = TestData.CreateRequest(profile) with { Method = method };

                var refused = await DirectUploadClientResumeTests.ThrowsAsync(
                    () => client.UploadAsync(FileUploadSource.FromStream(new MemoryStream(bytes)), request));

                flip.Applied.Should().Be(1, "seed {0}, turn {1}", _seed, turn);
                // The MD5 of the copy finds a changed object, too, unless it was sent in parts.
                refused.Code.Should().BeOneOf([FileUploadErrorCodes.ChecksumMismatch, .. otherCodes], "seed {0}, turn {1}", _seed, turn);
                _found++;
                _bytes += bytes.Length;
            }

            (await stage.CountObjectsAsync()).Should().Be(0, "rejected objects are deleted");
        }

        public void Report(string fault) =>
            IntegrityScope.Report("DirectUpload.Client", $"{method}", fault, IntegrityScope.Flips, _found, _bytes);
    }
}
