namespace DirectUpload.S3Conformance;

/// <summary>Temporary credentials: the token comes along with every request, and it is the one that belongs to the key.</summary>
public abstract class SessionCredentials(S3ServerFixture server) : Suite(server)
{
    [Fact]
    public async Task A_session_s_request_is_taken() => Expect(await Upload(await Authorized(s => s.Signer)), "200, hello");

    [Fact]
    public async Task A_session_s_presigned_url_is_taken() => Expect(await Upload(await Presigned(s => s.Signer)), "200, hello");

    [Fact]
    public async Task A_session_s_key_without_its_token_is_refused() =>
        Expect(await Upload(await Authorized(s => s.Signer with { SessionToken = null })), "403 InvalidAccessKeyId, nothing");

    [Fact]
    public async Task A_session_s_presigned_url_without_its_token_is_refused() =>
        Expect(await Upload(await Presigned(s => s.Signer with { SessionToken = null })), "403 InvalidAccessKeyId, nothing");

    [Fact]
    public async Task A_token_that_is_none_is_refused() =>
        Expect(await Upload(await Authorized(s => s.Signer with { SessionToken = "none" })), "400 InvalidToken, nothing");

    [Fact]
    public async Task A_token_that_is_none_is_refused_in_a_url() =>
        Expect(await Upload(await Presigned(s => s.Signer with { SessionToken = "none" })), "400 InvalidToken, nothing");

    [Fact]
    public async Task The_token_of_another_session_is_refused()
    {
        var another = await Server.IssueSessionAsync();
        Expect(await Upload(await Authorized(s => s.Signer with { SessionToken = another.Token })), "400 InvalidToken, nothing");
    }

    [Fact]
    public async Task A_lasting_key_with_a_token_that_is_none_is_refused() => Expect(
        await Upload(await Authorized(s => new TestSigner(Server.Access with { Endpoint = s.Access.Endpoint }) { SessionToken = "none" })),
        "400 InvalidToken, nothing");

    [Fact]
    public async Task A_session_with_another_secret_is_refused() => Expect(
        await Upload(await Authorized(s => s.Signer with { Access = s.Access with { SecretKey = "not the secret" } })),
        "403 SignatureDoesNotMatch, nothing");

    [Fact]
    public async Task A_token_added_to_a_signed_url_is_refused()
    {
        var session = await Server.IssueSessionAsync();
        var put = (session.Signer with { SessionToken = null }).Presign(Put() with { Host = session.Access.Host });
        Expect(await Upload(put.WithQuery("X-Amz-Security-Token", session.Token)), "403 SignatureDoesNotMatch, nothing");
    }

    [Fact]
    public async Task A_session_s_form_is_taken() => Expect(await Upload(await Form(f => f)), "204, hello");

    [Fact]
    public async Task A_session_s_form_whose_policy_does_not_name_the_token_is_refused()
    {
        var session = await Server.IssueSessionAsync();
        var form = new PostForm(session.Signer, Bucket).With("key", Key).WithField("x-amz-security-token", session.Token);
        Expect(await Upload(form.Build() with { Host = session.Access.Host }), "403 AccessDenied, nothing");
    }

    [Fact]
    public async Task A_session_s_form_without_the_token_is_refused() =>
        Expect(await Upload(await Form(f => f.Lacking("x-amz-security-token"))), "403 InvalidAccessKeyId, nothing");

    private async Task<WireRequest> Authorized(Func<S3Session, TestSigner> signer)
    {
        var session = await Server.IssueSessionAsync();
        return signer(session).Authorize(Put() with { Host = session.Access.Host });
    }

    private async Task<WireRequest> Presigned(Func<S3Session, TestSigner> signer)
    {
        var session = await Server.IssueSessionAsync();
        return signer(session).Presign(Put() with { Host = session.Access.Host });
    }

    private async Task<WireRequest> Form(Func<PostForm, PostForm> bend)
    {
        var session = await Server.IssueSessionAsync();
        var form = new PostForm(session.Signer, Bucket).With("key", Key).With("x-amz-security-token", session.Token);
        return bend(form).Build() with { Host = session.Access.Host };
    }
}
