namespace DirectUpload.S3Conformance.Suites;

/// <summary>UploadPartCopy: a part from an object.</summary>
public abstract class UploadPartCopy(S3ServerFixture server) : MultipartSuite(server)
{
    private string Source => $"{Key}-source";

    [Fact]
    public async Task A_part_can_be_copied_from_a_whole_object() => Expect(await Copied(), "200, 0123456789");

    [Theory]
    [InlineData("bytes=0-0", "0")]
    [InlineData("bytes=2-5", "2345")]
    [InlineData("bytes=0-9", "0123456789")]
    public async Task A_part_can_be_copied_from_a_range(string range, string bytes) =>
        Expect(await Copied(("x-amz-copy-source-range", range)), $"200, {bytes}", of: range);

    [Theory]
    [InlineData("bytes=0-10")]
    [InlineData("bytes=10-11")]
    public async Task A_copy_range_beyond_the_end_is_refused(string range) =>
        Expect(await Copied(("x-amz-copy-source-range", range)), "400 InvalidArgument, nothing", of: range);

    [Theory]
    [InlineData("0-5")]
    [InlineData("bytes=5")]
    [InlineData("bytes=5-")]
    [InlineData("bytes=-5")]
    [InlineData("bytes=5-2")]
    [InlineData("bytes=a-b")]
    public async Task A_malformed_copy_range_is_refused(string range) =>
        Expect(await Copied(("x-amz-copy-source-range", range)), "400 InvalidArgument, nothing", of: range);

    [Fact]
    public async Task A_part_copy_with_a_matching_ETag_succeeds()
    {
        var source = await Store("0123456789", key: Source);
        Expect(await Copied(("x-amz-copy-source-if-match", source.ETag!)), "200, 0123456789");
    }

    [Fact]
    public async Task A_part_copy_of_a_changed_source_is_refused()
    {
        var source = await Store("9876543210", key: Source);
        Expect(await Copied(("x-amz-copy-source-if-match", source.ETag!)), "412 PreconditionFailed, nothing");
    }

    [Fact]
    public async Task A_part_copy_if_none_match_is_refused_on_a_match()
    {
        var source = await Store("0123456789", key: Source);
        Expect(await Copied(("x-amz-copy-source-if-none-match", source.ETag!)), "412 PreconditionFailed, nothing");
    }

    [Fact]
    public async Task A_part_copy_if_unmodified_since_is_refused() =>
        Expect(await Copied(("x-amz-copy-source-if-unmodified-since", "Tue, 01 Jan 2019 00:00:00 GMT")), "412 PreconditionFailed, nothing");

    [Fact]
    public async Task A_part_copy_of_a_missing_source_is_refused()
    {
        var copy = Part(await Begin(), 1, "").WithHeader("x-amz-copy-source", $"/{Bucket}/{Key}-missing");
        Expect($"{await SendAuthorized(copy)}", "404 NoSuchKey");
    }

    [Fact]
    public async Task A_copied_part_of_an_unknown_upload_is_refused()
    {
        await Store("0123456789", key: Source);
        Expect($"{await SendAuthorized(Part("no-such-upload", 1, "").WithHeader("x-amz-copy-source", $"/{Bucket}/{Source}"))}",
            "404 NoSuchUpload");
    }

    [Fact]
    public async Task The_response_contains_the_part_s_ETag_and_date()
    {
        await Store("0123456789", key: Source);
        var answer = await SendAuthorized(Part(await Begin(), 1, "").WithHeader("x-amz-copy-source", $"/{Bucket}/{Source}"));
        Expect($"{answer}, {answer.GetElement("ETag")}, {DateTimeOffset.TryParse(answer.GetElement("LastModified"), out _)}",
            $"200, \"{Convert.ToHexStringLower(Md5("0123456789"))}\", True");
    }

    /// <summary>Copies one part from a source of ten digits, and completes; the copy's answer and what the key then holds.</summary>
    private async Task<string> Copied(params (string Name, string Value)[] headers)
    {
        await Store("0123456789", key: Source);
        var id = await Begin();
        var copy = Part(id, 1, "").WithHeader("x-amz-copy-source", $"/{Bucket}/{Source}");
        foreach (var (name, value) in headers) copy = copy.WithHeader(name, value);
        var answer = await SendAuthorized(copy);
        if (answer.GetElement("ETag") is { } etag)
            await SendAuthorized(Completion(id, (1, etag.Trim('"'))));
        return $"{answer}, {await ReadStored()}";
    }
}
