namespace DirectUpload.S3Conformance.Suites;

/// <summary>Tests the responses to forms.</summary>
public abstract class PostResponses(S3ServerFixture server) : PostFormSuite(server)
{
    [Fact]
    public async Task The_default_status_is_204() => Expect($"{await Send(Form.Build())}", "204");

    [Theory]
    [InlineData("200")]
    [InlineData("201")]
    [InlineData("204")]
    public async Task The_requested_status_is_returned(string status) =>
        Expect($"{await Send(Form.With("success_action_status", status).Build())}", status, of: status);

    [Fact]
    public async Task An_unsupported_status_returns_204() =>
        Expect($"{await Send(Form.With("success_action_status", "418").Build())}", "204");

    [Fact]
    public async Task A_201_describes_the_object()
    {
        var answer = await Send(Form.With("success_action_status", "201").Build());
        Expect($"{answer.GetElement("Bucket") == Bucket}, {answer.GetElement("Key") == Key}, {answer.GetElement("ETag")}",
            "True, True, \"5d41402abc4b2a76b9719d911017c592\"");
    }

    [Fact]
    public async Task A_201_contains_the_object_s_location()
    {
        var answer = await Send(Form.With("success_action_status", "201").Build());
        var absolute = Uri.TryCreate(answer.GetElement("Location"), UriKind.Absolute,
            out var location) && location.Scheme is "http" or "https";
        Expect($"{absolute}, {answer.GetElement("Location")?.EndsWith(Key, StringComparison.Ordinal)}", "True, True");
    }

    [Fact]
    public async Task A_204_contains_the_ETag()
    {
        var answer = await Send(Form.Build());
        Expect($"{answer}, {answer.ETag ?? "none"}", "204, \"5d41402abc4b2a76b9719d911017c592\"");
    }

    [Fact]
    public async Task A_204_contains_the_object_s_location()
    {
        var answer = await Send(Form.Build());
        Expect($"{answer}, {answer.GetHeader("location")?.EndsWith(Key, StringComparison.Ordinal) ?? false}", "204, True");
    }

    [Fact]
    public async Task A_redirect_contains_bucket_key_and_ETag()
    {
        var answer = await Send(Form.With("success_action_redirect", "http://app.example/done?step=2").Build());
        var query = new Uri(answer.GetHeader("location") ?? "http://none/").Query;
        var returned = Uri.UnescapeDataString(query).Replace(Bucket, "BUCKET").Replace(Key, "KEY");
        Expect($"{answer}, {returned}", "303, ?step=2&bucket=BUCKET&key=KEY&etag=\"5d41402abc4b2a76b9719d911017c592\"");
    }

    [Fact]
    public async Task A_redirect_outside_the_policy_is_refused()
    {
        var form = Form.With("success_action_redirect", "http://app.example/done").WithTamperedField("success_action_redirect",
            "http://evil.example/");
        Expect(await Post(form), "403 AccessDenied, nothing");
    }

    [Fact]
    public async Task A_form_for_a_missing_bucket_returns_404() =>
        Expect($"{await Send((new PostForm(Signer, "no-such-bucket-here")).With("key", Key).Build())}", "404 NoSuchBucket");
}
