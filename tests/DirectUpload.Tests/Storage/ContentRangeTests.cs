using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.Storage;
using NSubstitute;

namespace DirectUpload.Tests.Storage;

/// <summary>Storage, or a proxy in front of it, returns other bytes than those that were requested.</summary>
public sealed class ContentRangeTests
{
    private const string ETag = "\"etag\"";

    private readonly IAmazonS3 _client = Substitute.For<IAmazonS3>();

    [Theory]
    [InlineData("bytes 100-149/1000", 50)]
    [InlineData("bytes 100-149/*", 50)]
    [InlineData("bytes 100-149/1000", 0)]
    public async Task OpenRead_RequestedRange_IsReturned(string range, long contentLength)
    {
        Answer(range, contentLength);

        (await OpenAsync(100, 50)).Should().NotBeNull();
    }

    [Theory]
    [InlineData(null, 1000)]
    [InlineData("", 50)]
    [InlineData("bytes 0-49/1000", 50)]
    [InlineData("bytes 101-150/1000", 50)]
    [InlineData("bytes 100-148/1000", 49)]
    [InlineData("bytes 100-999/1000", 900)]
    [InlineData("bytes 100-149/1000", 900)]
    [InlineData("bytes */1000", 50)]
    [InlineData("items 100-149/1000", 50)]
    [InlineData("100-149", 50)]
    public async Task OpenRead_AnotherRange_IsRefusedAsUnavailable(string? range, long contentLength)
    {
        var body = Answer(range, contentLength);

        await FluentActions.Awaiting(() => OpenAsync(100, 50)).Should().ThrowAsync<IOException>().WithMessage("*100 to 149*");
        body.CanRead.Should().BeFalse("the connection is released");
    }

    [Fact]
    public async Task OpenRead_WholeObjectWithoutRange_IsReturned()
    {
        Answer(range: null, contentLength: 50);

        (await OpenAsync(0, 50)).Should().NotBeNull();
        await FluentActions.Awaiting(() => OpenAsync(0, 49)).Should().ThrowAsync<IOException>();
    }

    private async Task<Stream?> OpenAsync(long offset, long length) =>
        await new S3UploadBucket("uploads", _client).OpenReadAsync("key", ETag, offset, length);

    private MemoryStream Answer(string? range, long contentLength)
    {
        var body = new MemoryStream();
        _client.GetObjectAsync(Arg.Any<GetObjectRequest>(), Arg.Any<CancellationToken>()).Returns(_ => new GetObjectResponse
        {
            HttpStatusCode = HttpStatusCode.PartialContent,
            ETag = ETag,
            ContentRange = range,
            ContentLength = contentLength,
            ResponseStream = body,
        });
        return body;
    }
}
