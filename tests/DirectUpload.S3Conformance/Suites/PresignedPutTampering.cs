namespace DirectUpload.S3Conformance.Suites;

/// <summary>Whatever was signed cannot be changed.</summary>
public abstract class PresignedPutTampering(S3ServerFixture server) : ConformanceSuite(server)
{
    private const string Mismatch = "403 SignatureDoesNotMatch, nothing";

    [Fact]
    public async Task A_URL_for_put_cannot_delete()
    {
        var url = Signer.Presign(Put());
        await Send(url);
        Expect(await SendAndRead(url with { Method = "DELETE", Body = default }), "403 SignatureDoesNotMatch, hello");
    }

    [Fact]
    public async Task A_URL_for_put_cannot_get()
    {
        var url = Signer.Presign(Put());
        await Send(url);
        Expect($"{await Send(url with { Method = "GET", Body = default })}", "403 SignatureDoesNotMatch");
    }

    [Fact]
    public async Task A_URL_for_get_cannot_put() =>
        Expect(await SendAndRead(Signer.Presign(Get()) with { Method = "PUT", Body = Put().Body }), Mismatch);

    [Fact]
    public async Task Another_key_is_refused()
    {
        var other = Signer.Presign(Put()) with { Path = $"/{Bucket}/{Key}-other" };
        Expect(await SendAndRead(other, Key + "-other"), Mismatch);
    }

    [Fact]
    public async Task Another_bucket_is_refused()
    {
        var other = await Server.CreateBucketAsync();
        Expect($"{await Send(Signer.Presign(Put()) with { Path = $"/{other}/{Key}" })}", "403 SignatureDoesNotMatch");
    }

    [Fact]
    public async Task An_added_query_parameter_is_refused() =>
        Expect(await SendAndRead(Signer.Presign(Put()).WithQuery("x-id", "PutObject")), Mismatch);

    [Fact]
    public async Task A_raised_expiry_is_refused() =>
        Expect(await SendAndRead(Signer.Presign(Put(), 60).WithQuery("X-Amz-Expires", "3600")), Mismatch);

    [Fact]
    public async Task A_later_date_is_refused()
    {
        var earlier = Signer with { SignedAt = DateTimeOffset.UtcNow.AddMinutes(-1) };
        var url = earlier.Presign(Put()).WithQuery("X-Amz-Date", (earlier with { SignedAt = earlier.SignedAt.AddSeconds(30) }).Timestamp);
        Expect(await SendAndRead(url), Mismatch);
    }

    [Fact]
    public async Task A_changed_signature_is_refused()
    {
        var url = Signer.Presign(Put());
        Expect(await SendAndRead(url.WithQuery("X-Amz-Signature", new string('0', 64))), Mismatch);
    }

    [Fact]
    public async Task A_signed_header_removed_from_the_list_is_refused()
    {
        var url = Signer.Presign(Put().WithHeader("content-type", "text/plain"));
        Expect(await SendAndRead(url.WithQuery("X-Amz-SignedHeaders", "host")), Mismatch);
    }

    [Theory]
    [InlineData("X-Amz-Credential")]
    [InlineData("X-Amz-Date")]
    [InlineData("X-Amz-Expires")]
    [InlineData("X-Amz-SignedHeaders")]
    [InlineData("X-Amz-Signature")]
    public async Task A_missing_parameter_is_refused(string name) => Expect(
        await SendAndRead(Signer.Presign(Put()).WithoutQuery(name)), "400 AuthorizationQueryParametersError, nothing", of: name);

    [Fact]
    public async Task A_missing_algorithm_is_refused() =>
        Expect(await SendRefused(Signer.Presign(Put()).WithoutQuery("X-Amz-Algorithm")), "refused, nothing");

    [Fact]
    public async Task Another_algorithm_is_refused() =>
        Expect(await SendRefused(Signer.Presign(Put()).WithQuery("X-Amz-Algorithm", "AWS4-HMAC-SHA512")), "refused, nothing");

    [Fact]
    public async Task A_request_without_authentication_is_refused() => Expect(await SendAndRead(Put()), "403 AccessDenied, nothing");
}
