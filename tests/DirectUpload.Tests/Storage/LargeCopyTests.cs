using Amazon.S3.Model;
using DirectUpload.Storage;
using DirectUpload.TestKit;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Storage;

/// <summary>Copies part by part, on real servers, with 5 MiB for 5 GiB.</summary>
public abstract class LargeCopyTests<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : S3ServerFixture
{
    private const int Part = 5 * 1024 * 1024;

    private readonly string _source = $"source/{Guid.NewGuid():N}";

    private S3UploadBucket Bucket => new(server.Bucket, server.S3, largestCopy: Part, partSize: Part);

    [Theory]
    [InlineData(Part + 1)]
    [InlineData(2 * Part)]
    [InlineData((2 * Part) + 4711)]
    public async Task It_has_every_byte_and_what_storage_was_told(int size)
    {
        var bytes = await PutAsync(size);
        (await Bucket.TryCopyAsync(await CopyAsync(bytes))).Should().BeTrue();

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
    public async Task Another_object_at_the_source_is_not_copied_and_nothing_is_left()
    {
        var first = await PutAsync(Part + 1);
        var copy = await CopyAsync(first);
        await PutAsync(Part + 1);

        (await Bucket.TryCopyAsync(copy)).Should().BeFalse();
        (await Bucket.TryCopyAsync(copy with { SourceKey = _source + "-nothing" })).Should().BeFalse();

        (await Bucket.HeadAsync(_source + "-copy")).Should().BeNull();
        (await Bucket.ListUnfinishedAsync(_source).ToListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_cancelled_copy_leaves_no_parts()
    {
        var copy = await CopyAsync(await PutAsync(10 * Part));
        using var source = new CancellationTokenSource();
        var copying = Bucket.TryCopyAsync(copy, source.Token);
        while (!copying.IsCompleted && (await Bucket.ListUnfinishedAsync(_source).ToListAsync()).Count == 0)
        {
        }

        await source.CancelAsync();

        await copying.Awaiting(it => it).Should().ThrowAsync<OperationCanceledException>();
        (await Bucket.ListUnfinishedAsync(_source).ToListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task What_was_begun_and_left_is_listed_and_can_be_ended_twice()
    {
        var begun = await server.S3.InitiateMultipartUploadAsync(server.Bucket, _source);

        var found = await Bucket.ListUnfinishedAsync(_source).ToListAsync();
        found.Should().ContainSingle().Which.Should().Match<UnfinishedMultipart>(it => it.Key == _source && it.UploadId == begun.UploadId);
        found[0].Initiated.Should().BeCloseTo(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(5));
        await Bucket.AbortAsync(found[0]);
        await Bucket.AbortAsync(found[0]);
        (await Bucket.ListUnfinishedAsync(_source).ToListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Objects_are_listed_by_prefix_over_more_than_a_page_and_can_be_written()
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

    private async Task<PinnedCopy> CopyAsync(byte[] bytes) => new()
    {
        SourceKey = _source,
        SourceETag = (await Bucket.HeadAsync(_source))!.ETag,
        Size = bytes.Length,
        DestinationKey = _source + "-copy",
        ContentType = "video/mp4",
        Settings = new ObjectSettings { CacheControl = "no-store", Metadata = { ["kind"] = "copy" } },
    };
}

public sealed class LocalS3LargeCopyTests(LocalS3Fixture server) : LargeCopyTests<LocalS3Fixture>(server);

public sealed class RgwLargeCopyTests(RgwFixture server) : LargeCopyTests<RgwFixture>(server);
