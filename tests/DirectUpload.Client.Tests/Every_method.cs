namespace DirectUpload.Client.Tests;

public sealed class Every_method
{
    private const int InParts = (2 * TestProfiles.PartSize) + 11;

    public static TheoryData<string, int> Ways => new()
    {
        { "put", 0 }, { "put", 1 }, { "put", 3_000_000 }, { "put", InParts },
        { "in-place", 0 }, { "in-place", 100_000 },
        { "post", 0 }, { "post", 1 }, { "post", 3_000_000 },
        { "parts", 0 }, { "parts", 1000 }, { "parts", TestProfiles.PartSize }, { "parts", 2 * TestProfiles.PartSize }, { "parts", InParts },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_file_ends_ready_with_its_bytes(string profile, int size)
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(size));

        var result = await stage.Client().UploadAsync(file.Source, new UploadRequest { Profile = profile, ContentType = "application/x-noise" });

        result.Status.Should().Be(UploadStatus.Ready);
        result.Size.Should().Be(size);
        result.ChecksumSha256.Should().Be(Sample.Checksum(file.Bytes));
        (await stage.StoredChecksumAsync(result.Id)).Should().Be(result.ChecksumSha256);
        var record = await stage.RecordAsync(result.Id);
        (record.FileName, record.ContentType).Should().Be((Path.GetFileName(file.Path), "application/x-noise"));
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Upload-Token", result.ReadToken);
        (await http.GetByteArrayAsync(result.ContentUrl)).Should().Equal(file.Bytes);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task So_does_a_stream_that_can_seek_from_where_it_stands(string profile, int size)
    {
        await using var stage = await Stage.SetAsync();
        var bytes = Sample.Bytes(size + 7);
        using var stream = new MemoryStream(bytes) { Position = 7 };

        var result = await stage.Client().UploadAsync(UploadSource.FromStream(stream), Sample.Request(profile));

        result.ChecksumSha256.Should().Be(Sample.Checksum(bytes[7..]));
        (await stage.StoredChecksumAsync(result.Id)).Should().Be(result.ChecksumSha256);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task So_does_one_that_can_not(string profile, int size)
    {
        await using var stage = await Stage.SetAsync();
        var bytes = Sample.Bytes(size);

        foreach (var length in new long?[] { size, null })
        {
            var result = await stage.Client().UploadAsync(UploadSource.FromStream(Sample.Once(bytes), length: length), Sample.Request(profile));

            result.ChecksumSha256.Should().Be(Sample.Checksum(bytes));
            (await stage.StoredChecksumAsync(result.Id)).Should().Be(result.ChecksumSha256);
        }
    }

    [Fact]
    public async Task A_larger_file_is_hashed_while_it_is_sent_whatever_the_method()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(InParts));
        var client = stage.Client(options => options.ChecksumFirstUpTo = 0);

        foreach (var profile in new[] { "put", "post", "parts" })
        {
            var result = await client.UploadAsync(file.Source, Sample.Request(profile));

            (await stage.RecordAsync(result.Id)).ChecksumSha256.Should().BeNull("nobody promised it");
            result.ChecksumSha256.Should().Be(Sample.Checksum(file.Bytes));
        }
    }

    [Fact]
    public async Task What_the_request_says_reaches_the_application()
    {
        await using var stage = await Stage.SetAsync();
        var request = new UploadRequest
        {
            Profile = "put",
            FileName = "Überblick.txt",
            ContentType = "text/plain",
            Metadata = new Dictionary<string, string> { ["source"] = "scanner" },
            Association = new UploadAssociation("order", "42"),
            Method = UploadMethod.Put,
        };

        var result = await stage.Client().UploadAsync(UploadSource.FromStream(new MemoryStream("hello"u8.ToArray())), request);

        var record = await stage.RecordAsync(result.Id);
        (record.FileName, record.Metadata["source"], record.Association!.Id).Should().Be(("Überblick.txt", "scanner", "42"));
        record.ChecksumSha256.Should().Be(Sample.Checksum("hello"u8.ToArray()), "a small file's is promised");
    }
}
