namespace DirectUpload.S3Conformance.Suites;

/// <summary>What a presigned GET or HEAD answers.</summary>
public abstract class PresignedGet(S3ServerFixture server) : ConformanceSuite(server)
{
    [Fact]
    public async Task A_presigned_get_returns_the_bytes()
    {
        await Store("the bytes", "text/plain");
        var answer = await Send(Signer.Presign(Get()));
        Expect($"{answer}, {answer.Text}, {answer.GetHeader("content-type")}", "200, the bytes, text/plain");
    }

    [Fact]
    public async Task A_head_returns_length_type_ETag_and_metadata()
    {
        var stored = await Store("hello", "image/png");
        var head = await Send(Signer.Presign(Head()));
        var described = $"{head.GetHeader("content-length")}, {head.GetHeader("content-type")}, {head.GetHeader("x-amz-meta-from")}";
        Expect($"{head}, {described}, {head.ETag == stored.ETag}", "200, 5, image/png, store, True");
    }

    [Fact]
    public async Task A_head_returns_the_last_modified_date()
    {
        await Store();
        var modified = DateTimeOffset.Parse((await Send(Signer.Presign(Head()))).GetHeader("last-modified") ?? "none");
        Expect($"{modified > DateTimeOffset.UtcNow.AddMinutes(-1) && modified <= DateTimeOffset.UtcNow.AddSeconds(1)}", "True");
    }

    [Fact]
    public async Task A_missing_key_returns_404() => Expect($"{await Send(Signer.Presign(Get()))}", "404 NoSuchKey");

    [Fact]
    public async Task A_head_of_a_missing_key_returns_404() => Expect($"{await Send(Signer.Presign(Head()))}", "404");

    [Fact]
    public async Task Reading_needs_a_signature()
    {
        await Store();
        Expect($"{await Send(Get())}", "403 AccessDenied");
    }

    [Fact]
    public async Task A_get_under_the_wrong_key_is_refused()
    {
        await Store(key: Key + "-other");
        Expect($"{await Send(Signer.Presign(Get()) with { Path = $"/{Bucket}/{Key}-other" })}", "403 SignatureDoesNotMatch");
    }

    [Theory]
    [InlineData("content-type", "text/html")]
    [InlineData("content-disposition", "attachment; filename=\"r_sum_ 1.pdf\"; filename*=UTF-8''r%C3%A9sum%C3%A9%201.pdf")]
    [InlineData("cache-control", "private, max-age=60")]
    [InlineData("content-encoding", "identity")]
    [InlineData("content-language", "en-GB")]
    [InlineData("expires", "Thu, 01 Dec 2033 16:00:00 GMT")]
    public async Task A_signed_override_is_applied(string header, string value)
    {
        await Store();
        var answer = await Send(Signer.Presign(Get().WithQuery($"response-{header}", value)));
        Expect($"{answer}, {answer.GetHeader(header)}", $"200, {value}", of: header);
    }

    [Fact]
    public async Task An_unsigned_override_is_refused()
    {
        await Store();
        Expect($"{await Send(Signer.Presign(Get()).WithQuery("response-content-type", "text/html"))}", "403 SignatureDoesNotMatch");
    }

    [Fact]
    public async Task A_changed_override_is_refused()
    {
        await Store();
        var url = Signer.Presign(Get().WithQuery("response-content-disposition", "attachment"));
        Expect($"{await Send(url.WithQuery("response-content-disposition", "inline"))}", "403 SignatureDoesNotMatch");
    }
}
