using DirectUpload.Presigning;

namespace DirectUpload.Tests.Presigning;

/// <summary>What the requests of a multipart upload may ask for, and what they sign.</summary>
public sealed class PresignedUploadIssuerMultipartTests
{
    private static readonly PresignedUploadIssuer Issuer = TestIssuer.CreateDefault();

    public static TheoryData<UrlRequest, string> InvalidRequests { get; } = new()
    {
        { MultipartUrlRequest.UploadPart("a", "id", 0), "*parts 0 to 0*from 1 to 10000*" },
        { MultipartUrlRequest.UploadPart("a", "id", 10_001), "*from 1 to 10000*" },
        { MultipartUrlRequest.UploadPart("a", "", 1), "*UploadId is empty*CreateMultipartUpload*" },
        { MultipartUrlRequest.UploadPart("a", "id", 1, contentLength: -1), "*ContentLength is -1*" },
        { MultipartUrlRequest.UploadPart("a", "id", 1, checksumSha256: "x"), "*ChecksumSha256*44 characters*" },
        { MultipartUrlRequest.ListParts("a", "id", maxParts: 1001), "*MaxParts is 1001*" },
        { MultipartUrlRequest.ListParts("a", "id", partNumberMarker: -1), "*PartNumberMarker is -1*" },
        { MultipartUrlRequest.ListParts("a", ""), "*UploadId is empty*" },
        { MultipartUrlRequest.Complete("a", ""), "*UploadId is empty*" },
        { MultipartUrlRequest.Abort("a", ""), "*UploadId is empty*" },
        { MultipartUrlRequest.Create("a", contentType: "é"), "*content-type*U+00E9*" },
    };

    [Theory]
    [MemberData(nameof(InvalidRequests), DisableDiscoveryEnumeration = true)]
    public async Task Presign_InvalidRequest_ThrowsWithReason(UrlRequest request, string message) =>
        (await Issuer.Awaiting(it => it.PresignAsync(request).AsTask()).Should().ThrowAsync<ArgumentException>()).WithMessage(message);

    [Theory]
    [InlineData(0, 1, "*parts 0 to 0*")]
    [InlineData(1, 0, "*Count is 0*at least one part*")]
    [InlineData(1, -5, "*Count is -5*")]
    [InlineData(9_999, 3, "*parts 9999 to 10001*")]
    [InlineData(int.MaxValue, int.MaxValue, "*out of range*")]
    public async Task PresignParts_NumbersOutOfRange_Throws(int first, int count, string message) =>
        (await Issuer.Awaiting(
            it => it.PresignPartsAsync(new PartUrlsRequest { Key = "a", UploadId = "id", FirstPart = first, Count = count }).AsTask())
            .Should().ThrowAsync<ArgumentException>()).WithMessage(message);

    [Fact]
    public async Task PresignParts_Batch_EqualsSingleParts()
    {
        var batch = await Issuer.PresignPartsAsync(
            new PartUrlsRequest { Key = "a b", UploadId = "i+d", FirstPart = 9_990, Count = 11, ContentLength = 5 });

        batch.FirstPart.Should().Be(9_990);
        batch.Urls.Should().HaveCount(11);
        for (var at = 0; at < batch.Urls.Count; at++)
        {
            var one = await Issuer.PresignAsync(MultipartUrlRequest.UploadPart("a b", "i+d", 9_990 + at, contentLength: 5));
            batch.Urls[at].Should().Be(one.Url);
        }
    }

    [Fact]
    public async Task PresignParts_TenThousand_AllocateLittle()
    {
        var request = new PartUrlsRequest { Key = "a", UploadId = "id", Count = 10_000 };
        await Issuer.PresignPartsAsync(request);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var parts = await Issuer.PresignPartsAsync(request);
        var spent = GC.GetAllocatedBytesForCurrentThread() - before;

        // A text weighs 22 bytes beside its characters, rounded up to eight, and the list 8 for each.
        spent.Should().BeLessThan(parts.Urls.Sum(url => (22 + (2L * url.Length) + 7) / 8 * 8) + (8 * 10_000) + 20_000);
    }

    [Fact]
    public async Task CreateMultipart_Settings_AreSigned()
    {
        var create = await Issuer.PresignAsync(MultipartUrlRequest.Create(
            "a", contentType: "video/mp4", checksumAlgorithm: "SHA256",
            settings: new ObjectSettings
            {
                Acl = "private",
                CacheControl = "no-store",
                ServerSideEncryption = "AES256",
                Metadata = { ["b"] = "2", ["a"] = "1" },
                Tags = { ["t"] = "1" },
            }));

        create.Method.Should().Be("POST");
        SignedUrl.Parse(create.Url).SignedHeaders.Should().Be(
            "cache-control;content-type;host;x-amz-acl;x-amz-checksum-algorithm;x-amz-meta-a;x-amz-meta-b;x-amz-server-side-encryption;" +
            "x-amz-tagging");
        create.Headers.Should().HaveCount(8).And.ContainKey("x-amz-meta-a").WhoseValue.Should().Be("1");
        create.Url.Should().Contain("&uploads=&X-Amz-Signature=");
    }
}
