using System.Security.Cryptography;

namespace DirectUpload.S3Conformance.Suites;

/// <summary>Tests the CRC that S3 stores with every object; the expected values are published check values.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Checksum.html</remarks>
public abstract class DefaultChecksums(S3ServerFixture server) : ConformanceSuite(server)
{
    private const string Digits = "123456789";
    private const string Crc64OfDigits = "rosUhgp5mIg=";

    public static TheoryData<string, string> CheckValues => new()
    {
        { "crc32", "y/Q5Jg==" },
        { "crc32c", "4waSgw==" },
        { "crc64nvme", Crc64OfDigits },
        { "sha1", "98O8HYCOBHMq32eZZczDTKeuNEE=" },
        { "sha256", "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=" },
    };

    [Fact]
    public async Task Without_a_checksum_CRC64NVME_is_stored()
    {
        await SendAuthorized(Put(Digits));
        Expect(await ReturnedChecksum("crc64nvme"), $"200, {Crc64OfDigits}, FULL_OBJECT");
    }

    [Fact]
    public async Task No_checksum_is_returned_unless_requested()
    {
        await SendAuthorized(Put(Digits));
        var head = await SendAuthorized(Head());
        Expect($"{head}, {head.GetHeader("x-amz-checksum-crc64nvme") ?? "none"}", "200, none");
    }

    [Theory, MemberData(nameof(CheckValues))]
    public async Task A_sent_checksum_is_verified_and_stored(string algorithm, string value)
    {
        var put = await SendAuthorized(Put(Digits).WithHeader($"x-amz-checksum-{algorithm}", value));
        Expect($"{put}, {await ReturnedChecksum(algorithm)}", $"200, 200, {value}, FULL_OBJECT", of: algorithm);
    }

    [Theory, MemberData(nameof(CheckValues))]
    public async Task A_wrong_checksum_is_refused(string algorithm, string value) => Expect(
        await SendAndRead(Signer.Presign(Put("987654321").WithHeader($"x-amz-checksum-{algorithm}", value))), "400 BadDigest, nothing",
        of: algorithm);

    [Fact]
    public async Task Two_checksums_at_once_are_refused()
    {
        var put = Put(Digits).WithHeader("x-amz-checksum-crc32", "y/Q5Jg==").WithHeader("x-amz-checksum-crc64nvme", Crc64OfDigits);
        Expect(await SendAndRead(Signer.Presign(put)), "400 InvalidRequest, nothing");
    }

    [Fact]
    public async Task A_range_has_no_checksum()
    {
        await SendAuthorized(Put(Digits));
        var part = await SendAuthorized(Get().WithHeader("x-amz-checksum-mode", "ENABLED").WithHeader("range", "bytes=0-3"));
        Expect($"{part}, {part.GetHeader("x-amz-checksum-crc64nvme") ?? "none"}", "206, none");
    }

    [Fact]
    public async Task A_copy_keeps_the_checksum()
    {
        await SendAuthorized(Put(Digits).WithHeader("x-amz-checksum-crc32", "y/Q5Jg=="));
        var copy = await SendAuthorized(Copy());
        Expect(
            $"{copy}, {copy.GetElement("ChecksumCRC32")}, {await ReturnedChecksum("crc32", $"{Key}-copy")}",
            "200, y/Q5Jg==, 200, y/Q5Jg==, FULL_OBJECT");
    }

    [Fact]
    public async Task A_copy_can_have_another_checksum()
    {
        await SendAuthorized(Put(Digits));
        await SendAuthorized(Copy().WithHeader("x-amz-checksum-algorithm", "CRC32C"));
        Expect(await ReturnedChecksum("crc32c", $"{Key}-copy"), "200, 4waSgw==, FULL_OBJECT");
    }

    [Fact]
    public async Task The_attributes_contain_ETag_checksum_and_size()
    {
        var put = await SendAuthorized(Put(Digits));
        var answer = await SendAuthorized(Get().WithQuery("attributes", "")
            .WithHeader("x-amz-object-attributes", "ETag,Checksum,ObjectSize,ObjectParts"));
        Expect($"{answer}, {answer.GetElement("ETag") == put.ETag!.Trim('"')}, {answer.GetElement("ChecksumCRC64NVME")}, " +
            $"{answer.GetElement("ObjectSize")}, {answer.GetElement("PartsCount") ?? "none"}", $"200, True, {Crc64OfDigits}, 9, none");
    }

    [Fact]
    public async Task Deleting_many_needs_a_checksum()
    {
        await Store();
        var delete = WireRequest.ForObject("POST", Bucket).WithQuery("delete", "")
            .WithBody($"<Delete><Object><Key>{Key}</Key></Object></Delete>");
        var bare = await SendAuthorized(delete);
        var stored = await ReadStored();
        var sha256 = Convert.ToBase64String(SHA256.HashData(delete.Body.Span));
        Expect($"{bare}, {stored}, {await SendAuthorized(delete.WithHeader("x-amz-checksum-sha256", sha256))}, {await ReadStored()}",
            "400 InvalidRequest, hello, 200, nothing");
    }

    [Fact]
    public async Task Changing_CORS_needs_a_checksum()
    {
        var bucket = await Server.CreateBucketAsync();
        var put = WireRequest.ForObject("PUT", bucket).WithQuery("cors", "").WithBody(
            "<CORSConfiguration><CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin></CORSRule>" +
            "</CORSConfiguration>");
        Expect($"{await SendAuthorized(put)}", "400 InvalidRequest");
    }

    private WireRequest Copy() => WireRequest.ForObject("PUT", Bucket, $"{Key}-copy").WithHeader("x-amz-copy-source", $"/{Bucket}/{Key}");

    private async Task<string> ReturnedChecksum(string algorithm, string? key = null)
    {
        var head = await SendAuthorized(WireRequest.ForObject("HEAD", Bucket, key ?? Key).WithHeader("x-amz-checksum-mode", "ENABLED"));
        return $"{head}, {head.GetHeader($"x-amz-checksum-{algorithm}") ?? "none"}, {head.GetHeader("x-amz-checksum-type") ?? "none"}";
    }
}
