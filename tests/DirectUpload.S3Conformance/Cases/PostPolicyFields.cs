namespace DirectUpload.S3Conformance;

/// <summary>Every field needs its condition and every condition its field.</summary>
public abstract class PostPolicyFields(S3ServerFixture server) : PostSuite(server)
{
    private const string Refused = "403 AccessDenied, nothing";

    [Fact]
    public async Task The_exact_content_type_is_accepted_and_kept() => Expect(
        await Kept(Form.With("Content-Type", "image/png").Build(), "content-type"), "204, image/png");

    [Fact]
    public async Task Another_content_type_is_refused() =>
        Expect(await Post(Form.With("Content-Type", "image/png").Tampered("Content-Type", "text/html")), Refused);

    [Fact]
    public async Task A_content_type_of_the_prefix_is_accepted() =>
        Expect(await Post(Form.WithStartsWith("Content-Type", "image/", "image/webp")), "204, hello");

    [Fact]
    public async Task A_content_type_outside_the_prefix_is_refused() =>
        Expect(await Post(Form.WithStartsWith("Content-Type", "image/", "text/html")), Refused);

    [Fact]
    public async Task Every_one_of_a_list_of_content_types_is_held_to_the_prefix() =>
        Expect(await Post(Form.WithStartsWith("Content-Type", "image/", "image/png,text/html")), Refused);

    [Fact]
    public async Task A_missing_field_is_refused() =>
        Expect(await Post(Form.With("Content-Type", "image/png").Lacking("Content-Type")), Refused);

    [Fact]
    public async Task An_extra_field_is_refused() => Expect(await Post(Form.WithField("Content-Type", "image/png")), Refused);

    [Fact]
    public async Task An_extra_metadata_field_is_refused() => Expect(await Post(Form.WithField("x-amz-meta-owner", "mallory")), Refused);

    [Fact]
    public async Task An_extra_acl_is_refused() => Expect(await Post(Form.WithField("acl", "public-read")), Refused);

    [Fact]
    public async Task An_ignored_field_needs_no_condition() => Expect(await Post(Form.WithField("x-ignore-me", "please")), "204, hello");

    [Fact]
    public async Task Metadata_is_kept() => Expect(
        await Kept(Form.With("x-amz-meta-colour", "blue").Build(), "x-amz-meta-colour"), "204, blue");

    [Fact]
    public async Task Changed_metadata_is_refused() =>
        Expect(await Post(Form.With("x-amz-meta-colour", "blue").Tampered("x-amz-meta-colour", "red")), Refused);

    [Theory]
    [InlineData("Cache-Control", "max-age=60")]
    [InlineData("Content-Disposition", "attachment; filename=\"a.txt\"")]
    [InlineData("Content-Encoding", "gzip")]
    public async Task A_header_field_is_kept(string name, string value) => Expect(
        await Kept(Form.With(name, value).Build(), name.ToLowerInvariant()), $"204, {value}", of: name);

    [Fact]
    public async Task Names_are_matched_whatever_their_case()
    {
        var form = Form.WithCondition(new[] { "starts-with", "$content-type", "image/" }).WithField("Content-Type", "image/png");
        Expect(await Post(form), "204, hello");
    }

    [Fact]
    public async Task Values_are_matched_with_their_case() =>
        Expect(await Post(Form.WithStartsWith("Content-Type", "image/", "IMAGE/png")), Refused);

    [Fact]
    public async Task Another_bucket_than_the_policy_s_is_refused()
    {
        var other = await Server.CreateBucketAsync();
        Expect($"{await Send(Form.Build() with { Path = "/" + other })}", "403 AccessDenied");
    }

    [Fact]
    public async Task Fields_after_the_file_are_not_looked_at() => Expect(
        await Post(Form with { Trailing = [KeyValuePair.Create("x-amz-meta-late", "ignored")] }), "204, hello");

    [Fact]
    public async Task A_key_after_the_file_is_no_key() => Expect(
        await Post(Blank.WithStartsWith("key", "", Key).Lacking("key") with { Trailing = [KeyValuePair.Create("key", Key)] }),
        "400 InvalidArgument, nothing");

    [Fact]
    public async Task A_form_without_a_file_is_refused() =>
        Expect(await Post(Form with { HasFile = false }), "400 InvalidArgument, nothing");
}
