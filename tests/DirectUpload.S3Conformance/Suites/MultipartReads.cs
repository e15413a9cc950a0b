namespace DirectUpload.S3Conformance.Suites;

/// <summary>Reading an object by its parts, and across them.</summary>
public abstract class MultipartReads(S3ServerFixture server) : MultipartSuite(server)
{
    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task A_part_is_read_by_its_number(string method)
    {
        await Completed();
        var answer = await SendAuthorized(WireRequest.ForObject(method, Bucket, Key).WithQuery("partNumber", "2"));
        Expect(
            $"{answer}, {answer.GetHeader("content-length")}, {answer.GetHeader("content-range")}, " +
            $"{answer.GetHeader("x-amz-mp-parts-count")}",
            $"206, 5, bytes {FullPart.Length}-{FullPart.Length + 4}/{FullPart.Length + 5}, 2", of: method);
    }

    [Fact]
    public async Task A_missing_part_cannot_be_read()
    {
        await Completed();
        Expect($"{await SendAuthorized(Get().WithQuery("partNumber", "3"))}", "416 InvalidPartNumber");
    }

    [Fact]
    public async Task A_part_number_and_a_range_exclude_each_other()
    {
        await Completed();
        Expect($"{await SendAuthorized(Get().WithQuery("partNumber", "2").WithHeader("range", "bytes=0-1"))}", "400 InvalidRequest");
    }

    [Fact]
    public async Task A_range_across_parts_is_read()
    {
        await Completed();
        var answer = await SendAuthorized(Get().WithHeader("range", $"bytes={FullPart.Length - 2}-{FullPart.Length + 2}"));
        Expect($"{answer}, {answer.Text}", "206, ffhel");
    }

    [Fact]
    public async Task A_whole_read_returns_no_part_count()
    {
        await Completed();
        var head = await SendAuthorized(Head());
        Expect($"{head}, {head.GetHeader("content-length")}, {head.GetHeader("x-amz-mp-parts-count") ?? "none"}",
            $"200, {FullPart.Length + 5}, none");
    }

    [Fact]
    public async Task An_object_from_a_single_put_has_one_part()
    {
        await Store();
        var answer = await SendAuthorized(Get().WithQuery("partNumber", "1"));
        Expect(
            answer.Code is null ? $"{answer}, {answer.Text}, {answer.GetHeader("x-amz-mp-parts-count") ?? "none"}" : $"{answer}",
            "206, hello, none");
    }

    private async Task Completed()
    {
        var id = await Begin();
        await SendAuthorized(Completion(id, (1, await StorePart(id, 1, FullPart)), (2, await StorePart(id, 2))));
    }
}
