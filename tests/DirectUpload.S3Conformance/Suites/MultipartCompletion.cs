namespace DirectUpload.S3Conformance.Suites;

/// <summary>Making an object of the parts.</summary>
public abstract class MultipartCompletion(S3ServerFixture server) : MultipartSuite(server)
{
    [Fact]
    public async Task The_parts_become_one_object()
    {
        var (id, first, last) = await TwoParts();
        Expect(await Outcome(Completion(id, (1, first), (2, last))), $"200, {FullPart.Length + 5} bytes");
    }

    [Fact]
    public async Task The_ETag_combines_part_MD5s_and_the_part_count()
    {
        var (id, first, last) = await TwoParts();
        await SendAuthorized(Completion(id, (1, first), (2, last)));
        var etag = Convert.ToHexStringLower(Md5([.. Md5(FullPart), .. Md5("hello")]));
        Expect($"{(await SendAuthorized(Head())).ETag}", $"\"{etag}-2\"");
    }

    [Fact]
    public async Task The_response_has_bucket_key_ETag_and_location()
    {
        var id = await Begin();
        var answer = await SendAuthorized(Completion(id, (1, await StorePart(id, 1))));
        var etag = (await SendAuthorized(Head())).ETag;
        var location = answer.GetElement("Location") ?? "";
        Expect(
            $"{answer}, {answer.GetElement("Bucket") == Bucket}, {answer.GetElement("Key") == Key}, {answer.GetElement("ETag") == etag}, " +
                $"{location.StartsWith("http", StringComparison.Ordinal)}, {location.EndsWith(Key, StringComparison.Ordinal)}",
            "200, True, True, True, True, True");
    }

    [Fact]
    public async Task An_unlisted_part_is_left_out()
    {
        var (id, _, last) = await TwoParts();
        Expect(await Outcome(Completion(id, (2, last))), "200, hello");
    }

    [Fact]
    public async Task Part_numbers_can_have_gaps()
    {
        var id = await Begin();
        Expect(await Outcome(Completion(id, (3, await StorePart(id, 3, FullPart)), (77, await StorePart(id, 77)))),
            $"200, {FullPart.Length + 5} bytes");
    }

    [Fact]
    public async Task Parts_are_assembled_by_number()
    {
        var id = await Begin();
        var last = await StorePart(id, 2, "last");
        var first = await StorePart(id, 1, FullPart);
        await SendAuthorized(Completion(id, (1, first), (2, last)));
        var tail = await SendAuthorized(Get().WithHeader("range", "bytes=-6"));
        Expect(tail.Text, "fflast");
    }

    [Fact]
    public async Task A_list_out_of_order_is_refused()
    {
        var (id, first, last) = await TwoParts();
        Expect(await Outcome(Completion(id, (2, last), (1, first))), "400 InvalidPartOrder, nothing");
    }

    [Fact]
    public async Task A_part_listed_twice_is_refused()
    {
        var id = await Begin();
        var part = await StorePart(id, 1, FullPart);
        Expect(await Outcome(Completion(id, (1, part), (1, part))), "400 InvalidPartOrder, nothing");
    }

    [Fact]
    public async Task A_part_with_another_ETag_is_refused()
    {
        var id = await Begin();
        await StorePart(id, 1);
        Expect(await Outcome(Completion(id, (1, new string('0', 32)))), "400 InvalidPart, nothing");
    }

    [Fact]
    public async Task A_missing_part_is_refused()
    {
        var id = await Begin();
        Expect(await Outcome(Completion(id, (2, await StorePart(id, 1)))), "400 InvalidPart, nothing");
    }

    [Fact]
    public async Task A_small_part_that_is_not_the_last_is_refused()
    {
        var id = await Begin();
        var small = await StorePart(id, 1, FullPart[1..]);
        Expect(await Outcome(Completion(id, (1, small), (2, await StorePart(id, 2)))), "400 EntityTooSmall, nothing");
    }

    [Theory]
    [InlineData("")]
    [InlineData("<Part><PartNumber>1</PartNumber></Part>")]
    [InlineData("<Part><PartNumber>one</PartNumber><ETag>0</ETag></Part>")]
    [InlineData("<Part>")]
    public async Task A_malformed_list_is_refused(string parts)
    {
        var id = await Begin();
        await StorePart(id, 1);
        Expect(await Outcome(CompletionOf(id, parts)), "400 MalformedXML, nothing", of: parts);
    }

    [Fact]
    public async Task An_ETag_without_quotes_is_accepted()
    {
        var id = await Begin();
        var part = await StorePart(id, 1);
        Expect(await Outcome(CompletionOf(id, $"<Part><PartNumber>1</PartNumber><ETag>{part}</ETag></Part>")), "200, hello");
    }

    [Fact]
    public async Task A_refused_completion_can_be_repeated()
    {
        var (id, first, last) = await TwoParts();
        await SendAuthorized(Completion(id, (2, last), (1, first)));
        Expect(await Outcome(Completion(id, (1, first), (2, last))), $"200, {FullPart.Length + 5} bytes");
    }

    [Fact]
    public async Task An_unknown_upload_cannot_be_completed() =>
        Expect(await Outcome(Completion("no-such-upload", (1, new string('0', 32)))), "404 NoSuchUpload, nothing");

    [Fact]
    public async Task An_aborted_upload_cannot_be_completed()
    {
        var id = await Begin();
        var part = await StorePart(id, 1);
        await SendAuthorized(Upload("DELETE", id));
        Expect(await Outcome(Completion(id, (1, part))), "404 NoSuchUpload, nothing");
    }

    [Fact]
    public async Task A_repeated_completion_returns_the_same_response()
    {
        var id = await Begin();
        var part = await StorePart(id, 1);
        var first = await SendAuthorized(Completion(id, (1, part)));
        var second = await SendAuthorized(Completion(id, (1, part)));
        Expect($"{second}, {second.GetElement("ETag") == first.GetElement("ETag")}", "200, True");
    }

    [Fact]
    public async Task A_completed_upload_no_longer_exists()
    {
        var id = await Begin();
        await SendAuthorized(Completion(id, (1, await StorePart(id, 1))));
        Expect($"{await SendAuthorized(Part(id, 2))}, {await SendAuthorized(Upload("GET", id))}", "404 NoSuchUpload, 404 NoSuchUpload");
    }

    [Theory]
    [InlineData("5", "200, hello")]
    [InlineData("6", "400 InvalidRequest, nothing")]
    public async Task The_declared_object_size_must_match_the_parts(string size, string aws)
    {
        var id = await Begin();
        var part = await StorePart(id, 1);
        Expect(await Outcome(Completion(id, (1, part)).WithHeader("x-amz-mp-object-size", size)), aws, of: size);
    }

    [Fact]
    public async Task A_copy_of_the_object_has_a_plain_ETag()
    {
        var id = await Begin();
        await SendAuthorized(Completion(id, (1, await StorePart(id, 1))));
        var copy = WireRequest.ForObject("PUT", Bucket, $"{Key}-copy").WithHeader("x-amz-copy-source", $"/{Bucket}/{Key}");
        Expect($"{(await SendAuthorized(copy)).GetElement("ETag")}", $"\"{Convert.ToHexStringLower(Md5("hello"))}\"");
    }

    private async Task<(string Id, string First, string Last)> TwoParts()
    {
        var id = await Begin();
        return (id, await StorePart(id, 1, FullPart), await StorePart(id, 2));
    }
}
