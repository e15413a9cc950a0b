using System.Security.Cryptography;
using System.Text;

namespace DirectUpload.S3Conformance;

/// <summary>Checksums of parts, and of the object that they become.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html</remarks>
public abstract class MultipartChecksums(S3ServerFixture server) : MultipartSuite(server)
{
    private static readonly string Sha256OfHello = Sha256("hello");

    [Fact]
    public async Task Beginning_tells_the_checksum_that_was_chosen()
    {
        var answer = await SendAuthorized(Create().WithHeader("x-amz-checksum-algorithm", "SHA256"));
        Expect($"{answer}, {answer.Header("x-amz-checksum-algorithm")}, {answer.Header("x-amz-checksum-type")}", "200, SHA256, COMPOSITE");
    }

    [Theory]
    [InlineData("SHA256", "FULL_OBJECT")]
    [InlineData("SHA1", "FULL_OBJECT")]
    [InlineData("CRC64NVME", "COMPOSITE")]
    [InlineData("MD5", null)]
    [InlineData("CRC32", "HALF_OBJECT")]
    [InlineData(null, "FULL_OBJECT")]
    public async Task A_choice_that_cannot_be_is_refused(string? algorithm, string? type)
    {
        var create = Create();
        if (algorithm is not null) create = create.WithHeader("x-amz-checksum-algorithm", algorithm);
        if (type is not null) create = create.WithHeader("x-amz-checksum-type", type);
        Expect($"{await SendAuthorized(create)}", "400 InvalidRequest", of: $"{algorithm} {type}");
    }

    [Fact]
    public async Task A_composite_checksum_is_that_of_the_parts_checksums()
    {
        var (id, parts) = await TwoParts("SHA256", "COMPOSITE");
        var answer = await SendAuthorized(CompletionOf(id, parts));
        byte[] both = [.. SHA256.HashData(Encoding.UTF8.GetBytes(FullPart)), .. SHA256.HashData("hello"u8)];
        var composite = $"{Convert.ToBase64String(SHA256.HashData(both))}-2";
        var head = await SendAuthorized(Head().WithHeader("x-amz-checksum-mode", "ENABLED"));
        Expect($"{answer}, {answer.Element("ChecksumSHA256")}, {answer.Element("ChecksumType")}, " +
            $"{head.Header("x-amz-checksum-sha256")}, {head.Header("x-amz-checksum-type")}",
            $"200, {composite}, COMPOSITE, {composite}, COMPOSITE");
    }

    [Fact]
    public async Task A_part_of_a_composite_is_told_with_its_own_checksum()
    {
        var (id, parts) = await TwoParts("SHA256", "COMPOSITE");
        await SendAuthorized(CompletionOf(id, parts));
        var head = await SendAuthorized(Head().WithQuery("partNumber", "2").WithHeader("x-amz-checksum-mode", "ENABLED"));
        Expect($"{head}, {head.Header("x-amz-checksum-sha256")}", $"206, {Sha256OfHello}");
    }

    [Theory]
    [InlineData("CRC32")]
    [InlineData("CRC32C")]
    [InlineData("CRC64NVME")]
    public async Task A_full_object_checksum_is_that_of_a_single_put(string algorithm)
    {
        var (id, parts) = await TwoParts(algorithm, "FULL_OBJECT");
        var answer = await SendAuthorized(CompletionOf(id, parts));
        await SendAuthorized(WireRequest.For("PUT", Bucket, $"{Key}-whole").WithBody(FullPart + "hello")
            .WithHeader($"x-amz-checksum-{algorithm.ToLowerInvariant()}", Crc.Of(algorithm, FullPart + "hello")));
        var single = await SendAuthorized(WireRequest.For("HEAD", Bucket, $"{Key}-whole").WithHeader("x-amz-checksum-mode", "ENABLED"));
        Expect($"{answer}, {answer.Element($"Checksum{algorithm}")}, {answer.Element("ChecksumType")}, " +
            $"{single.Header($"x-amz-checksum-{algorithm.ToLowerInvariant()}") == answer.Element($"Checksum{algorithm}")}",
            $"200, {Crc.Of(algorithm, FullPart + "hello")}, FULL_OBJECT, True", of: algorithm);
    }

    [Fact]
    public async Task Without_a_choice_the_object_has_a_crc64nvme()
    {
        var id = await Begin();
        var answer = await SendAuthorized(Completion(id, (1, await StorePart(id, 1, FullPart)), (2, await StorePart(id, 2))));
        Expect($"{answer}, {answer.Element("ChecksumCRC64NVME")}, {answer.Element("ChecksumType")}",
            $"200, {Crc.Of("CRC64NVME", FullPart + "hello")}, FULL_OBJECT");
    }

    [Fact]
    public async Task Without_a_choice_a_part_may_have_any()
    {
        var part = Part(await Begin(), 1).WithHeader("x-amz-checksum-sha256", Sha256OfHello);
        var answer = await SendAuthorized(part);
        Expect($"{answer}, {answer.Header("x-amz-checksum-sha256")}", $"200, {Sha256OfHello}");
    }

    [Fact]
    public async Task A_part_with_another_checksum_than_was_chosen_is_refused()
    {
        var id = await Begin(Create().WithHeader("x-amz-checksum-algorithm", "CRC32"));
        Expect($"{await SendAuthorized(Part(id, 1).WithHeader("x-amz-checksum-sha256", Sha256OfHello))}", "400 InvalidRequest");
    }

    [Fact]
    public async Task A_part_without_the_checksum_that_was_chosen_is_refused()
    {
        var id = await Begin(Create().WithHeader("x-amz-checksum-algorithm", "SHA256"));
        Expect($"{await SendAuthorized(Part(id, 1))}", "400 InvalidRequest");
    }

    [Fact]
    public async Task A_part_of_another_checksum_is_refused()
    {
        var id = await Begin(Create().WithHeader("x-amz-checksum-algorithm", "SHA256"));
        Expect($"{await SendAuthorized(Part(id, 1, "jello").WithHeader("x-amz-checksum-sha256", Sha256OfHello))}", "400 BadDigest");
    }

    [Fact]
    public async Task A_list_without_the_checksums_of_a_composite_is_refused()
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
    public async Task A_list_with_a_checksum_that_was_not_chosen_is_refused()
    {
        var id = await Begin();
        Expect(await Outcome(CompletionOf(id, Listed(1, await StorePart(id, 1), "SHA256", Sha256OfHello))), "400 InvalidPart, nothing");
    }

    [Fact]
    public async Task Another_type_than_was_chosen_is_refused_on_completing()
    {
        var (id, part) = await OnePart();
        var completion = CompletionOf(id, Listed(1, part, "SHA256", Sha256OfHello)).WithHeader("x-amz-checksum-type", "FULL_OBJECT");
        Expect(await Outcome(completion), "400 InvalidRequest, nothing");
    }

    [Fact]
    public async Task The_checksum_of_the_whole_is_verified_on_completing()
    {
        var id = await Begin(Create().WithHeader("x-amz-checksum-algorithm", "CRC32").WithHeader("x-amz-checksum-type", "FULL_OBJECT"));
        var part = await SendAuthorized(Part(id, 1).WithHeader("x-amz-checksum-crc32", Crc.Of("CRC32", "hello")));
        var completion = Completion(id, (1, part.ETag!.Trim('"')));
        var wrong = await Outcome(completion.WithHeader("x-amz-checksum-crc32", Crc.Of("CRC32", "jello")));
        Expect($"{wrong}; {await Outcome(completion.WithHeader("x-amz-checksum-crc32", Crc.Of("CRC32", "hello")))}",
            "400 BadDigest, nothing; 200, hello");
    }

    [Fact]
    public async Task Listing_the_parts_tells_their_checksums()
    {
        var (id, _) = await OnePart();
        var answer = await SendAuthorized(Upload("GET", id));
        Expect($"{answer}, {answer.Element("ChecksumAlgorithm")}, {answer.Element("ChecksumType")}, {answer.Element("ChecksumSHA256")}",
            $"200, SHA256, COMPOSITE, {Sha256OfHello}");
    }

    [Fact]
    public async Task A_copy_of_a_composite_has_the_checksum_of_the_bytes()
    {
        var (id, part) = await OnePart();
        await SendAuthorized(CompletionOf(id, Listed(1, part, "SHA256", Sha256OfHello)));
        var copy = WireRequest.For("PUT", Bucket, $"{Key}-copy").WithHeader("x-amz-copy-source", $"/{Bucket}/{Key}");
        var answer = await SendAuthorized(copy);
        Expect($"{answer}, {answer.Element("ChecksumSHA256")}, {answer.Element("ChecksumType")}", $"200, {Sha256OfHello}, FULL_OBJECT");
    }

    [Fact]
    public async Task The_attributes_tell_the_parts()
    {
        var (id, parts) = await TwoParts("SHA256", "COMPOSITE");
        await SendAuthorized(CompletionOf(id, parts));
        var answer = await SendAuthorized(Get().WithQuery("attributes", "").WithHeader("x-amz-object-attributes", "ObjectParts"));
        Expect($"{answer}, {answer.Element("PartsCount")}, {string.Join('|', answer.Elements("Size"))}", $"200, 2, {FullPart.Length}|5");
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
            var checksum = algorithm == "SHA256" ? Sha256(body) : Crc.Of(algorithm, body);
            var answer = await SendAuthorized(Part(id, number, body).WithHeader($"x-amz-checksum-{algorithm.ToLowerInvariant()}", checksum));
            xml.Append(Listed(number, answer.ETag!.Trim('"'), algorithm, checksum));
        }
        return (id, xml.ToString());
    }
}
