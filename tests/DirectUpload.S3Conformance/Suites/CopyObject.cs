namespace DirectUpload.S3Conformance.Suites;

/// <summary>CopyObject, and the conditions that pin its source and its destination.</summary>
public abstract class CopyObject(S3ServerFixture server) : ConformanceSuite(server)
{
    private const string AnotherETag = "\"00000000000000000000000000000000\"";

    private string Final => Key + "-final";

    [Fact]
    public async Task A_copy_has_the_same_bytes_type_and_metadata()
    {
        await Store("hello", "image/png");
        await SendAuthorized(Copying());
        var head = await SendAuthorized(WireRequest.ForObject("HEAD", Bucket, Final));
        Expect(
            $"{await ReadStored(Final)}, {head.GetHeader("content-type")}, {head.GetHeader("x-amz-meta-from")}", "hello, image/png, store");
    }

    [Fact]
    public async Task The_response_contains_the_copy_s_ETag()
    {
        var stored = await Store();
        var answer = await SendAuthorized(Copying());
        Expect($"{answer}, {answer.GetElement("ETag") == stored.ETag}", "200, True");
    }

    [Fact]
    public async Task A_copy_with_a_matching_source_ETag_succeeds()
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
    public async Task A_copy_if_none_match_is_refused_on_a_match()
    {
        var stored = await Store();
        Expect(await CopyWith("x-amz-copy-source-if-none-match", stored.ETag!), "412 PreconditionFailed, nothing");
    }

    [Fact]
    public async Task A_create_only_copy_refuses_an_existing_key()
    {
        await Store();
        await Store("before", key: Final);
        Expect(await CopyWith("if-none-match", "*"), "412 PreconditionFailed, before");
    }

    [Fact]
    public async Task A_missing_source_returns_404() =>
        Expect(await CopyWith("x-amz-copy-source-if-match", AnotherETag), "404 NoSuchKey, nothing");

    [Fact]
    public async Task A_missing_source_bucket_returns_404()
    {
        var answer = await SendAuthorized(Copying().WithHeader("x-amz-copy-source", $"/no-such-bucket-here/{Key}"));
        Expect($"{answer}", "404 NoSuchBucket");
    }

    [Fact]
    public async Task Replace_uses_the_request_s_type_and_metadata()
    {
        await Store("hello", "image/png");
        await SendAuthorized(Copying().WithHeader("x-amz-metadata-directive", "REPLACE")
            .WithHeader("content-type", "image/webp").WithHeader("x-amz-meta-by", "copy"));
        var head = await SendAuthorized(WireRequest.ForObject("HEAD", Bucket, Final));
        var from = head.GetHeader("x-amz-meta-from") ?? "none";
        Expect($"{head.GetHeader("content-type")}, {from}, {head.GetHeader("x-amz-meta-by")}", "image/webp, none, copy");
    }

    [Fact]
    public async Task A_copy_onto_itself_without_changes_is_refused()
    {
        await Store();
        var answer = await SendAuthorized(WireRequest.ForObject("PUT", Bucket, Key).WithHeader("x-amz-copy-source", $"/{Bucket}/{Key}"));
        Expect($"{answer}", "400 InvalidRequest");
    }

    [Theory]
    [InlineData("a b+c")]
    [InlineData("100%25")]
    [InlineData("\u00e9\u00df \u65e5\u672c/'quoted'=&")]
    public async Task A_source_key_with_special_characters_is_found(string name)
    {
        var source = $"{Key}/{name}";
        await Store("odd", key: source);
        var answer = await SendAuthorized(Copying().WithHeader("x-amz-copy-source", $"{Bucket}/{UriEncoding.EncodePath(source)}"));
        Expect($"{answer}, {await ReadStored(Final)}", "200, odd", of: name);
    }

    private WireRequest Copying() => WireRequest.ForObject("PUT", Bucket, Final).WithHeader("x-amz-copy-source",
        $"/{Bucket}/{UriEncoding.EncodePath(Key)}");

    private async Task<string> CopyWith(string condition, string value) =>
        $"{await SendAuthorized(Copying().WithHeader(condition, value))}, {await ReadStored(Final)}";
}
