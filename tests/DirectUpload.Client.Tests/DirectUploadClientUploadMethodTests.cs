

namespace DirectUpload.Client.Tests;

public sealed class DirectUploadClientUploadMethodTests
{
    private const int MultipartSize = (2 * TestProfiles.PartSize) + 11;

    public static TheoryData<string, int> ProfilesAndSizes => new()
    {
        { "put", 0 }, { "put", 1 }, { "put", 3_000_000 }, { "put", MultipartSize },
        { "in-place", 0 }, { "in-place", 100_000 },
        { "post", 0 }, { "post", 1 }, { "post", 3_000_000 },
        { "parts", 0 }, { "parts", 1000 }, { "parts", TestProfiles.PartSize }, { "parts", 2 * TestProfiles.PartSize },
        { "parts", MultipartSize },
    };

    [Theory]
    [MemberData(nameof(ProfilesAndSizes))]
    public async Task Upload_File_IsReadyWithItsBytes(string profile, int size)
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(size));

        var result = await stage.CreateClient()
            .UploadAsync(file.Source, new FileUploadRequest { Profile = profile, ContentType = "application/x-noise" });

        result.Status.Should().Be(FileUploadStatus.Ready);
        result.Size.Should().Be(size);
        result.ChecksumSha256.Should().Be(TestData.ComputeChecksum(file.Bytes));
        (await stage.GetStoredChecksumAsync(result.Id)).Should().Be(result.ChecksumSha256);
        var record = await stage.GetRecordAsync(result.Id);
        (record.FileName, record.ContentType).Should().Be((Path.GetFileName(file.Path), "application/x-noise"));
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Upload-Token", result.ReadToken);
        (await http.GetByteArrayAsync(result.ContentUrl)).Should().Equal(file.Bytes);
    }

    [Theory]
    [MemberData(nameof(ProfilesAndSizes))]
    public async Task Upload_SeekableStream_StartsAtItsPosition(string profile, int size)
    {
        await using var stage = await TestEnvironment.StartAsync();
        var bytes = TestData.CreateBytes(size + 7);
        using var stream = new MemoryStream(bytes) { Position = 7 };

        var result = await stage.CreateClient().UploadAsync(FileUploadSource.FromStream(stream), TestData.CreateRequest(profile));

        result.ChecksumSha256.Should().Be(TestData.ComputeChecksum(bytes[7..]));
        (await stage.GetStoredChecksumAsync(result.Id)).Should().Be(result.ChecksumSha256);
    }

    [Theory]
    [MemberData(nameof(ProfilesAndSizes))]
    public async Task Upload_ForwardOnlyStream_IsReadyWithItsBytes(string profile, int size)
    {
        await using var stage = await TestEnvironment.StartAsync();
        var bytes = TestData.CreateBytes(size);

        foreach (var length in new long?[] { size, null })
        {
            var result = await stage.CreateClient().UploadAsync(
                FileUploadSource.FromStream(TestData.CreateForwardOnlyStream(bytes), length: length), TestData.CreateRequest(profile));

            result.ChecksumSha256.Should().Be(TestData.ComputeChecksum(bytes));
            (await stage.GetStoredChecksumAsync(result.Id)).Should().Be(result.ChecksumSha256);
        }
    }

    [Fact]
    public async Task Upload_LargeFile_IsHashedWhileSending()
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(MultipartSize));
        var client = stage.CreateClient(options => options.PrecomputeChecksumMaxSize = 0);

        foreach (var profile in new[] { "put", "post", "parts" })
        {
            var result = await client.UploadAsync(file.Source, TestData.CreateRequest(profile));

            (await stage.GetRecordAsync(result.Id)).ChecksumSha256.Should().BeNull("nobody promised it");
            result.ChecksumSha256.Should().Be(TestData.ComputeChecksum(file.Bytes));
        }
    }

    [Fact]
    public async Task Upload_RequestProperties_ReachTheApplication()
    {
        await using var stage = await TestEnvironment.StartAsync();
        var request = new FileUploadRequest
        {
            Profile = "put",
            FileName = "Überblick.txt",
            ContentType = "text/plain",
            Metadata = new Dictionary<string, string> { ["source"] = "scanner" },
            Association = new FileUploadAssociation("order", "42"),
            Method = FileUploadMethod.Put,
        };

        var result = await stage.CreateClient().UploadAsync(FileUploadSource.FromStream(new MemoryStream("hello"u8.ToArray())), request);

        var record = await stage.GetRecordAsync(result.Id);
        (record.FileName, record.Metadata["source"], record.Association!.Id).Should().Be(("Überblick.txt", "scanner", "42"));
        record.ChecksumSha256.Should().Be(TestData.ComputeChecksum("hello"u8.ToArray()), "a small file's is promised");
    }
}
