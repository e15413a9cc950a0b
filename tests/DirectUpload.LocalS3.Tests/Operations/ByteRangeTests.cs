using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Tests.Signing;

namespace DirectUpload.LocalS3.Tests.Operations;

public class ByteRangeTests
{
    [Theory]
    [InlineData("bytes=0-4", 0, 5)]
    [InlineData("bytes=5-", 5, 5)]
    [InlineData("bytes=-3", 7, 3)]
    [InlineData("bytes=-30", 0, 10)]
    [InlineData("bytes=8-99", 8, 2)]
    [InlineData("bytes=9-9", 9, 1)]
    public void A_range_is_read(string header, long first, long length) => Read(header, 10).Should().Be(new ByteRange(first, length));

    [Theory]
    [InlineData("bytes=4-2")]
    [InlineData("bytes=0-1,3-4")]
    [InlineData("bytes=x-")]
    [InlineData("bytes=-")]
    [InlineData("lines=0-1")]
    public void Anything_but_a_single_range_returns_the_whole(string header) => Read(header, 10).Should().BeNull();

    [Theory]
    [InlineData("bytes=10-", 10)]
    [InlineData("bytes=0-", 0)]
    [InlineData("bytes=-0", 10)]
    public void A_range_outside_the_object_is_not_satisfiable(string header, long size) =>
        ((Action)(() => Read(header, size))).Should().Throw<S3Exception>().Which.Status.Should().Be(416);

    [Fact]
    public void A_range_of_a_changed_object_returns_the_whole()
    {
        Read("bytes=0-1", 10, ("If-Range", "\"etag\"")).Should().NotBeNull();
        Read("bytes=0-1", 10, ("If-Range", "\"other\"")).Should().BeNull();
    }

    private static ByteRange? Read(string header, long size, params (string, string)[] more) => ByteRange.Read(
        TestRequestFactory.Create("GET", "/b/k", [("Range", header), .. more]),
        new StoredObject
        {
            Key = "k",
            Parts = [],
            Size = size,
            ETag = "etag",
            LastModified = DateTimeOffset.UnixEpoch,
            Attributes = new(),
        });
}
