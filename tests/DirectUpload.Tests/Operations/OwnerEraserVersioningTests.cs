using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.Storage;
using DirectUpload.TestKit;
using DirectUpload.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DirectUpload.Tests.Operations;

/// <summary>An erased owner leaves no version and no delete marker in a bucket that keeps versions.</summary>
public sealed class OwnerEraserVersioningTests(LocalS3Fixture server) : IClassFixture<LocalS3Fixture>
{
    private static readonly CancellationToken NoCancellation = CancellationToken.None;

    [Theory]
    [InlineData("Enabled")]
    [InlineData("Suspended")]
    public async Task Erase_VersionedBucket_LeavesNoVersion(string status)
    {
        var bucket = await server.CreateBucketAsync();
        await SetVersioningAsync(bucket, "Enabled");
        await using var host = CreateHost(bucket);
        var (ready, pending, other) = (await host.GrantAsync(), await host.GrantAsync(), await host.GrantAsync(owner: "bob"));
        foreach (var grant in new[] { ready, pending, other })
        {
            await PutAsync(bucket, grant.Record.StagingKey, "HELLO, WORLD");
            await PutAsync(bucket, grant.Record.StagingKey, UploadHost.Text);
        }

        (await host.ConfirmAsync(ready)).Value!.Status.Should().Be(UploadStatus.Ready);
        // Someone wrote and deleted the served object by hand.
        await PutAsync(bucket, ready.Record.FinalKey, "another version");
        await server.S3.DeleteObjectAsync(bucket, ready.Record.FinalKey, NoCancellation);
        await SetVersioningAsync(bucket, status);

        (await host.Service.EraseOwnerAsync("ada")).Should().Be(2);
        (await ListKeysAsync(bucket)).Distinct().Should().Equal(other.Record.StagingKey);

        // A PUT that began before the grant ended, twice.
        await PutAsync(bucket, pending.Record.StagingKey, "late");
        await PutAsync(bucket, pending.Record.StagingKey, "later");
        await host.RunWorkerAtAsync(TimeSpan.FromMinutes(75));
        await host.RunWorkerAtAsync(TimeSpan.FromMinutes(76));

        (await ListKeysAsync(bucket)).Should().NotContain(pending.Record.StagingKey);
        (await host.Store.FindAsync(ready.Record.Id)).Should().BeNull();
        (await host.Store.FindAsync(pending.Record.Id)).Should().BeNull();
    }

    [Fact]
    public async Task Erase_PendingParts_AreAborted()
    {
        var bucket = await server.CreateBucketAsync();
        await using var host = CreateHost(bucket, notes => notes.UploadMethod = UploadMethod.Multipart);
        var grant = await host.GrantAsync();
        await server.S3.UploadPartAsync(
            new UploadPartRequest
            {
                BucketName = bucket,
                Key = grant.Record.StagingKey,
                UploadId = grant.Record.Parts!.MultipartId,
                PartNumber = 1,
                InputStream = new MemoryStream(new byte[100]),
            }, NoCancellation);

        await host.Service.EraseOwnerAsync("ada");

        (await server.S3.ListMultipartUploadsAsync(bucket, NoCancellation)).MultipartUploads.Should().BeNullOrEmpty();
    }

    private UploadHost CreateHost(string bucket, Action<UploadProfile>? profile = null) => new(
        profile: profile,
        configure: services => services.Replace(
            ServiceDescriptor.Singleton(new UploadBuckets(_ => new S3UploadBucket(bucket, server.S3)))));

    private Task SetVersioningAsync(string bucket, string status) => server.S3.PutBucketVersioningAsync(
        new PutBucketVersioningRequest
        {
            BucketName = bucket,
            VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.FindValue(status) },
        }, NoCancellation);

    private Task PutAsync(string bucket, string key, string text) => server.S3.PutObjectAsync(
        new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = text, ContentType = "text/plain" }, NoCancellation);

    private async Task<IEnumerable<string>> ListKeysAsync(string bucket) =>
        ((await server.S3.ListVersionsAsync(bucket, NoCancellation)).Versions ?? []).Select(version => version.Key);
}
