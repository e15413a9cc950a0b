using System.Text;
using CsCheck;
using DirectUpload.Profiles;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Profiles;

public sealed class KeyTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 23, 30, 0, TimeSpan.FromHours(-5));
    private static readonly UploadId Id = UploadId.Parse("0195500000007000800000000000abcd");

    // Templates in every shape that the validator lets through: generated from its own vocabulary, kept when it finds no fault.
    private static readonly Gen<string> Pieces =
        Gen.OneOf("{profile}", "{owner}", "{yyyy}", "{MM}", "{dd}", "{id}", "{name}", "{ext}", "/", "/", ".", "..", "-", "a", "!").Array[0, 6].Select(parts => string.Concat(parts));

    private static readonly Gen<string> ValidTemplate = Gen.Select(Pieces, Gen.OneOf("/", "-", "!", ""), Gen.OneOf("/", "-", "!", ""), Pieces)
        .Select((before, left, right, after) => $"{before}{left}{{id}}{right}{after}").Where(template => KeyTemplate.FindFault(template) is null);

    [Theory]
    [InlineData("{profile}/{owner}/{yyyy}/{MM}/{id}{ext}", "photos/ada/2026/03/0195500000007000800000000000abcd.png")]
    [InlineData("{dd}/{name}-{id}", "02/my-cat-1-0195500000007000800000000000abcd")]
    [InlineData("{id}", "0195500000007000800000000000abcd")]
    [InlineData("{id}/{id}", "0195500000007000800000000000abcd/0195500000007000800000000000abcd")]
    public void A_template_is_filled_in(string template, string key) => Expand(template, "ada", "My Cat (1).PNG").Should().Be(key);

    [Fact]
    public void What_a_client_writes_is_never_filled_in_again() => Expand("{name}/{id}{ext}", "{id}", "{id}.{ext}").Should().Be("id/" + Id);

    [Theory]
    [InlineData("{profile}", "it must hold {id}*")]
    [InlineData("{id}{nope}", "{nope} is unknown; known are {profile}, {owner}*")]
    [InlineData("{id}{}", "{} is unknown*")]
    [InlineData("{id}{ID}", "{ID} is unknown*")]
    [InlineData("{id} x", "its fixed text may hold*")]
    [InlineData("{id}$", "its fixed text may hold*")]
    [InlineData("{id}é", "its fixed text may hold*")]
    [InlineData("{id}{", "its fixed text may hold*")]
    [InlineData("{id}\n", "its fixed text may hold*")]
    [InlineData("/{id}", "it must neither begin with a slash*")]
    [InlineData("a//{id}", "it must neither begin with a slash*")]
    [InlineData("../{id}", "it must neither begin with a slash*")]
    [InlineData("a/./{id}", "it must neither begin with a slash*")]
    [InlineData("{id}/", "*")]
    public void A_template_that_can_not_work_is_found_out(string template, string fault) => KeyTemplate.FindFault(template).Should().Match(fault);

    [Theory]
    [InlineData("{ext}/{id}", "begins with a slash when the file has no extension")]
    [InlineData("{id}/.{ext}", "ends in a dot segment when the file has no extension")]
    [InlineData("{id}/..{ext}", "ends in a parent segment when the file has no extension")]
    [InlineData("{id}/{ext}/a", "holds an empty segment when the file has no extension")]
    public void A_template_that_can_not_work_without_an_extension_is_found_out(string template, string because) =>
        KeyTemplate.FindFault(template).Should().NotBeNull(because);

    [Fact]
    public void A_template_that_can_make_a_key_of_more_than_950_bytes_is_found_out()
    {
        KeyTemplate.FindFault("{id}/" + new string('a', 917)).Should().BeNull();
        KeyTemplate.FindFault("{id}/" + new string('a', 918)).Should().Contain("950 bytes");
    }

    [Fact]
    public void A_template_whose_key_could_grow_past_1024_bytes_is_found_out() =>
        KeyTemplate.FindFault("{id}/" + string.Concat(Enumerable.Repeat("{owner}", 20))).Should().NotBeNull("20 owners of 120 characters each are no key");

    [Fact]
    public void No_owner_and_no_file_name_makes_a_key_unsafe() => Gen.Select(ValidTemplate, Hostile.Any, Hostile.Any).Sample(
        (template, owner, fileName) =>
        {
            var key = Expand(template, owner, fileName);

            key.Should().MatchRegex(@"\A[A-Za-z0-9/!_.-]+\z");
            key.Split('/').Should().NotContain(["", ".", ".."]);
            Encoding.UTF8.GetByteCount(key).Should().BeLessThanOrEqualTo(1024);
        },
        iter: Cases.Times(3000));

    [Fact]
    public void No_owner_and_no_file_name_makes_the_default_key_unsafe() => Gen.Select(Hostile.Any, Hostile.Any).Sample(
        (owner, fileName) =>
        {
            var key = Expand(new UploadProfile().KeyTemplate, owner, fileName);

            key.Should().MatchRegex(@"\Aphotos/[A-Za-z0-9!_-]+/2026/03/[0-9a-f]{32}(\.[a-z0-9]{1,16})?\z");
            key.Length.Should().BeLessThanOrEqualTo(1024);
        },
        iter: Cases.Times(3000));

    [Theory]
    [InlineData("{name}{id}")]
    [InlineData("{id}{name}")]
    [InlineData("{owner}/a{id}")]
    [InlineData("{yyyy}{id}")]
    [InlineData("{ext}{id}")]
    [InlineData("0198c0de00007000800000000000beef/{id}")]
    public void FindFault_IdThatIsNotAlone_IsAFault(string template) => KeyTemplate.FindFault(template).Should().Contain("{id}");

    [Fact]
    public void FindFault_ProfileThatLooksLikeAnId_IsAFault() =>
        KeyTemplate.FindFault("{profile}/{id}", "0198c0de00007000800000000000beef").Should().NotBeNull();

    // Owners and names that are ids, hold ids, or make one together with what stands beside them.
    private static readonly Gen<string> LikeAnId = Gen.OneOf(
        Hostile.Any,
        Gen.Const("0198c0de00007000800000000000beef"),
        Gen.Const("@98c0de00007000800000000000beef"),
        Gen.Const("a-0198c0de00007000800000000000beef.png"),
        Gen.Int[0, 32].Select(length => "0198c0de00007000800000000000beef"[..length]),
        Gen.Int[0, 32].Select(length => "0198c0de00007000800000000000beef"[length..]));

    [Fact]
    public void Expand_OwnersAndNamesThatLookLikeIds_KeyLeadsToItsUpload() => Gen.Select(ValidTemplate, LikeAnId, LikeAnId).Sample(
        (template, owner, fileName) =>
        {
            UploadId.TryFindIn(Expand(template, owner, fileName), out var found).Should().BeTrue();
            found.Should().Be(Id);
        },
        iter: Cases.Times(5000));

    [Fact]
    public void Two_owners_never_share_a_segment() => Gen.Select(Hostile.Text, Hostile.Text).Where((one, other) => one != other && one != "" && other != "").Sample(
        (one, other) => SafeKeySegment.ForOwner(one).Should().NotBe(SafeKeySegment.ForOwner(other)),
        iter: Cases.Times(3000));

    [Theory]
    [InlineData("a.b", "a!2Eb")]
    [InlineData("a.b", "a_2Eb")]
    [InlineData("a.b", "a-2Eb")]
    [InlineData("a.b", "a2Eb")]
    [InlineData("ada", "ADA")]
    [InlineData("a/b", "a_b")]
    [InlineData("!anonymous", null)]
    public void These_two_owners_do_not_share_a_segment(string one, string? other) => SafeKeySegment.ForOwner(one).Should().NotBe(SafeKeySegment.ForOwner(other));

    [Fact]
    public void Owners_that_differ_in_half_a_surrogate_pair_do_not_share_a_segment()
    {
        SafeKeySegment.ForOwner("\ud800").Should().NotBe(SafeKeySegment.ForOwner("\ud801"));
        SafeKeySegment.ForOwner("\ud800").Should().NotBe(SafeKeySegment.ForOwner("\ufffd"));
    }

    [Fact]
    public void A_long_owner_becomes_a_hash_of_its_own()
    {
        var one = SafeKeySegment.ForOwner(new string('a', 121));
        var other = SafeKeySegment.ForOwner(new string('a', 122));

        one.Should().MatchRegex("^!![0-9a-f]{64}$").And.NotBe(other);
        SafeKeySegment.ForOwner(new string('a', 120)).Should().Be(new string('a', 120));
        SafeKeySegment.ForOwner(new string('é', 20)).Should().HaveLength(120);
        SafeKeySegment.ForOwner(new string('é', 21)).Should().StartWith("!!");
    }

    [Theory]
    [InlineData("My Cat (1).PNG", "my-cat-1")]
    [InlineData(".gitignore", "file")]
    [InlineData("日本.png", "file")]
    [InlineData("---.png", "file")]
    [InlineData("a.tar.gz", "a-tar")]
    public void A_name_stays_readable(string fileName, string segment) => SafeKeySegment.ForName(fileName).Should().Be(segment);

    [Theory]
    [InlineData("a.PNG", ".png")]
    [InlineData("a.tar.gz", ".gz")]
    [InlineData("a", "")]
    [InlineData("a.", "")]
    [InlineData("a.p ng", "")]
    [InlineData("a.é", "")]
    [InlineData("a.abcdefghijklmnop", ".abcdefghijklmnop")]
    [InlineData("a.abcdefghijklmnopq", "")]
    public void An_extension_is_plain_or_absent(string fileName, string extension) => SafeKeySegment.ForExtension(fileName).Should().Be(extension);

    private static string Expand(string template, string? owner, string fileName) => KeyTemplate.Expand(template, "photos", owner, Id, fileName, Now);
}
