using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.LocalS3.Tests;

/// <summary>Multipart uploads as the AWS SDK for .NET makes them with its defaults.</summary>
public class LocalS3ServerMultipartTests
{
    private const int MiB = 1024 * 1024;

    [Fact]
    public async Task Parts_become_an_object_readable_by_part_and_range()
    {
        await using var server = await LocalS3TestServer.StartAsync();
        byte[][] parts = [Random(5 * MiB, 1), Random(5 * MiB, 2), Random(1000, 3)];
        var id = await StartAsync(server, "k", r => r.Metadata["note"] = "n");
        var sent = new List<UploadPartResponse>();
        for (var i = 0; i < parts.Length; i++)
            sent.Add(await PutPartAsync(server, "k", id, i + 1, parts[i]));
        var completion = new CompleteMultipartUploadRequest { BucketName = "uploads", Key = "k", UploadId = id };
        completion.AddPartETags(sent);
        var completed = await server.S3.CompleteMultipartUploadAsync(completion);

        completed.ETag.Should().Be($"\"{Convert.ToHexStringLower(Md5([.. parts.SelectMany(Md5)]))}-3\"");
        var all = parts.SelectMany(p => p).ToArray();
        (await ReadAsync(server, new() { BucketName = "uploads", Key = "k" })).Should().Equal(all);
        (await ReadAsync(server, new() { BucketName = "uploads", Key = "k", PartNumber = 2 })).Should().Equal(parts[1]);
        var across = new ByteRange((5 * MiB) - 3, (10 * MiB) + 2);
        (await ReadAsync(server, new() { BucketName = "uploads", Key = "k", ByteRange = across }))
            .Should().Equal(all[((5 * MiB) - 3)..((10 * MiB) + 3)]);
        var head = await server.S3.GetObjectMetadataAsync(new() { BucketName = "uploads", Key = "k", PartNumber = 3 });
        (head.ContentLength, head.PartsCount, head.Metadata["note"]).Should().Be((1000, 3, "n"));
    }

    [Fact]
    public async Task The_transfer_utility_uploads_a_large_stream()
    {
        await using var server = await LocalS3TestServer.StartAsync();
        var bytes = Random(17 * MiB, 4);
        using var transfer = new TransferUtility(server.S3);
        await transfer.UploadAsync(new TransferUtilityUploadRequest
        {
            BucketName = "uploads",
            Key = "t",
            InputStream = new MemoryStream(bytes),
            PartSize = 5 * MiB,
        });
        (await ReadAsync(server, new() { BucketName = "uploads", Key = "t", ChecksumMode = ChecksumMode.ENABLED })).Should().Equal(bytes);
        (await server.S3.GetObjectMetadataAsync("uploads", "t")).ETag.Should().EndWith("-4\"");
    }

    [Theory]
    [InlineData("CRC32", "COMPOSITE")]
    [InlineData("CRC32", "FULL_OBJECT")]
    [InlineData("SHA256", "COMPOSITE")]
    public async Task The_SDK_verifies_the_full_object_checksum(string algorithm, string type)
    {
        await using var server = await LocalS3TestServer.StartAsync();
        byte[][] parts = [Random(5 * MiB, 5), Random(77, 6)];
        var id = await StartAsync(server, "c", r =>
        {
            r.ChecksumAlgorithm = ChecksumAlgorithm.FindValue(algorithm);
            r.ChecksumType = ChecksumType.FindValue(type);
        });
        var completion = new CompleteMultipartUploadRequest
        {
            BucketName = "uploads",
            Key = "c",
            UploadId = id,
            ChecksumType = ChecksumType.FindValue(type),
        };
        for (var i = 0; i < parts.Length; i++)
        {
            var sent = await PutPartAsync(server, "c", id, i + 1, parts[i], algorithm);
            completion.AddPartETags(
                new PartETag(i + 1, sent.ETag) { ChecksumCRC32 = sent.ChecksumCRC32, ChecksumSHA256 = sent.ChecksumSHA256 });
        }
        var completed = await server.S3.CompleteMultipartUploadAsync(completion);
        completed.ChecksumType.Value.Should().Be(type);
        (await ReadAsync(server, new() { BucketName = "uploads", Key = "c", ChecksumMode = ChecksumMode.ENABLED }))
            .Should().Equal(parts.SelectMany(p => p));
    }

    [Fact]
    public async Task Parts_and_uploads_are_listed_in_pages()
    {
        await using var server = await LocalS3TestServer.StartAsync();
        var id = await StartAsync(server, "a");
        foreach (var number in new[] { 7, 2, 9 })
            await PutPartAsync(server, "a", id, number, [1, 2, 3]);
        var numbers = new List<int?>();
        await foreach (var part in server.S3.Paginators
            .ListParts(new ListPartsRequest { BucketName = "uploads", Key = "a", UploadId = id, MaxParts = 2 }).Parts)
            numbers.Add(part.PartNumber);
        numbers.Should().Equal(2, 7, 9);

        var ids = new List<string> { id, await StartAsync(server, "a"), await StartAsync(server, "b") };
        var listed = new List<string>();
        await foreach (var upload in server.S3.Paginators
            .ListMultipartUploads(new ListMultipartUploadsRequest { BucketName = "uploads", MaxUploads = 1 }).Uploads)
            listed.Add(upload.UploadId);
        listed.Should().Equal(ids);
    }

    [Fact]
    public async Task A_part_is_copied_from_a_range()
    {
        await using var server = await LocalS3TestServer.StartAsync();
        await server.S3.PutObjectAsync(new PutObjectRequest { BucketName = "uploads", Key = "src", ContentBody = "0123456789" });
        var id = await StartAsync(server, "dst");
        var copied = await server.S3.CopyPartAsync(new CopyPartRequest
        {
            SourceBucket = "uploads",
            SourceKey = "src",
            DestinationBucket = "uploads",
            DestinationKey = "dst",
            UploadId = id,
            PartNumber = 1,
            FirstByte = 2,
            LastByte = 5,
        });
        await server.S3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest
        {
            BucketName = "uploads",
            Key = "dst",
            UploadId = id,
            PartETags = [new(1, copied.ETag)],
        });
        (await ReadAsync(server, new() { BucketName = "uploads", Key = "dst" })).Should().Equal("2345"u8.ToArray());
    }

    [Fact]
    public async Task The_object_has_its_upload_s_start_date()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = await LocalS3TestServer.StartAsync(clock);
        var began = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());
        var id = await StartAsync(server, "k");
        clock.Advance(TimeSpan.FromMinutes(3));
        var part = await PutPartAsync(server, "k", id, 1, [1]);
        await server.S3.CompleteMultipartUploadAsync(
            new() { BucketName = "uploads", Key = "k", UploadId = id, PartETags = [new(1, part.ETag)] });
        new DateTimeOffset((await server.S3.GetObjectMetadataAsync("uploads", "k")).LastModified!.Value).Should().Be(began);
    }

    private static byte[] Md5(byte[] bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        hash.AppendData(bytes);
        return hash.GetHashAndReset();
    }

    private static byte[] Random(int size, int seed)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static async Task<string> StartAsync(
        LocalS3TestServer server, string key, Action<InitiateMultipartUploadRequest>? configure = null)
    {
        var request = new InitiateMultipartUploadRequest { BucketName = "uploads", Key = key };
        configure?.Invoke(request);
        return (await server.S3.InitiateMultipartUploadAsync(request)).UploadId;
    }

    private static Task<UploadPartResponse> PutPartAsync(
        LocalS3TestServer server, string key, string id, int number, byte[] bytes, string? algorithm = null) =>
        server.S3.UploadPartAsync(new UploadPartRequest
        {
            BucketName = "uploads",
            Key = key,
            UploadId = id,
            PartNumber = number,
            InputStream = new MemoryStream(bytes),
            ChecksumAlgorithm = algorithm is null ? null : ChecksumAlgorithm.FindValue(algorithm),
        });

    private static async Task<byte[]> ReadAsync(LocalS3TestServer server, GetObjectRequest request)
    {
        using var got = await server.S3.GetObjectAsync(request);
        using var read = new MemoryStream();
        await got.ResponseStream.CopyToAsync(read);
        return read.ToArray();
    }
}
