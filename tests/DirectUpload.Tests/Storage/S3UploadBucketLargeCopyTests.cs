using Amazon.S3.Model;
using DirectUpload.Storage;
using DirectUpload.TestKit;

namespace DirectUpload.Tests.Storage;

/// <summary>Copies part by part, on real servers, with 5 MiB for 5 GiB.</summary>
public abstract class S3UploadBucketLargeCopyTests<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : S3ServerFixture
{
    private const int MinPartSize = 5 * 1024 * 1024;

    private readonly string _source = $"source/{Guid.NewGuid():N}";

    private S3UploadBucket Bucket => new(server.Bucket, server.S3, largestCopy: MinPartSize, partSize: MinPartSize);

    [Theory]
    [InlineData(MinPartSize + 1)]
    [InlineData(2 * MinPartSize)]
    [InlineData((2 * MinPartSize) + 4711)]
    public async Task TryCopy_Large_CopiesBytesAndSettings(int size)
    {
        var bytes = await PutAsync(size);
        (await Bucket.TryCopyAsync(await CreateCopyAsync(bytes))).Should().NotBeNull();

        using var copy = await server.S3.GetObjectAsync(server.Bucket, _source + "-copy");
        using var read = new MemoryStream();
        await copy.ResponseStream.CopyToAsync(read);
        read.ToArray().AsSpan().SequenceEqual(bytes).Should().BeTrue();
        copy.Headers.ContentType.Should().Be("video/mp4");
        copy.Headers.CacheControl.Should().Be("no-store");
        copy.Metadata["kind"].Should().Be("copy");
        copy.ETag.Should().Contain("-", "it was made of parts");
    }

    [Fact]
    public async Task TryCopy_SourceReplaced_IsFalseAndLeavesNothing()
    {
        var first = await PutAsync(MinPartSize + 1);
        var copy = await CreateCopyAsync(first);
        await PutAsync(MinPartSize + 1);

        (await Bucket.TryCopyAsync(copy)).Should().BeNull();
        (await Bucket.TryCopyAsync(copy with { SourceKey = _source + "-nothing" })).Should().BeNull();

        (await Bucket.HeadAsync(_source + "-copy")).Should().BeNull();
        (await Bucket.ListIncompleteMultipartUploadsAsync(_source).ToListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task TryCopy_Canceled_LeavesNoParts()
    {
        var copy = await CreateCopyAsync(await PutAsync(10 * MinPartSize));
        using var source = new CancellationTokenSource();
        var copying = Bucket.TryCopyAsync(copy, source.Token);
        while (!copying.IsCompleted && (await Bucket.ListIncompleteMultipartUploadsAsync(_source).ToListAsync()).Count == 0)
        {
        }

        await source.CancelAsync();

        await copying.Awaiting(it => it).Should().ThrowAsync<OperationCanceledException>();
        (await Bucket.ListIncompleteMultipartUploadsAsync(_source).ToListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task ListUnfinished_AbandonedMultipart_CanBeAbortedTwice()
    {
        var begun = await server.S3.InitiateMultipartUploadAsync(server.Bucket, _source);

        var found = await Bucket.ListIncompleteMultipartUploadsAsync(_source).ToListAsync();
        found.Should().ContainSingle()
            .Which.Should().Match<IncompleteMultipartUpload>(it => it.Key == _source && it.UploadId == begun.UploadId);
        found[0].Initiated.Should().BeCloseTo(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(5));
        await Bucket.AbortMultipartUploadAsync(found[0]);
        await Bucket.AbortMultipartUploadAsync(found[0]);
        (await Bucket.ListIncompleteMultipartUploadsAsync(_source).ToListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task List_ByPrefix_ReturnsWrittenObjects()
    {
        for (var number = 0; number < 3; number++)
            await Bucket.PutAsync($"{_source}/{number}", "text/plain", new MemoryStream(new byte[number]), new());
        await Bucket.PutAsync(_source + "0", "text/plain", new MemoryStream([1]), new());

        var listed = await Bucket.ListAsync(_source + "/").ToListAsync();
        listed.Select(it => (it.Key, it.Size)).Should().Equal(($"{_source}/0", 0), ($"{_source}/1", 1), ($"{_source}/2", 2));
        listed[0].LastModified.Should().BeCloseTo(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(5));
        (await Bucket.HeadAsync($"{_source}/2"))!.ContentType.Should().Be("text/plain");
    }

    private async Task<byte[]> PutAsync(int size)
    {
        var bytes = new byte[size];
        Random.Shared.NextBytes(bytes);
        using var content = new MemoryStream(bytes);
        await server.S3.PutObjectAsync(new PutObjectRequest { BucketName = server.Bucket, Key = _source, InputStream = content });
        return bytes;
    }

    private async Task<ConditionalCopy> CreateCopyAsync(byte[] bytes) => new()
    {
        SourceKey = _source,
        SourceETag = (await Bucket.HeadAsync(_source))!.ETag,
        Size = bytes.Length,
        DestinationKey = _source + "-copy",
        ContentType = "video/mp4",
        Settings = new ObjectSettings { CacheControl = "no-store", Metadata = { ["kind"] = "copy" } },
    };
}

public sealed class LocalS3UploadBucketLargeCopyTests(LocalS3Fixture server) : S3UploadBucketLargeCopyTests<LocalS3Fixture>(server);

public sealed class RgwUploadBucketLargeCopyTests(RgwFixture server) : S3UploadBucketLargeCopyTests<RgwFixture>(server);
