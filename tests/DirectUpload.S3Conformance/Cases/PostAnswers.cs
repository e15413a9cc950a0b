namespace DirectUpload.S3Conformance;

/// <summary>What a form's sender is told.</summary>
public abstract class PostAnswers(S3ServerFixture server) : PostSuite(server)
{
    [Fact]
    public async Task No_status_asked_for_is_answered_204() => Expect($"{await Send(Form.Build())}", "204");

    [Theory]
    [InlineData("200")]
    [InlineData("201")]
    [InlineData("204")]
    public async Task The_status_asked_for_is_answered(string status) =>
        Expect($"{await Send(Form.With("success_action_status", status).Build())}", status, of: status);

    [Fact]
    public async Task A_status_that_cannot_be_asked_for_is_answered_204() =>
        Expect($"{await Send(Form.With("success_action_status", "418").Build())}", "204");

    [Fact]
    public async Task A_201_describes_the_object()
    {
        var answer = await Send(Form.With("success_action_status", "201").Build());
        Expect($"{answer.Element("Bucket") == Bucket}, {answer.Element("Key") == Key}, {answer.Element("ETag")}",
            "True, True, \"5d41402abc4b2a76b9719d911017c592\"");
    }

    [Fact]
    public async Task A_201_tells_where_the_object_is()
    {
        var answer = await Send(Form.With("success_action_status", "201").Build());
        var absolute = Uri.TryCreate(answer.Element("Location"), UriKind.Absolute,
            out var location) && location.Scheme is "http" or "https";
        Expect($"{absolute}, {answer.Element("Location")?.EndsWith(Key, StringComparison.Ordinal)}", "True, True");
    }

    [Fact]
    public async Task A_204_carries_the_etag()
    {
        var answer = await Send(Form.Build());
        Expect($"{answer}, {answer.ETag ?? "none"}", "204, \"5d41402abc4b2a76b9719d911017c592\"");
    }

    [Fact]
    public async Task A_204_tells_where_the_object_is()
    {
        var answer = await Send(Form.Build());
        Expect($"{answer}, {answer.Header("location")?.EndsWith(Key, StringComparison.Ordinal) ?? false}", "204, True");
    }

    [Fact]
    public async Task A_redirect_carries_bucket_key_and_etag()
    {
        var answer = await Send(Form.With("success_action_redirect", "http://app.example/done?step=2").Build());
        var query = new Uri(answer.Header("location") ?? "http://none/").Query;
        var told = Uri.UnescapeDataString(query).Replace(Bucket, "BUCKET").Replace(Key, "KEY");
        Expect($"{answer}, {told}", "303, ?step=2&bucket=BUCKET&key=KEY&etag=\"5d41402abc4b2a76b9719d911017c592\"");
    }

    [Fact]
    public async Task Another_redirect_than_the_policy_s_is_refused()
    {
        var form = Form.With("success_action_redirect", "http://app.example/done").Tampered("success_action_redirect",
            "http://evil.example/");
        Expect(await Post(form), "403 AccessDenied, nothing");
    }

    [Fact]
    public async Task A_bucket_that_does_not_exist_is_answered_404_to_a_form() =>
        Expect($"{await Send((new PostForm(Signer, "no-such-bucket-here")).With("key", Key).Build())}", "404 NoSuchBucket");
}
