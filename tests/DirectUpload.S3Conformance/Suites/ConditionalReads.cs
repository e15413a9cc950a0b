namespace DirectUpload.S3Conformance.Suites;

/// <summary>If-Match, If-None-Match and dates on a read.</summary>
public abstract class ConditionalReads(S3ServerFixture server) : ConformanceSuite(server)
{
    private const string AnotherETag = "\"00000000000000000000000000000000\"";

    [Fact]
    public async Task If_match_with_the_current_ETag_succeeds() => Expect($"{await Read("if-match", (await Store()).ETag!)}", "200");

    [Fact]
    public async Task If_match_with_another_ETag_returns_412()
    {
        await Store();
        Expect($"{await Read("if-match", AnotherETag)}", "412 PreconditionFailed");
    }

    [Fact]
    public async Task If_none_match_with_the_current_ETag_returns_304() =>
        Expect($"{await Read("if-none-match", (await Store()).ETag!)}", "304");

    [Fact]
    public async Task If_none_match_with_another_ETag_succeeds()
    {
        await Store();
        Expect($"{await Read("if-none-match", AnotherETag)}", "200");
    }

    [Fact]
    public async Task If_modified_since_before_the_write_succeeds()
    {
        await Store();
        Expect($"{await Read("if-modified-since", DateTimeOffset.UtcNow.AddHours(-1).ToString("R"))}", "200");
    }

    [Fact]
    public async Task If_unmodified_since_before_the_write_returns_412()
    {
        await Store();
        Expect($"{await Read("if-unmodified-since", DateTimeOffset.UtcNow.AddHours(-1).ToString("R"))}", "412 PreconditionFailed");
    }

    [Fact]
    public async Task If_match_with_another_ETag_on_head_returns_412()
    {
        await Store();
        Expect($"{await SendAuthorized(Head().WithHeader("if-match", AnotherETag))}", "412");
    }

    private Task<WireResponse> Read(string condition, string value) => Send(Signer.Presign(Get()).WithHeader(condition, value));
}
