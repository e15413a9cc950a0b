using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.LocalS3;
using DirectUpload.Storage;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Storage;

/// <summary>The bucket on servers that deviate from Amazon S3.</summary>
public sealed class S3UploadBucketTests
{
    private const int Part = 5 * 1024 * 1024;

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(Part)]
    public async Task TryCopyAsync_412ForUnchangedMultipart_Copies(long largestCopy)
    {
        await using var server = await QuirkyServer.StartAsync(LocalS3Quirks.RefusesConditionalCopiesOfMultipart);
        var bucket = new S3UploadBucket(QuirkyServer.Bucket, server.S3, largestCopy: largestCopy, partSize: Part);
        var bytes = await server.PutInPartsAsync("source", (2 * Part) + 11);

        (await bucket.TryCopyAsync(await CopyAsync(bucket))).Should().BeTrue("the source has not changed, whatever the server answers");

        (await server.GetAsync("copy")).AsSpan().SequenceEqual(bytes).Should().BeTrue();
        (await bucket.HeadAsync("copy"))!.ContentType.Should().Be("video/mp4");
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(Part)]
    public async Task TryCopyAsync_412ForChangedMultipart_IsFalseAndLeavesNothing(long largestCopy)
    {
        await using var server = await QuirkyServer.StartAsync(LocalS3Quirks.RefusesConditionalCopiesOfMultipart);
        var bucket = new S3UploadBucket(QuirkyServer.Bucket, server.S3, largestCopy: largestCopy, partSize: Part);
        await server.PutInPartsAsync("source", (2 * Part) + 11);
        var copy = await CopyAsync(bucket);
        await server.PutInPartsAsync("source", (2 * Part) + 11);

        (await bucket.TryCopyAsync(copy)).Should().BeFalse();
        (await bucket.TryCopyAsync(copy with { SourceKey = "nothing" })).Should().BeFalse();

        (await bucket.HeadAsync("copy")).Should().BeNull();
        (await bucket.ListUnfinishedAsync("copy").ToListAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(Part)]
    public async Task TryCopyAsync_SourceSwappedDuringUnconditionalCopy_IsFalse(long largestCopy)
    {
        await using var server = await QuirkyServer.StartAsync(LocalS3Quirks.RefusesConditionalCopiesOfMultipart);
        using var swapping = new SwappingClient(server, () => server.PutInPartsAsync("source", (2 * Part) + 11));
        var bucket = new S3UploadBucket(QuirkyServer.Bucket, swapping, largestCopy: largestCopy, partSize: Part);
        await server.PutInPartsAsync("source", (2 * Part) + 11);

        (await bucket.TryCopyAsync(await CopyAsync(bucket))).Should().BeFalse("what was copied need not be what was verified");

        swapping.Swaps.Should().Be(1);
        (await bucket.HeadAsync("copy")).Should().BeNull();
        (await bucket.ListUnfinishedAsync("copy").ToListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task PutAsync_ServerWithoutChunkedBodies_Writes()
    {
        await using var server = await QuirkyServer.StartAsync(LocalS3Quirks.NoChunkedBodies);
        var bucket = new S3UploadBucket(QuirkyServer.Bucket, server.S3);
        var bytes = new byte[300_000];
        Random.Shared.NextBytes(bytes);
        var content = new MemoryStream(bytes) { Position = 7 };

        await bucket.PutAsync("variant", "image/webp", content, new ObjectSettings());

        (await server.GetAsync("variant")).Should().Equal(bytes[7..]);
        content.CanRead.Should().BeTrue("the caller owns its stream");
    }

    [Fact]
    public async Task HeadAsync_MissingBucket_IsRefused()
    {
        await using var server = await QuirkyServer.StartAsync(LocalS3Quirks.None);
        var log = new LogLines<StorageRefusals>();
        var missing = new S3UploadBucket("upload", server.S3, refusals: new StorageRefusals(TimeProvider.System, log));

        for (var time = 0; time < 3; time++)
            (await missing.Awaiting(it => it.HeadAsync("staging/1")).Should().ThrowAsync<StorageRefusedException>()).Which.Cure.Should().Contain("\"upload\" does not exist").And.Contain("DirectUploads:Bucket");

        log.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)).Should().ContainSingle();
        (await new S3UploadBucket(QuirkyServer.Bucket, server.S3).HeadAsync("staging/1")).Should().BeNull("this bucket exists");
    }

    [Fact]
    public async Task EveryCall_MissingBucket_IsRefused()
    {
        await using var server = await QuirkyServer.StartAsync(LocalS3Quirks.None);
        var missing = new S3UploadBucket("upload", server.S3);
        Func<Task>[] calls =
        [
            () => missing.HeadAsync("k"),
            () => missing.OpenReadAsync("k", "\"e\"", 0, 1),
            () => missing.TryCopyAsync(new PinnedCopy { SourceKey = "a", SourceETag = "\"e\"", Size = 1, DestinationKey = "b", ContentType = "text/plain", Settings = new ObjectSettings() }),
            () => missing.PutAsync("k", "text/plain", new MemoryStream([1]), new ObjectSettings()),
            () => missing.ListAsync("k").ToListAsync().AsTask(),
            () => missing.ListUnfinishedAsync("k").ToListAsync().AsTask(),
            () => missing.BeginAsync("k", "text/plain", new ObjectSettings(), false),
            () => missing.ListPartsAsync("k", "id"),
            () => missing.TryCompleteAsync("k", "id", [new StoredPart(1, 1, "\"e\"")], false),
            () => missing.AbortAsync(new UnfinishedMultipart("k", "id", default)),
            () => missing.SetLifecycleAsync(new StagingLifecycle("staging/", 7)),
            () => missing.DeleteAsync("k"),
        ];
        foreach (var call in calls)
            (await call.Should().ThrowAsync<StorageRefusedException>()).Which.Code.Should().Be("NoSuchBucket");
    }

    [Theory]
    [InlineData(LocalS3Quirks.None, true, true)]
    [InlineData(LocalS3Quirks.AcceptsLateParts, false, true)]
    [InlineData(LocalS3Quirks.NoConditionalWrites, false, false)]
    [InlineData(LocalS3Quirks.IgnoresConditionalWrites, true, false)]
    public async Task Capabilities_AreFoundOut_AndNothingStays(LocalS3Quirks quirks, bool parts, bool writes)
    {
        await using var server = await QuirkyServer.StartAsync(quirks);
        var bucket = new S3UploadBucket(QuirkyServer.Bucket, server.S3);

        (await bucket.ProtectsInPlacePartsAsync("staging/health/1")).Should().Be(parts);
        (await bucket.HonorsConditionalWritesAsync("staging/health/2")).Should().Be(writes);
        (await bucket.HasCorsRulesAsync()).Should().BeTrue();

        (await bucket.ListAsync(string.Empty).ToListAsync()).Should().BeEmpty();
        (await bucket.ListUnfinishedAsync(string.Empty).ToListAsync()).Should().BeEmpty();
    }

    private static async Task<PinnedCopy> CopyAsync(S3UploadBucket bucket)
    {
        var source = (await bucket.HeadAsync("source"))!;
        return new PinnedCopy { SourceKey = "source", SourceETag = source.ETag, Size = source.Size, DestinationKey = "copy", ContentType = "video/mp4", Settings = new ObjectSettings() };
    }

    /// <summary>Replaces the source just before the first copy that has no condition.</summary>
    private sealed class SwappingClient(QuirkyServer server, Func<Task> swap) : AmazonS3Client(
        server.Access.AccessKey, server.Access.SecretKey,
        new AmazonS3Config { ServiceURL = server.Access.Endpoint, ForcePathStyle = true, AuthenticationRegion = server.Access.Region, UseHttp = true, MaxErrorRetry = 0 })
    {
        private int _swaps;

        public int Swaps => Math.Min(_swaps, 1);

        public override async Task<CopyObjectResponse> CopyObjectAsync(CopyObjectRequest request, CancellationToken cancellationToken = default)
        {
            if (request.ETagToMatch is null && Interlocked.Increment(ref _swaps) == 1)
                await swap();
            return await base.CopyObjectAsync(request, cancellationToken);
        }

        public override async Task<CopyPartResponse> CopyPartAsync(CopyPartRequest request, CancellationToken cancellationToken = default)
        {
            if (request.ETagToMatch is not { Count: > 0 } && Interlocked.Increment(ref _swaps) == 1)
                await swap();
            return await base.CopyPartAsync(request, cancellationToken);
        }
    }
}
