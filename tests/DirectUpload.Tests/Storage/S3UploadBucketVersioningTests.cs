using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.Storage;
using DirectUpload.TestKit;

namespace DirectUpload.Tests.Storage;

/// <summary>
/// What is deleted is gone for good, also where the bucket keeps versions, and however often the process died in between.
/// </summary>
public abstract class S3UploadBucketVersioningTests<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : S3ServerFixture
{
    private static readonly CancellationToken NoCancellation = CancellationToken.None;

    private readonly MethodRecordingHandler _calls = new();

    [Theory]
    [InlineData("Enabled")]
    [InlineData("Suspended")]
    public async Task Delete_VersionedBucket_LeavesNoVersionAndNoMarker(string status)
    {
        var name = await CreateBucketAsync("Enabled");
        for (var version = 0; version < 12; version++)
            await PutAsync(name, "a.txt");
        await server.S3.DeleteObjectAsync(name, "a.txt", NoCancellation);
        await PutAsync(name, "a.txt.other");
        await SetVersioningAsync(name, status);
        await PutAsync(name, "a.txt");

        await new S3UploadBucket(name, server.S3).DeleteAsync("a.txt", NoCancellation);

        (await ListVersionKeysAsync(name)).Should().Equal("a.txt.other");
    }

    [Theory]
    [InlineData("Enabled")]
    [InlineData("Suspended")]
    public async Task Delete_OnlyMarkerCreatedBefore_LeavesNothing(string status)
    {
        var name = await CreateBucketAsync("Enabled");
        await PutAsync(name, "a.txt");
        await SetVersioningAsync(name, status);
        await PutAsync(name, "a.txt");
        await server.S3.DeleteObjectAsync(name, "a.txt", NoCancellation);

        // A process that knows nothing yet.
        await new S3UploadBucket(name, server.S3).DeleteAsync("a.txt", NoCancellation);

        (await ListVersionKeysAsync(name)).Should().BeEmpty();
    }

    [Fact]
    public async Task ListKeys_VersionedBucket_IncludesDeletedKeys()
    {
        var name = await CreateBucketAsync("Enabled");
        await PutAsync(name, "f/1");
        await PutAsync(name, "f/1");
        await PutAsync(name, "f/2");
        await server.S3.DeleteObjectAsync(name, "f/2", NoCancellation);
        var bucket = new S3UploadBucket(name, server.S3);
        (await bucket.HeadAsync("f/1", NoCancellation)).Should().NotBeNull();

        (await bucket.ListKeysAsync("f/", NoCancellation).ToListAsync()).Should().Equal("f/1", "f/2");
    }

    [Fact]
    public async Task Delete_UnversionedBucket_SendsOneHead()
    {
        var name = await server.CreateBucketAsync();
        foreach (var key in new[] { "1", "2", "3" })
            await PutAsync(name, key);
        var bucket = new S3UploadBucket(name, server.Access.CreateClient(http: new HandlerClientFactory(_calls)));

        await bucket.DeleteAsync("1", NoCancellation);
        await bucket.DeleteAsync("2", NoCancellation);
        await bucket.DeleteAsync("3", NoCancellation);
        await bucket.DeleteAsync("never", NoCancellation);

        _calls.Methods.Should().Equal("HEAD", "DELETE", "DELETE", "DELETE", "DELETE");
        (await ListVersionKeysAsync(name)).Should().BeEmpty();
    }

    [Fact]
    public async Task Delete_VersioningEnabledLater_DeletesVersions()
    {
        var name = await server.CreateBucketAsync();
        await PutAsync(name, "1");
        var bucket = new S3UploadBucket(name, server.S3);
        await bucket.DeleteAsync("1", NoCancellation);
        await SetVersioningAsync(name, "Enabled");
        await PutAsync(name, "2");

        await bucket.DeleteAsync("2", NoCancellation);

        (await ListVersionKeysAsync(name)).Should().BeEmpty();
    }

    private async Task<string> CreateBucketAsync(string status)
    {
        var name = await server.CreateBucketAsync();
        await SetVersioningAsync(name, status);
        return name;
    }

    private Task SetVersioningAsync(string name, string status) => server.S3.PutBucketVersioningAsync(
        new PutBucketVersioningRequest
        {
            BucketName = name,
            VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.FindValue(status) },
        }, NoCancellation);

    private Task PutAsync(string name, string key) =>
        server.S3.PutObjectAsync(new PutObjectRequest { BucketName = name, Key = key, ContentBody = "text" }, NoCancellation);

    private async Task<IEnumerable<string>> ListVersionKeysAsync(string name) =>
        ((await server.S3.ListVersionsAsync(name, NoCancellation)).Versions ?? []).Select(version => version.Key);
}

/// <summary>Notes the methods of a client's calls.</summary>
internal sealed class MethodRecordingHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    public List<string> Methods { get; } = [];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Methods.Add(request.Method.Method);
        return base.SendAsync(request, cancellationToken);
    }
}

public sealed class LocalS3UploadBucketVersioningTests(LocalS3Fixture server) : S3UploadBucketVersioningTests<LocalS3Fixture>(server);

public sealed class RgwUploadBucketVersioningTests(RgwFixture server) : S3UploadBucketVersioningTests<RgwFixture>(server);
