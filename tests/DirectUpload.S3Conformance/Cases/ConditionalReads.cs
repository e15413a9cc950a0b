namespace DirectUpload.S3Conformance;

/// <summary>If-Match, If-None-Match and dates on a read.</summary>
public abstract class ConditionalReads(S3ServerFixture server) : Suite(server)
{
    private const string AnotherETag = "\"00000000000000000000000000000000\"";

    [Fact]
    public async Task If_match_with_the_current_etag_reads() => Expect($"{await Read("if-match", (await Store()).ETag!)}", "200");

    [Fact]
    public async Task If_match_with_another_etag_is_answered_412()
    {
        await Store();
        Expect($"{await Read("if-match", AnotherETag)}", "412 PreconditionFailed");
    }

    [Fact]
    public async Task If_none_match_with_the_current_etag_is_answered_304() =>
        Expect($"{await Read("if-none-match", (await Store()).ETag!)}", "304");

    [Fact]
    public async Task If_none_match_with_another_etag_reads()
    {
        await Store();
        Expect($"{await Read("if-none-match", AnotherETag)}", "200");
    }

    [Fact]
    public async Task If_modified_since_an_hour_ahead_of_the_write_reads()
    {
        await Store();
        Expect($"{await Read("if-modified-since", DateTimeOffset.UtcNow.AddHours(-1).ToString("R"))}", "200");
    }

    [Fact]
    public async Task If_unmodified_since_an_hour_ahead_of_the_write_is_answered_412()
    {
        await Store();
        Expect($"{await Read("if-unmodified-since", DateTimeOffset.UtcNow.AddHours(-1).ToString("R"))}", "412 PreconditionFailed");
    }

    [Fact]
    public async Task If_match_on_a_head_with_another_etag_is_answered_412()
    {
        await Store();
        Expect($"{await SendAuthorized(Head().WithHeader("if-match", AnotherETag))}", "412");
    }

    private Task<WireAnswer> Read(string condition, string value) => Send(Signer.Presign(Get()).WithHeader(condition, value));
}
