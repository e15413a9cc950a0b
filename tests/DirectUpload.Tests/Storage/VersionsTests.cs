using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.Storage;
using DirectUpload.TestKit;

namespace DirectUpload.Tests.Storage;

/// <summary>What is deleted is gone for good, also where the bucket keeps versions, and however often the process died in between.</summary>
public abstract class VersionsTests<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : S3ServerFixture
{
    private static readonly CancellationToken Ending = CancellationToken.None;

    private readonly CountingHandler _calls = new();

    [Theory]
    [InlineData("Enabled")]
    [InlineData("Suspended")]
    public async Task Delete_VersionedBucket_LeavesNoVersionAndNoMarker(string status)
    {
        var name = await BucketAsync("Enabled");
        for (var version = 0; version < 12; version++)
            await PutAsync(name, "a.txt");
        await server.S3.DeleteObjectAsync(name, "a.txt", Ending);
        await PutAsync(name, "a.txt.other");
        await SetVersioningAsync(name, status);
        await PutAsync(name, "a.txt");

        await new S3UploadBucket(name, server.S3).DeleteAsync("a.txt", Ending);

        (await VersionsAsync(name)).Should().Equal("a.txt.other");
    }

    [Theory]
    [InlineData("Enabled")]
    [InlineData("Suspended")]
    public async Task Delete_AfterACrashBehindTheMarker_LeavesNothing(string status)
    {
        var name = await BucketAsync("Enabled");
        await PutAsync(name, "a.txt");
        await SetVersioningAsync(name, status);
        await PutAsync(name, "a.txt");
        await server.S3.DeleteObjectAsync(name, "a.txt", Ending);

        // A process that knows nothing yet.
        await new S3UploadBucket(name, server.S3).DeleteAsync("a.txt", Ending);

        (await VersionsAsync(name)).Should().BeEmpty();
    }

    [Fact]
    public async Task ListKeys_VersionedBucket_ShowsWhatAMarkerHides()
    {
        var name = await BucketAsync("Enabled");
        await PutAsync(name, "f/1");
        await PutAsync(name, "f/1");
        await PutAsync(name, "f/2");
        await server.S3.DeleteObjectAsync(name, "f/2", Ending);
        var bucket = new S3UploadBucket(name, server.S3);
        (await bucket.HeadAsync("f/1", Ending)).Should().NotBeNull();

        (await bucket.ListKeysAsync("f/", Ending).ToListAsync()).Should().Equal("f/1", "f/2");
    }

    [Fact]
    public async Task Delete_BucketWithoutVersions_CostsOneHeadOnce()
    {
        var name = await server.CreateBucketAsync();
        foreach (var key in new[] { "1", "2", "3" })
            await PutAsync(name, key);
        var bucket = new S3UploadBucket(name, server.Access.CreateClient(http: new HandlerClientFactory(_calls)));

        await bucket.DeleteAsync("1", Ending);
        await bucket.DeleteAsync("2", Ending);
        await bucket.DeleteAsync("3", Ending);
        await bucket.DeleteAsync("never", Ending);

        _calls.Methods.Should().Equal("HEAD", "DELETE", "DELETE", "DELETE", "DELETE");
        (await VersionsAsync(name)).Should().BeEmpty();
    }

    [Fact]
    public async Task Delete_VersionsTurnedOnLater_AreFound()
    {
        var name = await server.CreateBucketAsync();
        await PutAsync(name, "1");
        var bucket = new S3UploadBucket(name, server.S3);
        await bucket.DeleteAsync("1", Ending);
        await SetVersioningAsync(name, "Enabled");
        await PutAsync(name, "2");

        await bucket.DeleteAsync("2", Ending);

        (await VersionsAsync(name)).Should().BeEmpty();
    }

    private async Task<string> BucketAsync(string status)
    {
        var name = await server.CreateBucketAsync();
        await SetVersioningAsync(name, status);
        return name;
    }

    private Task SetVersioningAsync(string name, string status) => server.S3.PutBucketVersioningAsync(
        new PutBucketVersioningRequest { BucketName = name, VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.FindValue(status) } }, Ending);

    private Task PutAsync(string name, string key) => server.S3.PutObjectAsync(new PutObjectRequest { BucketName = name, Key = key, ContentBody = "text" }, Ending);

    private async Task<IEnumerable<string>> VersionsAsync(string name) => ((await server.S3.ListVersionsAsync(name, Ending)).Versions ?? []).Select(version => version.Key);
}

/// <summary>Notes the methods of a client's calls.</summary>
internal sealed class CountingHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    public List<string> Methods { get; } = [];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Methods.Add(request.Method.Method);
        return base.SendAsync(request, cancellationToken);
    }
}

public sealed class LocalS3VersionsTests(LocalS3Fixture server) : VersionsTests<LocalS3Fixture>(server);

public sealed class RgwVersionsTests(RgwFixture server) : VersionsTests<RgwFixture>(server);
