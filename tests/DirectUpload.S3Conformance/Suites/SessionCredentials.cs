namespace DirectUpload.S3Conformance.Suites;

/// <summary>Temporary credentials: the token comes along with every request, and it is the one that belongs to the key.</summary>
public abstract class SessionCredentials(S3ServerFixture server) : ConformanceSuite(server)
{
    [Fact]
    public async Task A_session_s_request_is_accepted() => Expect(await SendAndRead(await Authorized(s => s.Signer)), "200, hello");

    [Fact]
    public async Task A_session_s_presigned_URL_is_accepted() => Expect(await SendAndRead(await Presigned(s => s.Signer)), "200, hello");

    [Fact]
    public async Task A_session_s_key_without_its_token_is_refused() =>
        Expect(await SendAndRead(await Authorized(s => s.Signer with { SessionToken = null })), "403 InvalidAccessKeyId, nothing");

    [Fact]
    public async Task A_session_s_presigned_URL_without_its_token_is_refused() =>
        Expect(await SendAndRead(await Presigned(s => s.Signer with { SessionToken = null })), "403 InvalidAccessKeyId, nothing");

    [Fact]
    public async Task An_invalid_token_is_refused() =>
        Expect(await SendAndRead(await Authorized(s => s.Signer with { SessionToken = "none" })), "400 InvalidToken, nothing");

    [Fact]
    public async Task An_invalid_token_is_refused_in_a_URL() =>
        Expect(await SendAndRead(await Presigned(s => s.Signer with { SessionToken = "none" })), "400 InvalidToken, nothing");

    [Fact]
    public async Task The_token_of_another_session_is_refused()
    {
        var another = await Server.IssueSessionAsync();
        Expect(await SendAndRead(await Authorized(s => s.Signer with { SessionToken = another.Token })), "400 InvalidToken, nothing");
    }

    [Fact]
    public async Task A_permanent_key_with_an_invalid_token_is_refused() => Expect(
        await SendAndRead(
            await Authorized(s => new TestSigner(Server.Access with { Endpoint = s.Access.Endpoint }) { SessionToken = "none" })),
        "400 InvalidToken, nothing");

    [Fact]
    public async Task A_session_with_another_secret_is_refused() => Expect(
        await SendAndRead(await Authorized(s => s.Signer with { Access = s.Access with { SecretKey = "not the secret" } })),
        "403 SignatureDoesNotMatch, nothing");

    [Fact]
    public async Task A_token_added_to_a_signed_URL_is_refused()
    {
        var session = await Server.IssueSessionAsync();
        var put = (session.Signer with { SessionToken = null }).Presign(Put() with { Host = session.Access.Host });
        Expect(await SendAndRead(put.WithQuery("X-Amz-Security-Token", session.Token)), "403 SignatureDoesNotMatch, nothing");
    }

    [Fact]
    public async Task A_session_s_form_is_accepted() => Expect(await SendAndRead(await Form(f => f)), "204, hello");

    [Fact]
    public async Task A_session_s_form_without_the_token_in_its_policy_is_refused()
    {
        var session = await Server.IssueSessionAsync();
        var form = new PostForm(session.Signer, Bucket).With("key", Key).WithField("x-amz-security-token", session.Token);
        Expect(await SendAndRead(form.Build() with { Host = session.Access.Host }), "403 AccessDenied, nothing");
    }

    [Fact]
    public async Task A_session_s_form_without_the_token_is_refused() =>
        Expect(await SendAndRead(await Form(f => f.WithoutField("x-amz-security-token"))), "403 InvalidAccessKeyId, nothing");

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
