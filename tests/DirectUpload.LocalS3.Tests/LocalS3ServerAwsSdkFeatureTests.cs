using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;
using DirectUpload.TestKit;

namespace DirectUpload.LocalS3.Tests;

/// <summary>More of the AWS SDK for .NET with its defaults: what an application does with objects once they are there.</summary>
public class LocalS3ServerAwsSdkFeatureTests
{
    [Fact]
    public async Task Tags_are_set_with_the_object_and_separately()
    {
        await using var server = await LocalS3TestServer.StartAsync();
        await server.S3.PutObjectAsync(
            new() { BucketName = "uploads", Key = "a", ContentBody = "x", TagSet = [new() { Key = "état", Value = "prêt à" }] });
        (await TagsAsync(server)).Should().Equal("état=prêt à");
        await server.S3.PutObjectTaggingAsync(new()
        {
            BucketName = "uploads",
            Key = "a",
            Tagging = new() { TagSet = [new() { Key = "k", Value = "v" }, new() { Key = "l", Value = "" }] },
        });
        (await TagsAsync(server)).Should().Equal("k=v", "l=");
        using var got = await server.S3.GetObjectAsync("uploads", "a");
        got.TagCount.Should().Be(2);
        await server.S3.DeleteObjectTaggingAsync(new() { BucketName = "uploads", Key = "a" });
        (await TagsAsync(server)).Should().BeEmpty();
    }

    [Fact]
    public async Task An_acl_is_put_and_read()
    {
        await using var server = await LocalS3TestServer.StartAsync();
        await server.S3.PutObjectAsync(new() { BucketName = "uploads", Key = "a", ContentBody = "x" });
        await server.S3.PutObjectAclAsync(new() { BucketName = "uploads", Key = "a", ACL = S3CannedACL.PublicRead });
        var acl = await server.S3.GetObjectAclAsync(new() { BucketName = "uploads", Key = "a" });
        acl.Grants.Select(grant => $"{grant.Grantee.URI ?? "owner"} {grant.Permission}")
            .Should().Equal("owner FULL_CONTROL", "http://acs.amazonaws.com/groups/global/AllUsers READ");
        acl.Grants[0].Grantee.CanonicalUser.Should().Be(acl.Owner.Id);
    }

    [Fact]
    public async Task ListObjects_version_1_is_paged()
    {
        await using var server = await LocalS3TestServer.StartAsync();
        foreach (var key in new[] { "a", "b/1", "b/2", "c" })
            await server.S3.PutObjectAsync(new() { BucketName = "uploads", Key = key, ContentBody = "x" });
        var entries = new List<string>();
        await foreach (var page in server.S3.Paginators
            .ListObjects(new() { BucketName = "uploads", Delimiter = "/", MaxKeys = 1 }).Responses)
            entries.AddRange((page.S3Objects ?? []).Select(o => o.Key).Concat(page.CommonPrefixes ?? []));
        entries.Should().Equal("a", "b/", "c");
    }

    [Fact]
    public async Task The_transfer_utility_uploads_and_downloads()
    {
        await using var server = await LocalS3TestServer.StartAsync();
        using var transfer = new TransferUtility(server.S3);
        var bytes = new byte[1_000_000];
        new Random(1).NextBytes(bytes);
        await transfer.UploadAsync(new MemoryStream(bytes), "uploads", "big");
        await using var stream = await transfer.OpenStreamAsync("uploads", "big");
        using var read = new MemoryStream();
        await stream.CopyToAsync(read);
        read.ToArray().Should().Equal(bytes);
    }

    [Fact]
    public async Task A_lifecycle_configuration_is_put_read_and_deleted()
    {
        await using var server = await LocalS3TestServer.StartAsync();
        await server.S3.PutLifecycleConfigurationAsync("uploads", new()
        {
            Rules =
            [
                new()
                {
                    Id = "staging",
                    Status = LifecycleRuleStatus.Enabled,
                    Filter = new() { LifecycleFilterPredicate = new LifecyclePrefixPredicate { Prefix = "staging/" } },
                    Expiration = new() { Days = 2 },
                    AbortIncompleteMultipartUpload = new() { DaysAfterInitiation = 1 },
                },
            ],
        });
        var rule = (await server.S3.GetLifecycleConfigurationAsync("uploads")).Configuration.Rules.Should().ContainSingle().Which;
        (rule.Id, rule.Expiration.Days, rule.AbortIncompleteMultipartUpload.DaysAfterInitiation).Should().Be(("staging", 2, 1));
        ((LifecyclePrefixPredicate)rule.Filter.LifecycleFilterPredicate).Prefix.Should().Be("staging/");
        (await server.S3.PutObjectAsync(new() { BucketName = "uploads", Key = "staging/a", ContentBody = "x" })).Expiration.RuleId
            .Should().Be("staging");
        await server.S3.DeleteLifecycleConfigurationAsync("uploads");
        // The SDK takes the 404 for an empty configuration.
        (await server.S3.GetLifecycleConfigurationAsync("uploads")).Configuration.Rules.Should().BeNullOrEmpty();
    }

    [Fact]
    public async Task A_session_works_in_virtual_host_style()
    {
        await using var server = await LocalS3TestServer.StartAsync();
        var session = server.Server.IssueSession(TimeSpan.FromMinutes(15));
        using var s3 = new AmazonS3Client(session.AccessKey, session.SecretKey, session.SessionToken, new AmazonS3Config
        {
            ServiceURL = $"http://s3.localhost:{server.Endpoint.Port}",
            AuthenticationRegion = "us-east-1",
            HttpClientFactory = new LoopbackFactory(),
        });
        await s3.PutObjectAsync(new() { BucketName = "uploads", Key = "a b/é", ContentBody = "hello" });
        using var got = await s3.GetObjectAsync("uploads", "a b/é");
        (await new StreamReader(got.ResponseStream).ReadToEndAsync()).Should().Be("hello");
        (await s3.ListObjectsV2Async(new() { BucketName = "uploads" })).S3Objects.Should().ContainSingle().Which.Key.Should().Be("a b/é");
        await s3.DeleteObjectAsync("uploads", "a b/é");
        server.Folder.Blobs().Should().BeEmpty();
    }

    private static async Task<IEnumerable<string>> TagsAsync(LocalS3TestServer server) =>
        ((await server.S3.GetObjectTaggingAsync(new() { BucketName = "uploads", Key = "a" })).Tagging ?? [])
            .Select(tag => $"{tag.Key}={tag.Value}");

    private sealed class LoopbackFactory : Amazon.Runtime.HttpClientFactory
    {
        public override HttpClient CreateHttpClient(Amazon.Runtime.IClientConfig clientConfig) =>
            new(new SocketsHttpHandler { ConnectCallback = Loopback.ConnectAsync, UseProxy = false });
    }
}
