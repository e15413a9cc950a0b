namespace DirectUpload.S3Conformance;

/// <summary>Which key a form may write.</summary>
public abstract class PostPolicyKeys(S3ServerFixture server) : PostSuite(server)
{
    private const string Refused = "403 AccessDenied, nothing";

    [Fact]
    public async Task The_exact_key_is_accepted() => Expect(await Post(Form), "204, hello");

    [Fact]
    public async Task Another_key_than_the_exact_one_is_refused() =>
        Expect(await Post(Form.Tampered("key", Key + "-other"), Key + "-other"), Refused);

    [Fact]
    public async Task A_longer_key_than_the_exact_one_is_refused() =>
        Expect(await Post(Form.Tampered("key", Key + "x"), Key + "x"), Refused);

    [Fact]
    public async Task A_key_below_the_prefix_is_accepted() =>
        Expect(await Post(Blank.WithStartsWith("key", $"{Key}/", $"{Key}/a.png"), Key + "/a.png"), "204, hello");

    [Fact]
    public async Task A_key_outside_the_prefix_is_refused() =>
        Expect(await Post(Blank.WithStartsWith("key", "users/alice/", Key)), Refused);

    [Fact]
    public async Task Any_key_satisfies_the_empty_prefix() => Expect(await Post(Blank.WithStartsWith("key", "", Key)), "204, hello");

    [Fact]
    public async Task An_eq_condition_is_an_exact_one()
    {
        var form = Blank.WithCondition(new[] { "eq", "$key", Key });
        Expect($"{await Post(form.WithField("key", Key))}; {await Post(form.WithField("key", Key + "x"), Key + "x")}",
            $"204, hello; {Refused}");
    }

    [Fact]
    public async Task The_file_s_name_takes_its_place_in_the_key() => Expect(
        await Post(Blank.WithStartsWith("key", $"{Key}/", Key + "/${filename}") with { FileName = "cat.png" }, Key + "/cat.png"),
            "204, hello");

    [Fact]
    public async Task The_file_s_name_loses_its_folders() => Expect(
        await Post(Blank.WithStartsWith("key", $"{Key}/", Key + "/${filename}") with { FileName = "/home/me/cat.png" }, Key + "/cat.png"),
            "204, hello");

    [Fact]
    public async Task A_prefix_is_held_to_the_key_with_the_file_s_name_in_it()
    {
        var form = Blank.WithStartsWith("key", $"{Key}/cat", Key + "/${filename}");
        var cat = await Post(form with { FileName = "cat.png" }, Key + "/cat.png");
        var dog = await Post(form with { FileName = "dog.png" }, Key + "/dog.png");
        Expect($"{cat}; {dog}", $"204, hello; {Refused}");
    }

    [Fact]
    public async Task A_form_without_a_key_is_refused() =>
        Expect(await Post(Blank.WithStartsWith("key", "", Key).Lacking("key")), "400 InvalidArgument, nothing");

    [Fact]
    public async Task An_odd_key_is_accepted()
    {
        var key = Key + "/a b+c'\u00e9\u65e5.png";
        Expect(await Post(Blank.With("key", key), key), "204, hello");
    }
}
