namespace DirectUpload.S3Conformance.Suites;

/// <summary>Every field needs its condition and every condition its field.</summary>
public abstract class PostPolicyFields(S3ServerFixture server) : PostFormSuite(server)
{
    private const string Refused = "403 AccessDenied, nothing";

    [Fact]
    public async Task The_exact_content_type_is_accepted_and_stored() => Expect(
        await SendAndReadHeader(Form.With("Content-Type", "image/png").Build(), "content-type"), "204, image/png");

    [Fact]
    public async Task Another_content_type_is_refused() =>
        Expect(await Post(Form.With("Content-Type", "image/png").WithTamperedField("Content-Type", "text/html")), Refused);

    [Fact]
    public async Task A_content_type_with_the_prefix_is_accepted() =>
        Expect(await Post(Form.WithStartsWith("Content-Type", "image/", "image/webp")), "204, hello");

    [Fact]
    public async Task A_content_type_outside_the_prefix_is_refused() =>
        Expect(await Post(Form.WithStartsWith("Content-Type", "image/", "text/html")), Refused);

    [Fact]
    public async Task Every_listed_content_type_must_have_the_prefix() =>
        Expect(await Post(Form.WithStartsWith("Content-Type", "image/", "image/png,text/html")), Refused);

    [Fact]
    public async Task A_missing_field_is_refused() =>
        Expect(await Post(Form.With("Content-Type", "image/png").WithoutField("Content-Type")), Refused);

    [Fact]
    public async Task An_extra_field_is_refused() => Expect(await Post(Form.WithField("Content-Type", "image/png")), Refused);

    [Fact]
    public async Task An_extra_metadata_field_is_refused() => Expect(await Post(Form.WithField("x-amz-meta-owner", "mallory")), Refused);

    [Fact]
    public async Task An_extra_ACL_is_refused() => Expect(await Post(Form.WithField("acl", "public-read")), Refused);

    [Fact]
    public async Task An_ignored_field_needs_no_condition() => Expect(await Post(Form.WithField("x-ignore-me", "please")), "204, hello");

    [Fact]
    public async Task Metadata_is_stored() => Expect(
        await SendAndReadHeader(Form.With("x-amz-meta-colour", "blue").Build(), "x-amz-meta-colour"), "204, blue");

    [Fact]
    public async Task Changed_metadata_is_refused() =>
        Expect(await Post(Form.With("x-amz-meta-colour", "blue").WithTamperedField("x-amz-meta-colour", "red")), Refused);

    [Theory]
    [InlineData("Cache-Control", "max-age=60")]
    [InlineData("Content-Disposition", "attachment; filename=\"a.txt\"")]
    [InlineData("Content-Encoding", "gzip")]
    public async Task A_header_field_is_stored(string name, string value) => Expect(
        await SendAndReadHeader(Form.With(name, value).Build(), name.ToLowerInvariant()), $"204, {value}", of: name);

    [Fact]
    public async Task Field_names_are_case_insensitive()
    {
        var form = Form.WithCondition(new[] { "starts-with", "$content-type", "image/" }).WithField("Content-Type", "image/png");
        Expect(await Post(form), "204, hello");
    }

    [Fact]
    public async Task Field_values_are_case_sensitive() =>
        Expect(await Post(Form.WithStartsWith("Content-Type", "image/", "IMAGE/png")), Refused);

    [Fact]
    public async Task A_bucket_outside_the_policy_is_refused()
    {
        var other = await Server.CreateBucketAsync();
        Expect($"{await Send(Form.Build() with { Path = "/" + other })}", "403 AccessDenied");
    }

    [Fact]
    public async Task Fields_after_the_file_are_ignored() => Expect(
        await Post(Form with { FieldsAfterFile = [KeyValuePair.Create("x-amz-meta-late", "ignored")] }), "204, hello");

    [Fact]
    public async Task A_key_after_the_file_does_not_count() => Expect(
        await Post(
            FormWithoutKey.WithStartsWith("key", "", Key).WithoutField("key") with { FieldsAfterFile = [KeyValuePair.Create("key", Key)] }),
        "400 InvalidArgument, nothing");

    [Fact]
    public async Task A_form_without_a_file_is_refused() =>
        Expect(await Post(Form with { HasFile = false }), "400 InvalidArgument, nothing");
}
