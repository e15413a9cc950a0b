using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.LocalS3.Tests;

/// <summary>Versions as the AWS SDK for .NET sees them.</summary>
public class LocalS3ServerVersioningTests
{
    [Fact]
    public async Task Versions_are_written_listed_copied_and_deleted()
    {
        await using var server = await LocalS3TestServer.StartAsync();
        await server.S3.PutBucketVersioningAsync(
            new() { BucketName = "uploads", VersioningConfig = new() { Status = VersionStatus.Enabled } });
        (await server.S3.GetBucketVersioningAsync("uploads")).VersioningConfig.Status.Should().Be(VersionStatus.Enabled);
        var first = await PutAsync(server, "a b?é", "first");
        var second = await PutAsync(server, "a b?é", "second");
        var deleted = await server.S3.DeleteObjectAsync("uploads", "a b?é");
        deleted.DeleteMarker.Should().Be("true");

        var listed = new List<S3ObjectVersion>();
        await foreach (var version in server.S3.Paginators
            .ListVersions(new ListVersionsRequest { BucketName = "uploads", MaxKeys = 1 }).Versions)
            listed.Add(version);
        listed.Select(v => (v.VersionId, v.IsDeleteMarker ?? false, v.IsLatest ?? false)).Should().Equal(
            (deleted.VersionId, true, true), (second, false, false), (first, false, false));

        await server.S3.CopyObjectAsync(new CopyObjectRequest
        {
            SourceBucket = "uploads",
            SourceKey = "a b?é",
            SourceVersionId = first,
            DestinationBucket = "uploads",
            DestinationKey = "a b?é",
        });
        (await ReadAsync(server, "a b?é", null), await ReadAsync(server, "a b?é", second)).Should().Be(("first", "second"));
        await server.S3.DeleteObjectAsync("uploads", "a b?é", second);
        (await FluentActions.Awaiting(() => ReadAsync(server, "a b?é", second)).Should().ThrowAsync<AmazonS3Exception>())
            .Which.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    private static async Task<string> PutAsync(LocalS3TestServer server, string key, string content) =>
        (await server.S3.PutObjectAsync(new PutObjectRequest { BucketName = "uploads", Key = key, ContentBody = content })).VersionId;

    private static async Task<string> ReadAsync(LocalS3TestServer server, string key, string? version)
    {
        using var got = await server.S3.GetObjectAsync(new GetObjectRequest { BucketName = "uploads", Key = key, VersionId = version });
        return await new StreamReader(got.ResponseStream).ReadToEndAsync();
    }
}
