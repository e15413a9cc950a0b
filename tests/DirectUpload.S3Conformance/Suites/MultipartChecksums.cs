using System.Security.Cryptography;
using System.Text;

namespace DirectUpload.S3Conformance.Suites;

/// <summary>Checksums of parts, and of the object that they become.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html</remarks>
public abstract class MultipartChecksums(S3ServerFixture server) : MultipartSuite(server)
{
    private static readonly string Sha256OfHello = Sha256("hello");

    [Fact]
    public async Task Creating_an_upload_returns_the_chosen_checksum()
    {
        var answer = await SendAuthorized(Create().WithHeader("x-amz-checksum-algorithm", "SHA256"));
        Expect(
            $"{answer}, {answer.GetHeader("x-amz-checksum-algorithm")}, {answer.GetHeader("x-amz-checksum-type")}",
            "200, SHA256, COMPOSITE");
    }

    [Theory]
    [InlineData("SHA256", "FULL_OBJECT")]
    [InlineData("SHA1", "FULL_OBJECT")]
    [InlineData("CRC64NVME", "COMPOSITE")]
    [InlineData("MD5", null)]
    [InlineData("CRC32", "HALF_OBJECT")]
    [InlineData(null, "FULL_OBJECT")]
    public async Task An_invalid_checksum_choice_is_refused(string? algorithm, string? type)
    {
        var create = Create();
        if (algorithm is not null) create = create.WithHeader("x-amz-checksum-algorithm", algorithm);
        if (type is not null) create = create.WithHeader("x-amz-checksum-type", type);
        Expect($"{await SendAuthorized(create)}", "400 InvalidRequest", of: $"{algorithm} {type}");
    }

    [Fact]
    public async Task A_composite_checksum_covers_the_parts_checksums()
    {
        var (id, parts) = await TwoParts("SHA256", "COMPOSITE");
        var answer = await SendAuthorized(CompletionOf(id, parts));
        byte[] both = [.. SHA256.HashData(Encoding.UTF8.GetBytes(FullPart)), .. SHA256.HashData("hello"u8)];
        var composite = $"{Convert.ToBase64String(SHA256.HashData(both))}-2";
        var head = await SendAuthorized(Head().WithHeader("x-amz-checksum-mode", "ENABLED"));
        Expect($"{answer}, {answer.GetElement("ChecksumSHA256")}, {answer.GetElement("ChecksumType")}, " +
            $"{head.GetHeader("x-amz-checksum-sha256")}, {head.GetHeader("x-amz-checksum-type")}",
            $"200, {composite}, COMPOSITE, {composite}, COMPOSITE");
    }

    [Fact]
    public async Task A_part_of_a_composite_returns_its_own_checksum()
    {
        var (id, parts) = await TwoParts("SHA256", "COMPOSITE");
        await SendAuthorized(CompletionOf(id, parts));
        var head = await SendAuthorized(Head().WithQuery("partNumber", "2").WithHeader("x-amz-checksum-mode", "ENABLED"));
        Expect($"{head}, {head.GetHeader("x-amz-checksum-sha256")}", $"206, {Sha256OfHello}");
    }

    [Theory]
    [InlineData("CRC32")]
    [InlineData("CRC32C")]
    [InlineData("CRC64NVME")]
    public async Task A_full_object_checksum_equals_that_of_a_single_put(string algorithm)
    {
        var (id, parts) = await TwoParts(algorithm, "FULL_OBJECT");
        var answer = await SendAuthorized(CompletionOf(id, parts));
        await SendAuthorized(WireRequest.ForObject("PUT", Bucket, $"{Key}-whole").WithBody(FullPart + "hello")
            .WithHeader($"x-amz-checksum-{algorithm.ToLowerInvariant()}", CrcChecksum.Compute(algorithm, FullPart + "hello")));
        var single = await SendAuthorized(
            WireRequest.ForObject("HEAD", Bucket, $"{Key}-whole").WithHeader("x-amz-checksum-mode", "ENABLED"));
        Expect($"{answer}, {answer.GetElement($"Checksum{algorithm}")}, {answer.GetElement("ChecksumType")}, " +
            $"{single.GetHeader($"x-amz-checksum-{algorithm.ToLowerInvariant()}") == answer.GetElement($"Checksum{algorithm}")}",
            $"200, {CrcChecksum.Compute(algorithm, FullPart + "hello")}, FULL_OBJECT, True", of: algorithm);
    }

    [Fact]
    public async Task Without_a_choice_the_object_has_a_CRC64NVME()
    {
        var id = await Begin();
        var answer = await SendAuthorized(Completion(id, (1, await StorePart(id, 1, FullPart)), (2, await StorePart(id, 2))));
        Expect($"{answer}, {answer.GetElement("ChecksumCRC64NVME")}, {answer.GetElement("ChecksumType")}",
            $"200, {CrcChecksum.Compute("CRC64NVME", FullPart + "hello")}, FULL_OBJECT");
    }

    [Fact]
    public async Task Without_a_choice_a_part_can_have_any_checksum()
    {
        var part = Part(await Begin(), 1).WithHeader("x-amz-checksum-sha256", Sha256OfHello);
        var answer = await SendAuthorized(part);
        Expect($"{answer}, {answer.GetHeader("x-amz-checksum-sha256")}", $"200, {Sha256OfHello}");
    }

    [Fact]
    public async Task A_part_with_another_algorithm_is_refused()
    {
        var id = await Begin(Create().WithHeader("x-amz-checksum-algorithm", "CRC32"));
        Expect($"{await SendAuthorized(Part(id, 1).WithHeader("x-amz-checksum-sha256", Sha256OfHello))}", "400 InvalidRequest");
    }

    [Fact]
    public async Task A_part_without_the_chosen_checksum_is_refused()
    {
        var id = await Begin(Create().WithHeader("x-amz-checksum-algorithm", "SHA256"));
        Expect($"{await SendAuthorized(Part(id, 1))}", "400 InvalidRequest");
    }

    [Fact]
    public async Task A_part_with_a_wrong_checksum_is_refused()
    {
        var id = await Begin(Create().WithHeader("x-amz-checksum-algorithm", "SHA256"));
        Expect($"{await SendAuthorized(Part(id, 1, "jello").WithHeader("x-amz-checksum-sha256", Sha256OfHello))}", "400 BadDigest");
    }

    [Fact]
    public async Task A_composite_list_without_checksums_is_refused()
    {
        var (id, part) = await OnePart();
        Expect(await Outcome(Completion(id, (1, part))), "400 InvalidRequest, nothing");
    }

    [Fact]
    public async Task A_list_with_a_wrong_checksum_is_refused()
    {
        var (id, part) = await OnePart();
        Expect(await Outcome(CompletionOf(id, Listed(1, part, "SHA256", Sha256("jello")))), "400 InvalidPart, nothing");
    }

    [Fact]
    public async Task A_list_with_another_algorithm_is_refused()
    {
        var id = await Begin();
        Expect(await Outcome(CompletionOf(id, Listed(1, await StorePart(id, 1), "SHA256", Sha256OfHello))), "400 InvalidPart, nothing");
    }

    [Fact]
    public async Task A_completion_with_another_type_is_refused()
    {
        var (id, part) = await OnePart();
        var completion = CompletionOf(id, Listed(1, part, "SHA256", Sha256OfHello)).WithHeader("x-amz-checksum-type", "FULL_OBJECT");
        Expect(await Outcome(completion), "400 InvalidRequest, nothing");
    }

    [Fact]
    public async Task A_completion_verifies_the_object_s_checksum()
    {
        var id = await Begin(Create().WithHeader("x-amz-checksum-algorithm", "CRC32").WithHeader("x-amz-checksum-type", "FULL_OBJECT"));
        var part = await SendAuthorized(Part(id, 1).WithHeader("x-amz-checksum-crc32", CrcChecksum.Compute("CRC32", "hello")));
        var completion = Completion(id, (1, part.ETag!.Trim('"')));
        var wrong = await Outcome(completion.WithHeader("x-amz-checksum-crc32", CrcChecksum.Compute("CRC32", "jello")));
        Expect($"{wrong}; {await Outcome(completion.WithHeader("x-amz-checksum-crc32", CrcChecksum.Compute("CRC32", "hello")))}",
            "400 BadDigest, nothing; 200, hello");
    }

    [Fact]
    public async Task Listing_parts_returns_their_checksums()
    {
        var (id, _) = await OnePart();
        var answer = await SendAuthorized(Upload("GET", id));
        Expect(
            $"{answer}, {answer.GetElement("ChecksumAlgorithm")}, {answer.GetElement("ChecksumType")}, " +
            $"{answer.GetElement("ChecksumSHA256")}",
            $"200, SHA256, COMPOSITE, {Sha256OfHello}");
    }

    [Fact]
    public async Task A_copy_of_a_composite_has_a_full_object_checksum()
    {
        var (id, part) = await OnePart();
        await SendAuthorized(CompletionOf(id, Listed(1, part, "SHA256", Sha256OfHello)));
        var copy = WireRequest.ForObject("PUT", Bucket, $"{Key}-copy").WithHeader("x-amz-copy-source", $"/{Bucket}/{Key}");
        var answer = await SendAuthorized(copy);
        Expect(
            $"{answer}, {answer.GetElement("ChecksumSHA256")}, {answer.GetElement("ChecksumType")}", $"200, {Sha256OfHello}, FULL_OBJECT");
    }

    [Fact]
    public async Task The_attributes_contain_the_parts()
    {
        var (id, parts) = await TwoParts("SHA256", "COMPOSITE");
        await SendAuthorized(CompletionOf(id, parts));
        var answer = await SendAuthorized(Get().WithQuery("attributes", "").WithHeader("x-amz-object-attributes", "ObjectParts"));
        Expect(
            $"{answer}, {answer.GetElement("PartsCount")}, {string.Join('|', answer.GetElements("Size"))}", $"200, 2, {FullPart.Length}|5");
    }

    private static string Sha256(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Listed(int number, string etag, string algorithm, string checksum) =>
        $"<Part><PartNumber>{number}</PartNumber><ETag>\"{etag}\"</ETag><Checksum{algorithm}>{checksum}</Checksum{algorithm}></Part>";

    private async Task<(string Id, string ETag)> OnePart()
    {
        var id = await Begin(Create().WithHeader("x-amz-checksum-algorithm", "SHA256"));
        var part = await SendAuthorized(Part(id, 1).WithHeader("x-amz-checksum-sha256", Sha256OfHello));
        return (id, part.ETag!.Trim('"'));
    }

    private async Task<(string Id, string PartsXml)> TwoParts(string algorithm, string type)
    {
        var id = await Begin(Create().WithHeader("x-amz-checksum-algorithm", algorithm).WithHeader("x-amz-checksum-type", type));
        var xml = new StringBuilder();
        foreach (var (number, body) in new[] { (1, FullPart), (2, "hello") })
        {
            var checksum = algorithm == "SHA256" ? Sha256(body) : CrcChecksum.Compute(algorithm, body);
            var answer = await SendAuthorized(
                Part(id, number, body).WithHeader($"x-amz-checksum-{algorithm.ToLowerInvariant()}", checksum));
            xml.Append(Listed(number, answer.ETag!.Trim('"'), algorithm, checksum));
        }
        return (id, xml.ToString());
    }
}
