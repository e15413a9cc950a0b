using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.LocalS3.Tests;

/// <summary>The AWS SDK for .NET with its defaults: signed chunks with checksum trailers, and checksums verified on reading.</summary>
public class LocalS3ServerAwsSdkTests
{
    [Theory]
    [InlineData("a b+c/é(1)~*'!@=.txt")]
    [InlineData("a//b//")]
    [InlineData("trailing.")]
    [InlineData("100%25")]
    public async Task An_object_is_put_read_and_deleted(string key)
    {
        await using var server = await LocalS3TestServer.StartAsync();
        var put = new PutObjectRequest { BucketName = "uploads", Key = key, ContentBody = "hello", ContentType = "text/plain" };
        put.Metadata["note"] = "n";
        put.Headers.CacheControl = "no-store";
        (await server.S3.PutObjectAsync(put)).ETag.Should().Be("\"5d41402abc4b2a76b9719d911017c592\"");

        using var got = await server.S3.GetObjectAsync("uploads", key);
        (await new StreamReader(got.ResponseStream).ReadToEndAsync()).Should().Be("hello");
        (got.Headers.ContentType, got.Headers.CacheControl, got.Metadata["note"]).Should().Be(("text/plain", "no-store", "n"));

        await server.S3.DeleteObjectAsync("uploads", key);
        (await FluentActions.Awaiting(() => server.S3.GetObjectMetadataAsync("uploads", key)).Should().ThrowAsync<AmazonS3Exception>())
            .Which.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(200_000)]
    public async Task A_stream_of_any_length_is_stored(int size)
    {
        await using var server = await LocalS3TestServer.StartAsync();
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        await server.S3.PutObjectAsync(new PutObjectRequest { BucketName = "uploads", Key = "s", InputStream = new MemoryStream(bytes) });

        using var got = await server.S3.GetObjectAsync(
            new GetObjectRequest { BucketName = "uploads", Key = "s", ChecksumMode = ChecksumMode.ENABLED });
        got.ChecksumCRC32.Should().NotBeNull("the SDK sends one by default");
        using var read = new MemoryStream();
        await got.ResponseStream.CopyToAsync(read);
        read.ToArray().Should().Equal(bytes);
    }

    [Theory]
    [InlineData("SHA256")]
    [InlineData("SHA1")]
    [InlineData("CRC32")]
    public async Task The_SDK_s_checksum_matches_the_server_s(string algorithm)
    {
        await using var server = await LocalS3TestServer.StartAsync();
        await server.S3.PutObjectAsync(new PutObjectRequest
        {
            BucketName = "uploads",
            Key = "c",
            ContentBody = new string('x', 20_000),
            ChecksumAlgorithm = ChecksumAlgorithm.FindValue(algorithm),
        });
        using var got = await server.S3.GetObjectAsync(
            new GetObjectRequest { BucketName = "uploads", Key = "c", ChecksumMode = ChecksumMode.ENABLED });
        (await new StreamReader(got.ResponseStream).ReadToEndAsync()).Should().HaveLength(20_000);
    }

    [Fact]
    public async Task A_copy_with_if_match_requires_the_source_ETag()
    {
        await using var server = await LocalS3TestServer.StartAsync();
        var etag = (await PutAsync(server, "src é", "hello")).ETag;
        var copy = new CopyObjectRequest
        {
            SourceBucket = "uploads",
            SourceKey = "src é",
            DestinationBucket = "uploads",
            DestinationKey = "dst",
            ETagToMatch = etag,
        };
        (await server.S3.CopyObjectAsync(copy)).ETag.Should().Be(etag);

        await PutAsync(server, "src é", "swapped");
        (await FluentActions.Awaiting(() => server.S3.CopyObjectAsync(copy)).Should().ThrowAsync<AmazonS3Exception>())
            .Which.StatusCode.Should().Be(HttpStatusCode.PreconditionFailed);
        using var got = await server.S3.GetObjectAsync("uploads", "dst");
        (await new StreamReader(got.ResponseStream).ReadToEndAsync()).Should().Be("hello");
    }

    [Fact]
    public async Task Listing_pages_and_deleting_many_work()
    {
        await using var server = await LocalS3TestServer.StartAsync();
        foreach (var key in new[] { "a/1", "a/2", "b c", "d" })
            await PutAsync(server, key, "x");

        var pages = server.S3.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = "uploads", MaxKeys = 2 });
        var keys = new List<string>();
        await foreach (var item in pages.S3Objects)
            keys.Add(item.Key);
        keys.Should().Equal("a/1", "a/2", "b c", "d");

        await server.S3.DeleteObjectsAsync(
            new DeleteObjectsRequest { BucketName = "uploads", Objects = [.. keys.Select(k => new KeyVersion { Key = k })] });
        (await server.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "uploads" })).KeyCount.Should().Be(0);
    }

    [Fact]
    public async Task Buckets_and_their_cors_are_managed()
    {
        await using var server = await LocalS3TestServer.StartAsync();
        await server.S3.PutBucketAsync("second");
        (await server.S3.ListBucketsAsync()).Buckets.Select(b => b.BucketName).Should().Equal("second", "uploads");
        await server.S3.PutCORSConfigurationAsync(new PutCORSConfigurationRequest
        {
            BucketName = "second",
            Configuration = new() { Rules = [new() { AllowedMethods = ["PUT"], AllowedOrigins = ["http://a"] }] },
        });
        (await server.S3.GetCORSConfigurationAsync("second")).Configuration.Rules.Single().AllowedOrigins.Should().Equal("http://a");
        await server.S3.DeleteCORSConfigurationAsync("second");
        await server.S3.DeleteBucketAsync("second");
    }

    [Fact]
    public async Task A_presigned_URL_works_only_as_signed()
    {
        await using var server = await LocalS3TestServer.StartAsync();
        var url = server.Presign("k", HttpVerb.PUT, r => r.ContentType = "text/plain");
        (await server.Http.PutAsync(url, new StringContent("x", null, "text/html"))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        using var content = new ByteArrayContent("x"u8.ToArray());
        content.Headers.ContentType = new("text/plain");
        (await server.Http.PutAsync(url, content)).StatusCode.Should().Be(HttpStatusCode.OK);

        var get = server.Presign("k", HttpVerb.GET, r => r.ResponseHeaderOverrides.ContentDisposition = "attachment");
        using var answer = await server.Http.GetAsync(get);
        answer.Content.Headers.ContentDisposition!.DispositionType.Should().Be("attachment");
    }

    [Fact]
    public async Task An_unsupported_operation_returns_NotImplemented()
    {
        await using var server = await LocalS3TestServer.StartAsync();
        (await FluentActions.Awaiting(() => server.S3.DeleteBucketPolicyAsync("uploads"))
            .Should().ThrowAsync<AmazonS3Exception>())
            .Which.StatusCode.Should().Be(HttpStatusCode.NotImplemented);
    }

    private static Task<PutObjectResponse> PutAsync(LocalS3TestServer server, string key, string content) =>
        server.S3.PutObjectAsync(new PutObjectRequest { BucketName = "uploads", Key = key, ContentBody = content });
}
