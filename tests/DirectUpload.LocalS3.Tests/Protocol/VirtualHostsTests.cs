using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Tests.Protocol;

public class VirtualHostsTests
{
    private static readonly VirtualHosts Hosts = new(["localhost", "s3.localhost"]);

    [Theory]
    [InlineData("photos.s3.localhost", "photos")]
    [InlineData("my.photos.s3.localhost", "my.photos")]
    [InlineData("photos.localhost", "photos")]
    [InlineData("Photos.S3.LocalHost", "photos")]
    [InlineData("s3.localhost", null)]
    [InlineData("localhost", null)]
    [InlineData(".localhost", null)]
    [InlineData("photoslocalhost", null)]
    [InlineData("127.0.0.1", null)]
    [InlineData("photos.example.com", null)]
    public void The_bucket_precedes_the_longest_suffix(string host, string? bucket)
    {
        Hosts.TryGetBucket(host, out var found).Should().Be(bucket is not null);
        found.Should().Be(bucket);
    }

    [Theory]
    [InlineData("/", "", "/")]
    [InlineData("/a", "a", "/a")]
    [InlineData("//a//b/", "/a//b/", "//a//b/")]
    [InlineData("/a%20b/../c", "a b/../c", "/a%20b/../c")]
    public void At_a_bucket_s_host_the_whole_path_is_the_key(string raw, string key, string canonical)
    {
        var target = RequestTarget.Parse(raw, "photos");
        (target.Bucket, target.Key, target.CanonicalPath).Should().Be(("photos", key, canonical));
    }
}
