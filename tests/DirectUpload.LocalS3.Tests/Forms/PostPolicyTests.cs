using System.Text;
using DirectUpload.LocalS3.Forms;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Tests.Forms;

public class PostPolicyTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("""["eq", "$key", "a/b"]""", "a/b", true)]
    [InlineData("""["eq", "$key", "a/b"]""", "a/B", false)]
    [InlineData("""{"key": "a/b"}""", "a/b", true)]
    [InlineData("""{"KEY": "a/b"}""", "a/b", true)]
    [InlineData("""{"key": "a/b"}""", "a/bc", false)]
    [InlineData("""["starts-with", "$key", "a/"]""", "a/bc", true)]
    [InlineData("""["starts-with", "$Key", "a/"]""", "b/a/", false)]
    [InlineData("""["Starts-With", "$key", ""]""", "anything", true)]
    public void A_condition_holds_or_fails(string condition, string key, bool holds)
    {
        var form = Form(("key", key));
        Refusal(Policy(condition), form).Should().Be(holds ? null : "AccessDenied");
    }

    [Theory]
    [InlineData("image/png", true)]
    [InlineData("image/png, image/gif", true)]
    [InlineData("image/png,text/html", false)]
    public void Every_content_type_of_a_list_must_match(string type, bool holds) =>
        Refusal(Policy("""["starts-with", "$Content-Type", "image/"]"""), Form(("content-type", type)))
            .Should().Be(holds ? null : "AccessDenied");

    [Theory]
    [InlineData("""["starts-with", "$acl", ""]""")]
    [InlineData("""{"acl": ""}""")]
    public void A_condition_on_a_missing_field_fails(string condition) => Refusal(Policy(condition), Form()).Should().Be("AccessDenied");

    [Fact]
    public void The_bucket_comes_from_the_URL_not_from_the_form()
    {
        Refusal(Policy("""{"bucket": "uploads"}"""), Form()).Should().BeNull();
        Refusal(Policy("""{"bucket": "other"}"""), Form(("bucket", "other"))).Should().Be("AccessDenied");
    }

    [Theory]
    [InlineData("""{"key": "a"}""", false)]
    [InlineData("""{"key": "a"}, {"Bucket": "uploads"}""", true)]
    [InlineData("""{"key": "a"}, ["starts-with", "$bucket", "up"]""", true)]
    public void A_policy_must_name_the_bucket(string conditions, bool holds)
    {
        foreach (var form in new[] { Form(("key", "a")), Form(("key", "a"), ("bucket", "uploads")) })
            Refusal(PolicyWithoutBucket(conditions), form).Should().Be(holds ? null : "AccessDenied");
    }

    [Fact]
    public void A_field_without_a_condition_is_refused_by_name()
    {
        var form = Form(("key", "a"), ("X-Amz-Meta-Extra", "1"), ("x-ignore-me", "2"), ("policy", "p"), ("x-amz-signature", "s"));
        ((Action)(() => PostPolicyParser.Parse(Policy("""{"key": "a"}""")).Validate(form, "uploads", Now)))
            .Should().Throw<S3Exception>().WithMessage("Invalid according to Policy: Extra input fields: x-amz-meta-extra");
    }

    [Fact]
    public void A_failed_condition_is_named() =>
        ((Action)(() =>
            PostPolicyParser.Parse(Policy("""["starts-with", "$key", "user/"]""")).Validate(Form(("key", "x")), "uploads", Now)))
            .Should().Throw<S3Exception>()
            .WithMessage("""Invalid according to Policy: Policy Condition failed: ["starts-with", "$key", "user/"]""");

    [Theory]
    [InlineData("2030-01-01T12:00:01Z", null)]
    [InlineData("2030-01-01T12:00:00.001Z", null)]
    [InlineData("2030-01-01T12:00:00Z", "AccessDenied")]
    [InlineData("2030-01-01T13:00:01+01:00", "InvalidPolicyDocument")]
    [InlineData("2030-01-01T13:00:01", "InvalidPolicyDocument")]
    [InlineData("2030-13-01T13:00:01Z", "InvalidPolicyDocument")]
    [InlineData("tomorrow", "InvalidPolicyDocument")]
    public void The_expiration_is_utc_and_exclusive(string expiration, string? refusal) =>
        Refusal(Encode($$"""{"expiration": "{{expiration}}", "conditions": [{"bucket": "uploads"}]}"""), Form()).Should().Be(refusal);

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"conditions": []}""")]
    [InlineData("""{"expiration": "2031-01-01T00:00:00Z"}""")]
    [InlineData("""{"Expiration": "2031-01-01T00:00:00Z", "conditions": []}""")]
    [InlineData("""{"expiration": "2031-01-01T00:00:00Z", "conditions": [], "more": 1}""")]
    [InlineData("""{"expiration": "2031-01-01T00:00:00Z", "conditions": {}}""")]
    [InlineData("""{"expiration": "2031-01-01T00:00:00Z", "conditions": [{"key": "a", "acl": "b"}]}""")]
    [InlineData("""{"expiration": "2031-01-01T00:00:00Z", "conditions": [{}]}""")]
    [InlineData("""{"expiration": "2031-01-01T00:00:00Z", "conditions": [{"key": 1}]}""")]
    [InlineData("""{"expiration": "2031-01-01T00:00:00Z", "conditions": ["key"]}""")]
    [InlineData("""{"expiration": "2031-01-01T00:00:00Z", "conditions": [["eq", "$key"]]}""")]
    [InlineData("""{"expiration": "2031-01-01T00:00:00Z", "conditions": [["eq", "key", "a"]]}""")]
    [InlineData("""{"expiration": "2031-01-01T00:00:00Z", "conditions": [["ends-with", "$key", "a"]]}""")]
    [InlineData("""{"expiration": "2031-01-01T00:00:00Z", "conditions": [["content-length-range", -1, 5]]}""")]
    [InlineData("""{"expiration": "2031-01-01T00:00:00Z", "conditions": [["content-length-range", 1.5, 5]]}""")]
    public void A_malformed_policy_is_an_invalid_document(string policy) =>
        Refusal(Encode(policy), Form()).Should().Be("InvalidPolicyDocument");

    [Fact]
    public void Text_that_is_not_base64_is_an_invalid_document() => Refusal("%%%", Form()).Should().Be("InvalidPolicyDocument");

    [Fact]
    public void Two_length_ranges_both_apply()
    {
        var policy = PostPolicyParser.Parse(Policy("""["content-length-range", 1, 10], ["content-length-range", "5", 20]"""));
        (policy.MinLength, policy.MaxLength).Should().Be((5, 10));
    }

    [Theory]
    [InlineData("""a\$b""", "a$b")]
    [InlineData("""a\\$b""", """a\$b""")]
    [InlineData("""a\u0041""", "aA")]
    [InlineData("""a\vb""", "a\vb")]
    public void S3_escape_sequences_are_decoded(string written, string meant) =>
        Refusal(Policy($$"""{"key": "{{written}}"}"""), Form(("key", meant))).Should().BeNull();

    [Theory]
    [InlineData("a.txt", "up/a.txt")]
    [InlineData("dir/sub/a.txt", "up/a.txt")]
    [InlineData("C:\\dir\\a.txt", "up/a.txt")]
    [InlineData("", "up/")]
    public void The_file_name_is_expanded_without_its_folders(string fileName, string key)
    {
        var form = Form(("key", "up/${filename}"), ("policy", "${filename}"));
        form.ExpandFileName(fileName);
        (form["KEY"], form["policy"]).Should().Be((key, "${filename}"));
    }

    private static FormFields Form(params (string Name, string Value)[] fields)
    {
        var form = new FormFields();
        foreach (var (name, value) in fields)
            form.TryAdd(name, value);
        return form;
    }

    private static string Policy(string conditions) =>
        PolicyWithoutBucket($$"""{"bucket": "uploads"}, {{conditions}}""");

    private static string PolicyWithoutBucket(string conditions) =>
        Encode($$"""{"expiration": "2031-01-01T00:00:00.000Z", "conditions": [{{conditions}}]}""");

    private static string Encode(string policy) => Convert.ToBase64String(Encoding.UTF8.GetBytes(policy));

    private static string? Refusal(string policy, FormFields form)
    {
        try
        {
            PostPolicyParser.Parse(policy).Validate(form, "uploads", Now);
            return null;
        }
        catch (S3Exception e)
        {
            return e.Code;
        }
    }
}
