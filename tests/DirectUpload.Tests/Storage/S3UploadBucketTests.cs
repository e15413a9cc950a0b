using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.LocalS3;
using DirectUpload.Storage;
using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Storage;

/// <summary>The bucket on servers that deviate from Amazon S3.</summary>
public sealed class S3UploadBucketTests
{
    private const int MinPartSize = 5 * 1024 * 1024;

    [Theory]
    [InlineData(LocalS3Quirks.None, true)]
    [InlineData(LocalS3Quirks.NoConditionalWrites, false)]
    [InlineData(LocalS3Quirks.IgnoresConditionalWrites, false)]
    public async Task VerifiesCopies_AfterTheFirstCopy_SaysWhetherACopyMustBeNew(LocalS3Quirks quirks, bool expected)
    {
        await using var server = await QuirkyServer.StartAsync(quirks);
        var bucket = new S3UploadBucket(QuirkyServer.Bucket, server.S3);
        await server.S3.PutObjectAsync(new() { BucketName = QuirkyServer.Bucket, Key = "source", ContentBody = "text" });
        bucket.VerifiesCopies.Should().BeFalse("nothing has shown it");

        (await bucket.TryCopyAsync(await CreateCopyAsync(bucket))).Should().NotBeNull();

        bucket.VerifiesCopies.Should().Be(expected);
        (await server.GetAsync("copy")).Should().Equal("text"u8.ToArray());
        (await bucket.HeadAsync("copy"))!.ContentType.Should().Be("video/mp4");
        (await server.S3.ListObjectsV2Async(new() { BucketName = QuirkyServer.Bucket })).S3Objects.Should().HaveCount(2);
    }

    // As when the SDK repeats a request whose response was lost.
    [Fact]
    public async Task TryCopyAsync_NewCopyExists_ReturnsWhatExists()
    {
        await using var server = await QuirkyServer.StartAsync(LocalS3Quirks.None);
        var bucket = new S3UploadBucket(QuirkyServer.Bucket, server.S3);
        await server.S3.PutObjectAsync(new() { BucketName = QuirkyServer.Bucket, Key = "source", ContentBody = "first" });
        var copy = new ConditionalCopy
        {
            SourceKey = "source",
            SourceETag = null,
            Size = 5,
            DestinationKey = "copy",
            ContentType = "text/plain",
            ChecksumAlgorithm = UploadChecksum.Sha256,
            Settings = new ObjectSettings(),
        };
        var first = await bucket.TryCopyAsync(copy);
        await server.S3.PutObjectAsync(new() { BucketName = QuirkyServer.Bucket, Key = "source", ContentBody = "other" });

        var second = await bucket.TryCopyAsync(copy);

        second.Should().NotBeNull().And.BeEquivalentTo(first);
        second!.Checksum!.Algorithm.Should().Be(UploadChecksum.Sha256);
        (await server.GetAsync("copy")).Should().Equal("first"u8.ToArray(), "a late duplicate does not replace what was inspected");
        (await bucket.TryCopyAsync(copy with { SourceKey = "nothing", DestinationKey = "other" })).Should().BeNull();
    }

    [Theory]
    [InlineData("", 10)]
    [InlineData("0123456789", 4)]
    [InlineData("0123456789", 10)]
    [InlineData("0123456789", 64)]
    public async Task ReadStartAsync_ReturnsTheAttributesOfTheWholeObject(string text, int length)
    {
        await using var server = await QuirkyServer.StartAsync(LocalS3Quirks.None);
        var bucket = new S3UploadBucket(QuirkyServer.Bucket, server.S3);
        await server.S3.PutObjectAsync(
            new()
            {
                BucketName = QuirkyServer.Bucket,
                Key = "k",
                ContentType = "text/x-test",
                InputStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
            });
        var head = (await bucket.HeadAsync("k"))!;

        var start = (await bucket.ReadStartAsync("k", head.ETag, length))!;

        Encoding.UTF8.GetString(start.Bytes).Should().Be(text[..Math.Min(length, text.Length)]);
        (start.Object with { Checksum = null }).Should().Be(head with { Checksum = null });
        (await bucket.ReadStartAsync("k", "\"other\"", length)).Should().BeNull();
        (await bucket.ReadStartAsync("nothing", head.ETag, length)).Should().BeNull();
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(MinPartSize)]
    public async Task TryCopyAsync_412ForUnchangedMultipart_Copies(long largestCopy)
    {
        await using var server = await QuirkyServer.StartAsync(LocalS3Quirks.RefusesConditionalCopiesOfMultipart);
        var bucket = new S3UploadBucket(QuirkyServer.Bucket, server.S3, largestCopy: largestCopy, partSize: MinPartSize);
        var bytes = await server.PutMultipartAsync("source", (2 * MinPartSize) + 11);

        (await bucket.TryCopyAsync(await CreateCopyAsync(bucket)))
            .Should().NotBeNull("the source has not changed, whatever the server answers");

        (await server.GetAsync("copy")).AsSpan().SequenceEqual(bytes).Should().BeTrue();
        (await bucket.HeadAsync("copy"))!.ContentType.Should().Be("video/mp4");
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(MinPartSize)]
    public async Task TryCopyAsync_412ForChangedMultipart_IsFalseAndLeavesNothing(long largestCopy)
    {
        await using var server = await QuirkyServer.StartAsync(LocalS3Quirks.RefusesConditionalCopiesOfMultipart);
        var bucket = new S3UploadBucket(QuirkyServer.Bucket, server.S3, largestCopy: largestCopy, partSize: MinPartSize);
        await server.PutMultipartAsync("source", (2 * MinPartSize) + 11);
        var copy = await CreateCopyAsync(bucket);
        await server.PutMultipartAsync("source", (2 * MinPartSize) + 11);

        (await bucket.TryCopyAsync(copy)).Should().BeNull();
        (await bucket.TryCopyAsync(copy with { SourceKey = "nothing" })).Should().BeNull();

        (await bucket.HeadAsync("copy")).Should().BeNull();
        (await bucket.ListIncompleteMultipartUploadsAsync("copy").ToListAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(MinPartSize)]
    public async Task TryCopyAsync_SourceReplacedDuringCopy_IsFalse(long largestCopy)
    {
        await using var server = await QuirkyServer.StartAsync(LocalS3Quirks.RefusesConditionalCopiesOfMultipart);
        using var swapping = new SourceReplacingClient(server, () => server.PutMultipartAsync("source", (2 * MinPartSize) + 11));
        var bucket = new S3UploadBucket(QuirkyServer.Bucket, swapping, largestCopy: largestCopy, partSize: MinPartSize);
        await server.PutMultipartAsync("source", (2 * MinPartSize) + 11);

        (await bucket.TryCopyAsync(await CreateCopyAsync(bucket))).Should().BeNull("what was copied need not be what was verified");

        swapping.Replacements.Should().Be(1);
        (await bucket.HeadAsync("copy")).Should().BeNull();
        (await bucket.ListIncompleteMultipartUploadsAsync("copy").ToListAsync()).Should().BeEmpty();
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
    public async Task HeadAsync_MissingBucket_IsAConfigurationError()
    {
        await using var server = await QuirkyServer.StartAsync(LocalS3Quirks.None);
        var log = new CapturedLog<StorageRefusalTracker>();
        var missing = new S3UploadBucket("upload", server.S3, refusals: new StorageRefusalTracker(TimeProvider.System, log));

        for (var time = 0; time < 3; time++)
            (await missing.Awaiting(it => it.HeadAsync("staging/1")).Should().ThrowAsync<StorageRefusedException>()).Which.Resolution
                .Should().Contain("\"upload\" does not exist").And.Contain("DirectUploads:Bucket");

        log.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)).Should().ContainSingle();
        (await new S3UploadBucket(QuirkyServer.Bucket, server.S3).HeadAsync("staging/1")).Should().BeNull("this bucket exists");
    }

    [Fact]
    public async Task EveryCall_MissingBucket_IsAConfigurationError()
    {
        await using var server = await QuirkyServer.StartAsync(LocalS3Quirks.None);
        var missing = new S3UploadBucket("upload", server.S3);
        Func<Task>[] calls =
        [
            () => missing.HeadAsync("k"),
            () => missing.OpenReadAsync("k", "\"e\"", 0, 1),
            () => missing.TryCopyAsync(new ConditionalCopy
            {
                SourceKey = "a",
                SourceETag = "\"e\"",
                Size = 1,
                DestinationKey = "b",
                ContentType = "text/plain",
                Settings = new ObjectSettings(),
            }),
            () => missing.PutAsync("k", "text/plain", new MemoryStream([1]), new ObjectSettings()),
            () => missing.ListAsync("k").ToListAsync().AsTask(),
            () => missing.ListIncompleteMultipartUploadsAsync("k").ToListAsync().AsTask(),
            () => missing.CreateMultipartUploadAsync("k", "text/plain", new ObjectSettings(), false),
            () => missing.ListPartsAsync("k", "id"),
            () => missing.TryCompleteMultipartUploadAsync("k", "id", [new StoredPart(1, 1, "\"e\"")], false),
            () => missing.AbortMultipartUploadAsync(new IncompleteMultipartUpload("k", "id", default)),
            () => missing.SetLifecycleAsync(new BucketLifecycleRules("staging/", 7)),
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
    public async Task Capabilities_Probe_LeavesNoObjects(LocalS3Quirks quirks, bool parts, bool writes)
    {
        await using var server = await QuirkyServer.StartAsync(quirks);
        var bucket = new S3UploadBucket(QuirkyServer.Bucket, server.S3);

        (await bucket.ProtectsInPlacePartsAsync("staging/health/1")).Should().Be(parts);
        (await bucket.HonorsConditionalWritesAsync("staging/health/2")).Should().Be(writes);
        (await bucket.HasCorsRulesAsync()).Should().BeTrue();

        (await bucket.ListAsync(string.Empty).ToListAsync()).Should().BeEmpty();
        (await bucket.ListIncompleteMultipartUploadsAsync(string.Empty).ToListAsync()).Should().BeEmpty();
    }

    private static async Task<ConditionalCopy> CreateCopyAsync(S3UploadBucket bucket)
    {
        var source = (await bucket.HeadAsync("source"))!;
        return new ConditionalCopy
        {
            SourceKey = "source",
            SourceETag = source.ETag,
            Size = source.Size,
            DestinationKey = "copy",
            ContentType = "video/mp4",
            Settings = new ObjectSettings(),
        };
    }

    /// <summary>Replaces the source just before the first copy that has no condition.</summary>
    private sealed class SourceReplacingClient(QuirkyServer server, Func<Task> swap) : AmazonS3Client(
        server.Access.AccessKey, server.Access.SecretKey,
        new AmazonS3Config
        {
            ServiceURL = server.Access.Endpoint,
            ForcePathStyle = true,
            AuthenticationRegion = server.Access.Region,
            UseHttp = true,
            MaxErrorRetry = 0,
        })
    {
        private int _replacements;

        public int Replacements => Math.Min(_replacements, 1);

        public override async Task<CopyObjectResponse> CopyObjectAsync(
            CopyObjectRequest request, CancellationToken cancellationToken = default)
        {
            if (request.ETagToMatch is null && Interlocked.Increment(ref _replacements) == 1)
                await swap();
            return await base.CopyObjectAsync(request, cancellationToken);
        }

        public override async Task<CopyPartResponse> CopyPartAsync(CopyPartRequest request, CancellationToken cancellationToken = default)
        {
            if (request.ETagToMatch is not { Count: > 0 } && Interlocked.Increment(ref _replacements) == 1)
                await swap();
            return await base.CopyPartAsync(request, cancellationToken);
        }
    }
}
