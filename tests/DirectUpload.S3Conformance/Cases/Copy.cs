namespace DirectUpload.S3Conformance;

/// <summary>CopyObject, and the conditions that pin its source and its destination.</summary>
public abstract class Copy(S3ServerFixture server) : Suite(server)
{
    private const string AnotherETag = "\"00000000000000000000000000000000\"";

    private string Final => Key + "-final";

    [Fact]
    public async Task A_copy_has_the_bytes_the_type_and_the_metadata()
    {
        await Store("hello", "image/png");
        await SendAuthorized(Copying());
        var head = await SendAuthorized(WireRequest.For("HEAD", Bucket, Final));
        Expect($"{await Stored(Final)}, {head.Header("content-type")}, {head.Header("x-amz-meta-from")}", "hello, image/png, store");
    }

    [Fact]
    public async Task The_answer_tells_the_copy_s_etag()
    {
        var stored = await Store();
        var answer = await SendAuthorized(Copying());
        Expect($"{answer}, {answer.Element("ETag") == stored.ETag}", "200, True");
    }

    [Fact]
    public async Task A_copy_of_the_named_source_succeeds()
    {
        var stored = await Store();
        Expect(await CopyWith("x-amz-copy-source-if-match", stored.ETag!), "200, hello");
    }

    [Fact]
    public async Task A_copy_of_a_changed_source_is_refused()
    {
        var stored = await Store("verified");
        await Store("swapped");
        Expect(await CopyWith("x-amz-copy-source-if-match", stored.ETag!), "412 PreconditionFailed, nothing");
    }

    [Fact]
    public async Task A_copy_that_must_differ_is_refused_when_it_does_not()
    {
        var stored = await Store();
        Expect(await CopyWith("x-amz-copy-source-if-none-match", stored.ETag!), "412 PreconditionFailed, nothing");
    }

    [Fact]
    public async Task A_copy_that_must_create_refuses_an_existing_destination()
    {
        await Store();
        await Store("before", key: Final);
        Expect(await CopyWith("if-none-match", "*"), "412 PreconditionFailed, before");
    }

    [Fact]
    public async Task A_missing_source_is_answered_404() =>
        Expect(await CopyWith("x-amz-copy-source-if-match", AnotherETag), "404 NoSuchKey, nothing");

    [Fact]
    public async Task A_missing_source_bucket_is_answered_404()
    {
        var answer = await SendAuthorized(Copying().WithHeader("x-amz-copy-source", $"/no-such-bucket-here/{Key}"));
        Expect($"{answer}", "404 NoSuchBucket");
    }

    [Fact]
    public async Task Replace_takes_the_request_s_type_and_metadata()
    {
        await Store("hello", "image/png");
        await SendAuthorized(Copying().WithHeader("x-amz-metadata-directive", "REPLACE")
            .WithHeader("content-type", "image/webp").WithHeader("x-amz-meta-by", "copy"));
        var head = await SendAuthorized(WireRequest.For("HEAD", Bucket, Final));
        var from = head.Header("x-amz-meta-from") ?? "none";
        Expect($"{head.Header("content-type")}, {from}, {head.Header("x-amz-meta-by")}", "image/webp, none, copy");
    }

    [Fact]
    public async Task A_copy_onto_itself_that_changes_nothing_is_refused()
    {
        await Store();
        var answer = await SendAuthorized(WireRequest.For("PUT", Bucket, Key).WithHeader("x-amz-copy-source", $"/{Bucket}/{Key}"));
        Expect($"{answer}", "400 InvalidRequest");
    }

    [Theory]
    [InlineData("a b+c")]
    [InlineData("100%25")]
    [InlineData("\u00e9\u00df \u65e5\u672c/'quoted'=&")]
    public async Task A_source_with_an_odd_key_is_found(string name)
    {
        var source = $"{Key}/{name}";
        await Store("odd", key: source);
        var answer = await SendAuthorized(Copying().WithHeader("x-amz-copy-source", $"{Bucket}/{UriEncoding.Path(source)}"));
        Expect($"{answer}, {await Stored(Final)}", "200, odd", of: name);
    }

    private WireRequest Copying() => WireRequest.For("PUT", Bucket, Final).WithHeader("x-amz-copy-source",
        $"/{Bucket}/{UriEncoding.Path(Key)}");

    private async Task<string> CopyWith(string condition, string value) =>
        $"{await SendAuthorized(Copying().WithHeader(condition, value))}, {await Stored(Final)}";
}
