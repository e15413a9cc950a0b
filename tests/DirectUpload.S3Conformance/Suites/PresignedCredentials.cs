namespace DirectUpload.S3Conformance.Suites;

/// <summary>Whose key signed, and for what scope.</summary>
public abstract class PresignedCredentials(S3ServerFixture server) : ConformanceSuite(server)
{
    [Fact]
    public async Task A_wrong_secret_is_refused() =>
        Expect(await SendAndRead(With(Server.Access with { SecretKey = "another-secret" })), "403 SignatureDoesNotMatch, nothing");

    [Fact]
    public async Task An_unknown_access_key_is_refused() =>
        Expect(await SendAndRead(With(Server.Access with { AccessKey = "AKIANOBODYNOBODYNOBO" })), "403 InvalidAccessKeyId, nothing");

    [Fact]
    public async Task Another_region_is_refused() => Expect(
        await SendAndRead(With(Server.Access with { Region = "eu-west-3" })), "400 AuthorizationQueryParametersError, nothing");

    [Fact]
    public async Task A_host_other_than_the_signed_one_is_refused() => Expect(
        await SendAndRead((Signer with { Host = "uploads.example" }).Presign(Put())), "403 SignatureDoesNotMatch, nothing");

    [Fact]
    public async Task A_credential_without_its_scope_is_refused() => Expect(
        await SendAndRead(Signer.Presign(Put()).WithQuery("X-Amz-Credential", Server.AccessKey)),
            "400 AuthorizationQueryParametersError, nothing");

    [Fact]
    public async Task An_unsigned_session_token_is_refused() => Expect(
        await SendRefused(Signer.Presign(Put()).WithQuery("X-Amz-Security-Token", "token")), "refused, nothing");

    private WireRequest With(S3Access access) => new TestSigner(access).Presign(Put());
}
