using System.Text;

namespace DirectUpload.S3Conformance.Suites;

/// <summary>Who signed the policy, until when it holds, and that it is what was signed.</summary>
public abstract class PostPolicySignatures(S3ServerFixture server) : PostFormSuite(server)
{
    private const string Mismatch = "403 SignatureDoesNotMatch, nothing";

    [Fact]
    public async Task An_expired_policy_is_refused() =>
        Expect(await Post(Form with { Expiration = DateTimeOffset.UtcNow.AddSeconds(-2) }), "403 AccessDenied, nothing");

    [Fact]
    public async Task A_week_old_policy_is_valid_until_it_expires() => Expect(
        await Post((FormWithoutKey with { Signer = Signer with { SignedAt = DateTimeOffset.UtcNow.AddDays(-6) } })
            .With("key", Key)), "204, hello");

    [Fact]
    public async Task A_wrong_signature_is_refused() =>
        Expect(await Post(Form.WithTamperedField("x-amz-signature", new string('0', 64))), Mismatch);

    [Fact]
    public async Task A_wrong_secret_is_refused_in_a_form() =>
        Expect(await Post(SignedBy(Server.Access with { SecretKey = "another" })), Mismatch);

    [Fact]
    public async Task An_unknown_access_key_is_refused_in_a_form() => Expect(
        await Post(SignedBy(Server.Access with { AccessKey = "AKIANOBODYNOBODYNOBO" })), "403 InvalidAccessKeyId, nothing");

    [Fact]
    public async Task A_tampered_policy_is_refused()
    {
        var wider = Convert.ToBase64String(Encoding.UTF8.GetBytes(
            $$"""{"expiration":"2999-01-01T00:00:00.000Z","conditions":[["starts-with","$key",""],{"bucket":"{{Bucket}}"}]}"""));
        Expect(await Post(Form.WithTamperedField("policy", wider)), Mismatch);
    }

    [Theory]
    [InlineData("x-amz-signature")]
    [InlineData("x-amz-credential")]
    [InlineData("x-amz-date")]
    [InlineData("x-amz-algorithm")]
    public async Task A_form_without_its_signature_fields_is_refused(string name) =>
        Expect(await SendRefused(Form.WithoutField(name).Build()), "refused, nothing", of: name);

    [Fact]
    public async Task A_form_without_a_policy_is_refused() =>
        Expect(await SendRefused(Form.WithoutField("policy").Build()), "refused, nothing");

    [Fact]
    public async Task A_scope_outside_the_policy_is_refused()
    {
        var tomorrow = Signer with { SignedAt = DateTimeOffset.UtcNow.AddDays(1) };
        Expect(await SendRefused(Form.WithTamperedField("x-amz-credential", tomorrow.Credential).Build()), "refused, nothing");
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"expiration":"2999-01-01T00:00:00.000Z"}""")]
    [InlineData("""{"conditions":[]}""")]
    [InlineData("""{"expiration":"tomorrow","conditions":[]}""")]
    [InlineData("""{"expiration":"2999-01-01T00:00:00.000Z","conditions":[["like","$key","a"]]}""")]
    [InlineData("""{"expiration":"2999-01-01T00:00:00.000Z","conditions":[["content-length-range","a","b"]]}""")]
    public async Task A_malformed_policy_is_refused(string policy) =>
        Expect(await Post(Form with { RewritePolicy = _ => policy }), "400 InvalidPolicyDocument, nothing", of: policy);

    private PostForm SignedBy(S3Access access) => (FormWithoutKey with { Signer = new TestSigner(access) }).With("key", Key);
}
