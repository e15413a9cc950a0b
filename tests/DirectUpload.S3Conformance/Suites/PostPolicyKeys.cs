namespace DirectUpload.S3Conformance.Suites;

/// <summary>Which key a form may write.</summary>
public abstract class PostPolicyKeys(S3ServerFixture server) : PostFormSuite(server)
{
    private const string Refused = "403 AccessDenied, nothing";

    [Fact]
    public async Task The_exact_key_is_accepted() => Expect(await Post(Form), "204, hello");

    [Fact]
    public async Task A_key_other_than_the_exact_one_is_refused() =>
        Expect(await Post(Form.WithTamperedField("key", Key + "-other"), Key + "-other"), Refused);

    [Fact]
    public async Task A_key_longer_than_the_exact_one_is_refused() =>
        Expect(await Post(Form.WithTamperedField("key", Key + "x"), Key + "x"), Refused);

    [Fact]
    public async Task A_key_below_the_prefix_is_accepted() =>
        Expect(await Post(FormWithoutKey.WithStartsWith("key", $"{Key}/", $"{Key}/a.png"), Key + "/a.png"), "204, hello");

    [Fact]
    public async Task A_key_outside_the_prefix_is_refused() =>
        Expect(await Post(FormWithoutKey.WithStartsWith("key", "users/alice/", Key)), Refused);

    [Fact]
    public async Task Any_key_satisfies_the_empty_prefix() =>
        Expect(await Post(FormWithoutKey.WithStartsWith("key", "", Key)), "204, hello");

    [Fact]
    public async Task An_eq_condition_requires_the_exact_key()
    {
        var form = FormWithoutKey.WithCondition(new[] { "eq", "$key", Key });
        Expect($"{await Post(form.WithField("key", Key))}; {await Post(form.WithField("key", Key + "x"), Key + "x")}",
            $"204, hello; {Refused}");
    }

    [Fact]
    public async Task The_file_name_is_substituted_in_the_key() => Expect(
        await Post(FormWithoutKey.WithStartsWith("key", $"{Key}/", Key + "/${filename}") with { FileName = "cat.png" }, Key + "/cat.png"),
            "204, hello");

    [Fact]
    public async Task The_file_name_is_used_without_its_path() => Expect(
        await Post(
            FormWithoutKey.WithStartsWith("key", $"{Key}/", Key + "/${filename}") with { FileName = "/home/me/cat.png" }, Key + "/cat.png"),
            "204, hello");

    [Fact]
    public async Task A_prefix_applies_after_file_name_substitution()
    {
        var form = FormWithoutKey.WithStartsWith("key", $"{Key}/cat", Key + "/${filename}");
        var cat = await Post(form with { FileName = "cat.png" }, Key + "/cat.png");
        var dog = await Post(form with { FileName = "dog.png" }, Key + "/dog.png");
        Expect($"{cat}; {dog}", $"204, hello; {Refused}");
    }

    [Fact]
    public async Task A_form_without_a_key_is_refused() =>
        Expect(await Post(FormWithoutKey.WithStartsWith("key", "", Key).WithoutField("key")), "400 InvalidArgument, nothing");

    [Fact]
    public async Task A_key_with_special_characters_is_accepted()
    {
        var key = Key + "/a b+c'\u00e9\u65e5.png";
        Expect(await Post(FormWithoutKey.With("key", key), key), "204, hello");
    }
}
