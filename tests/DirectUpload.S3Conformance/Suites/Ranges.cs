namespace DirectUpload.S3Conformance.Suites;

/// <summary>A part of an object.</summary>
public abstract class Ranges(S3ServerFixture server) : ConformanceSuite(server)
{
    [Theory]
    [InlineData("bytes=0-3", "0123, bytes 0-3/10")]
    [InlineData("bytes=4-4", "4, bytes 4-4/10")]
    [InlineData("bytes=7-", "789, bytes 7-9/10")]
    [InlineData("bytes=-3", "789, bytes 7-9/10")]
    [InlineData("bytes=8-99", "89, bytes 8-9/10")]
    [InlineData("bytes=-99", "0123456789, bytes 0-9/10")]
    [InlineData("bytes=0-9", "0123456789, bytes 0-9/10")]
    public async Task A_range_answers_that_part(string range, string part)
    {
        await Store("0123456789");
        var answer = await Read(range);
        Expect($"{answer}, {answer.Text}, {answer.GetHeader("content-range")}", $"206, {part}", of: range);
    }

    [Theory]
    [InlineData("bytes=10-")]
    [InlineData("bytes=99-100")]
    [InlineData("bytes=-0")]
    public async Task A_range_beyond_the_end_returns_416(string range)
    {
        await Store("0123456789");
        Expect($"{await Read(range)}", "416 InvalidRange", of: range);
    }

    [Theory]
    [InlineData("bytes=5-2")]
    [InlineData("bytes=a-b")]
    [InlineData("lines=0-3")]
    public async Task A_malformed_range_is_ignored(string range)
    {
        await Store("0123456789");
        var answer = await Read(range);
        Expect($"{answer}, {((int)answer.Status < 400 ? answer.Text : "nothing")}", "200, 0123456789", of: range);
    }

    [Fact]
    public async Task Any_range_of_an_empty_object_returns_416()
    {
        await Store("");
        Expect($"{await Read("bytes=0-0")}", "416 InvalidRange");
    }

    [Fact]
    public async Task A_range_of_a_changed_object_returns_412()
    {
        var stored = await Store("0123456789");
        await Store("9876543210");
        var request = Signer.Presign(Get()).WithHeader("range", "bytes=0-3").WithHeader("if-match", stored.ETag!);
        Expect($"{await Send(request)}", "412 PreconditionFailed");
    }

    [Fact]
    public async Task A_whole_read_returns_accept_ranges()
    {
        await Store();
        Expect((await Send(Signer.Presign(Get()))).GetHeader("accept-ranges") ?? "none", "bytes");
    }

    private Task<WireResponse> Read(string range) => Send(Signer.Presign(Get()).WithHeader("range", range));
}
