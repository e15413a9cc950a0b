using DirectUpload.Signing;

namespace DirectUpload.Tests.Signing;

/// <summary>What the requests of a multipart upload may ask for, and what they sign.</summary>
public sealed class MultipartRequestTests
{
    private static readonly PresignedUploadIssuer Issuer = TestIssuer.Simple();

    public static TheoryData<UrlRequest, string> Wrong { get; } = new()
    {
        { new PartUrlRequest { Key = "a", UploadId = "id", PartNumber = 0 }, "*parts 0 to 0*from 1 to 10000*" },
        { new PartUrlRequest { Key = "a", UploadId = "id", PartNumber = 10_001 }, "*from 1 to 10000*" },
        { new PartUrlRequest { Key = "a", UploadId = "", PartNumber = 1 }, "*UploadId is empty*CreateMultipartUpload*" },
        { new PartUrlRequest { Key = "a", UploadId = "id", PartNumber = 1, ContentLength = -1 }, "*ContentLength is -1*" },
        { new PartUrlRequest { Key = "a", UploadId = "id", PartNumber = 1, ChecksumSha256 = "x" }, "*ChecksumSha256*44 characters*" },
        { new ListPartsUrlRequest { Key = "a", UploadId = "id", MaxParts = 1001 }, "*MaxParts is 1001*" },
        { new ListPartsUrlRequest { Key = "a", UploadId = "id", PartNumberMarker = -1 }, "*PartNumberMarker is -1*" },
        { new ListPartsUrlRequest { Key = "a", UploadId = "" }, "*UploadId is empty*" },
        { new CompleteMultipartUrlRequest { Key = "a", UploadId = "" }, "*UploadId is empty*" },
        { new AbortMultipartUrlRequest { Key = "a", UploadId = "" }, "*UploadId is empty*" },
        { new CreateMultipartUrlRequest { Key = "a", ContentType = "é" }, "*content-type*U+00E9*" },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public async Task What_cannot_work_is_refused_with_a_reason(UrlRequest request, string message) =>
        (await Issuer.Awaiting(it => it.PresignAsync(request).AsTask()).Should().ThrowAsync<ArgumentException>()).WithMessage(message);

    [Theory]
    [InlineData(0, 1, "*parts 0 to 0*")]
    [InlineData(1, 0, "*Count is 0*at least one part*")]
    [InlineData(1, -5, "*Count is -5*")]
    [InlineData(9_999, 3, "*parts 9999 to 10001*")]
    [InlineData(int.MaxValue, int.MaxValue, "*out of range*")]
    public async Task A_batch_of_parts_that_do_not_exist_is_refused(int first, int count, string message) =>
        (await Issuer.Awaiting(it => it.PresignPartsAsync(new PartUrlsRequest { Key = "a", UploadId = "id", FirstPart = first, Count = count }).AsTask())
            .Should().ThrowAsync<ArgumentException>()).WithMessage(message);

    [Fact]
    public async Task A_batch_is_what_each_part_by_itself_is()
    {
        var batch = await Issuer.PresignPartsAsync(new PartUrlsRequest { Key = "a b", UploadId = "i+d", FirstPart = 9_990, Count = 11, ContentLength = 5 });

        batch.FirstPart.Should().Be(9_990);
        batch.Urls.Should().HaveCount(11);
        for (var at = 0; at < batch.Urls.Count; at++)
        {
            var one = await Issuer.PresignAsync(new PartUrlRequest { Key = "a b", UploadId = "i+d", PartNumber = 9_990 + at, ContentLength = 5 });
            batch.Urls[at].Should().Be(one.Url);
        }
    }

    [Fact]
    public async Task Ten_thousand_parts_cost_their_URLs_and_little_more()
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
    public async Task Beginning_an_upload_signs_all_that_it_states()
    {
        var create = await Issuer.PresignAsync(new CreateMultipartUrlRequest
        {
            Key = "a",
            ContentType = "video/mp4",
            ChecksumAlgorithm = "SHA256",
            Settings = new() { Acl = "private", CacheControl = "no-store", ServerSideEncryption = "AES256", Metadata = { ["b"] = "2", ["a"] = "1" }, Tags = { ["t"] = "1" } },
        });

        create.Method.Should().Be("POST");
        SignedUrl.Parse(create.Url).SignedHeaders.Should().Be(
            "cache-control;content-type;host;x-amz-acl;x-amz-checksum-algorithm;x-amz-meta-a;x-amz-meta-b;x-amz-server-side-encryption;x-amz-tagging");
        create.Headers.Should().HaveCount(8).And.ContainKey("x-amz-meta-a").WhoseValue.Should().Be("1");
        create.Url.Should().Contain("&uploads=&X-Amz-Signature=");
    }
}
