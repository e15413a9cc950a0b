namespace DirectUpload.S3Conformance.Suites;

/// <summary>What a presigned PUT may do.</summary>
public abstract class PresignedPut(S3ServerFixture server) : ConformanceSuite(server)
{
    [Fact]
    public async Task A_presigned_put_is_accepted() => Expect(await SendAndRead(Signer.Presign(Put())), "200, hello");

    [Fact]
    public async Task An_empty_body_is_accepted() => Expect(await SendAndRead(Signer.Presign(Put(""))), "200, ");

    [Fact]
    public async Task The_response_has_the_quoted_MD5_as_ETag()
    {
        var answer = await Send(Signer.Presign(Put()));
        Expect($"{answer}, {answer.ETag ?? "none"}", "200, \"5d41402abc4b2a76b9719d911017c592\"");
    }

    [Fact]
    public async Task A_second_put_replaces_the_first()
    {
        var url = Signer.Presign(Put());
        await Send(url);
        Expect(await SendAndRead(url.WithBody("again")), "200, again");
    }

    [Fact]
    public async Task A_signed_content_type_is_stored() => Expect(
        await SendAndReadHeader(Signer.Presign(Put().WithHeader("content-type", "image/png")), "content-type"), "200, image/png");

    [Fact]
    public async Task An_unsigned_content_type_is_accepted_and_stored() => Expect(
        await SendAndReadHeader(Signer.Presign(Put()).WithHeader("content-type", "image/gif"), "content-type"), "200, image/gif");

    [Fact]
    public async Task A_matching_signed_content_length_is_accepted() =>
        Expect(await SendAndRead(Signer.Presign(Put().WithHeader("content-length", "5"))), "200, hello");

    [Fact]
    public async Task Signed_metadata_is_stored() => Expect(
        await SendAndReadHeader(Signer.Presign(Put().WithHeader("x-amz-meta-colour", "deep blue")), "x-amz-meta-colour"), "200, deep blue");

    [Fact]
    public async Task Metadata_in_the_query_is_applied() => Expect(
        await SendAndReadHeader(Signer.Presign(Put().WithQuery("x-amz-meta-colour", "red")), "x-amz-meta-colour"), "200, red");

    [Theory]
    [InlineData("cache-control", "max-age=60")]
    [InlineData("content-disposition", "attachment; filename=\"a.txt\"")]
    [InlineData("content-encoding", "gzip")]
    [InlineData("content-language", "de")]
    public async Task A_signed_header_is_stored(string name, string value) => Expect(
        await SendAndReadHeader(Signer.Presign(Put().WithHeader(name, value)), name), $"200, {value}", of: name);

    [Fact]
    public async Task A_lifetime_of_a_week_is_accepted() => Expect(await SendAndRead(Signer.Presign(Put(), 604800)), "200, hello");

    [Fact]
    public async Task A_lifetime_of_seconds_is_accepted() => Expect(await SendAndRead(Signer.Presign(Put(), 5)), "200, hello");

    [Fact]
    public async Task A_put_to_a_missing_bucket_returns_404() =>
        Expect(
            $"{await Send(Signer.Presign(WireRequest.ForObject("PUT", "no-such-bucket-here", Key).WithBody("hello")))}",
            "404 NoSuchBucket");
}
