namespace DirectUpload.S3Conformance;

/// <summary>Reading an object by its parts, and across them.</summary>
public abstract class MultipartReads(S3ServerFixture server) : MultipartSuite(server)
{
    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task A_part_is_read_by_its_number(string method)
    {
        await Completed();
        var answer = await SendAuthorized(WireRequest.For(method, Bucket, Key).WithQuery("partNumber", "2"));
        Expect($"{answer}, {answer.Header("content-length")}, {answer.Header("content-range")}, {answer.Header("x-amz-mp-parts-count")}",
            $"206, 5, bytes {FullPart.Length}-{FullPart.Length + 4}/{FullPart.Length + 5}, 2", of: method);
    }

    [Fact]
    public async Task A_part_that_is_not_there_cannot_be_read()
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
    public async Task A_range_across_parts_is_read_as_if_there_were_none()
    {
        await Completed();
        var answer = await SendAuthorized(Get().WithHeader("range", $"bytes={FullPart.Length - 2}-{FullPart.Length + 2}"));
        Expect($"{answer}, {answer.Text}", "206, ffhel");
    }

    [Fact]
    public async Task A_whole_read_does_not_count_the_parts()
    {
        await Completed();
        var head = await SendAuthorized(Head());
        Expect($"{head}, {head.Header("content-length")}, {head.Header("x-amz-mp-parts-count") ?? "none"}",
            $"200, {FullPart.Length + 5}, none");
    }

    [Fact]
    public async Task An_object_that_came_in_one_request_is_its_own_part()
    {
        await Store();
        var answer = await SendAuthorized(Get().WithQuery("partNumber", "1"));
        Expect(answer.Code is null ? $"{answer}, {answer.Text}, {answer.Header("x-amz-mp-parts-count") ?? "none"}" : $"{answer}", "206, hello, none");
    }

    private async Task Completed()
    {
        var id = await Begin();
        await SendAuthorized(Completion(id, (1, await StorePart(id, 1, FullPart)), (2, await StorePart(id, 2))));
    }
}
