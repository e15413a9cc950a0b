using System.Text;
using CsCheck;
using DirectUpload.Profiles;
using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Profiles;

public sealed class KeyTemplateTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 23, 30, 0, TimeSpan.FromHours(-5));
    private static readonly UploadId Id = UploadId.Parse("0195500000007000800000000000abcd");

    // Templates in every shape that the validator lets through: generated from its own vocabulary, kept when it finds no fault.
    private static readonly Gen<string> TemplateParts =
        Gen.OneOf("{profile}", "{owner}", "{yyyy}", "{MM}", "{dd}", "{id}", "{name}", "{ext}", "/", "/", ".", "..", "-", "a", "!").Array[
            0, 6].Select(parts => string.Concat(parts));

    private static readonly Gen<string> ValidTemplate = Gen.Select(
        TemplateParts, Gen.OneOf("/", "-", "!", ""), Gen.OneOf("/", "-", "!", ""), TemplateParts)
        .Select((before, left, right, after) => $"{before}{left}{{id}}{right}{after}")
        .Where(template => KeyTemplate.FindError(template) is null);

    [Theory]
    [InlineData("{profile}/{owner}/{yyyy}/{MM}/{id}{ext}", "photos/ada/2026/03/0195500000007000800000000000abcd.png")]
    [InlineData("{dd}/{name}-{id}", "02/my-cat-1-0195500000007000800000000000abcd")]
    [InlineData("{id}", "0195500000007000800000000000abcd")]
    [InlineData("{id}/{id}", "0195500000007000800000000000abcd/0195500000007000800000000000abcd")]
    public void Expand_Template_FillsInPlaceholders(string template, string key) =>
        Expand(template, "ada", "My Cat (1).PNG").Should().Be(key);

    [Fact]
    public void Expand_PlaceholderInClientText_IsNotExpanded() => Expand("{name}/{id}{ext}", "{id}", "{id}.{ext}").Should().Be("id/" + Id);

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
    public void FindError_InvalidTemplate_NamesTheError(string template, string fault) =>
        KeyTemplate.FindError(template).Should().Match(fault);

    [Theory]
    [InlineData("{ext}/{id}", "begins with a slash when the file has no extension")]
    [InlineData("{id}/.{ext}", "ends in a dot segment when the file has no extension")]
    [InlineData("{id}/..{ext}", "ends in a parent segment when the file has no extension")]
    [InlineData("{id}/{ext}/a", "holds an empty segment when the file has no extension")]
    public void FindError_InvalidWithoutExtension_IsAnError(string template, string because) =>
        KeyTemplate.FindError(template).Should().NotBeNull(because);

    [Fact]
    public void FindError_KeyAbove950Bytes_IsAnError()
    {
        KeyTemplate.FindError("{id}/" + new string('a', 917)).Should().BeNull();
        KeyTemplate.FindError("{id}/" + new string('a', 918)).Should().Contain("950 bytes");
    }

    [Fact]
    public void FindError_KeyCouldExceed1024Bytes_IsAnError() =>
        KeyTemplate.FindError("{id}/" + string.Concat(Enumerable.Repeat("{owner}", 20)))
            .Should().NotBeNull("20 owners of 120 characters each are no key");

    [Fact]
    public void Expand_AnyOwnerAndFileName_IsASafeKey() => Gen.Select(ValidTemplate, UnsafeText.Any, UnsafeText.Any).Sample(
        (template, owner, fileName) =>
        {
            var key = Expand(template, owner, fileName);

            key.Should().MatchRegex(@"\A[A-Za-z0-9/!_.-]+\z");
            key.Split('/').Should().NotContain(["", ".", ".."]);
            Encoding.UTF8.GetByteCount(key).Should().BeLessThanOrEqualTo(1024);
        },
        iter: SampleCount.Scale(3000));

    [Fact]
    public void Expand_DefaultTemplate_IsASafeKey() => Gen.Select(UnsafeText.Any, UnsafeText.Any).Sample(
        (owner, fileName) =>
        {
            var key = Expand(new UploadProfile().KeyTemplate, owner, fileName);

            key.Should().MatchRegex(@"\Aphotos/[A-Za-z0-9!_-]+/2026/03/[0-9a-f]{32}(\.[a-z0-9]{1,16})?\z");
            key.Length.Should().BeLessThanOrEqualTo(1024);
        },
        iter: SampleCount.Scale(3000));

    [Theory]
    [InlineData("{name}{id}")]
    [InlineData("{id}{name}")]
    [InlineData("{owner}/a{id}")]
    [InlineData("{yyyy}{id}")]
    [InlineData("{ext}{id}")]
    [InlineData("0198c0de00007000800000000000beef/{id}")]
    public void FindError_IdNotDelimited_IsAnError(string template) => KeyTemplate.FindError(template).Should().Contain("{id}");

    [Fact]
    public void FindError_ProfileNameLikeAnId_IsAnError() =>
        KeyTemplate.FindError("{profile}/{id}", "0198c0de00007000800000000000beef").Should().NotBeNull();

    // Owners and names that are ids, hold ids, or make one together with what stands beside them.
    private static readonly Gen<string> TextsLikeIds = Gen.OneOf(
        UnsafeText.Any,
        Gen.Const("0198c0de00007000800000000000beef"),
        Gen.Const("@98c0de00007000800000000000beef"),
        Gen.Const("a-0198c0de00007000800000000000beef.png"),
        Gen.Int[0, 32].Select(length => "0198c0de00007000800000000000beef"[..length]),
        Gen.Int[0, 32].Select(length => "0198c0de00007000800000000000beef"[length..]));

    [Fact]
    public void Expand_OwnersAndNamesLikeIds_KeyContainsItsIdOnce() => Gen.Select(ValidTemplate, TextsLikeIds, TextsLikeIds).Sample(
        (template, owner, fileName) =>
        {
            UploadId.TryFindIn(Expand(template, owner, fileName), out var found).Should().BeTrue();
            found.Should().Be(Id);
        },
        iter: SampleCount.Scale(5000));

    [Fact]
    public void ForOwner_GeneratedOwners_AreDistinct() =>
        Gen.Select(UnsafeText.WellFormed, UnsafeText.WellFormed).Where((one, other) => one != other && one != "" && other != "").Sample(
            (one, other) => SafeKeySegment.ForOwner(one).Should().NotBe(SafeKeySegment.ForOwner(other)),
            iter: SampleCount.Scale(3000));

    [Theory]
    [InlineData("a.b", "a!2Eb")]
    [InlineData("a.b", "a_2Eb")]
    [InlineData("a.b", "a-2Eb")]
    [InlineData("a.b", "a2Eb")]
    [InlineData("ada", "ADA")]
    [InlineData("a/b", "a_b")]
    [InlineData("!anonymous", null)]
    public void ForOwner_SimilarOwners_AreDistinct(string one, string? other) =>
        SafeKeySegment.ForOwner(one).Should().NotBe(SafeKeySegment.ForOwner(other));

    [Fact]
    public void ForOwner_DifferentUnpairedSurrogates_AreDistinct()
    {
        SafeKeySegment.ForOwner("\ud800").Should().NotBe(SafeKeySegment.ForOwner("\ud801"));
        SafeKeySegment.ForOwner("\ud800").Should().NotBe(SafeKeySegment.ForOwner("\ufffd"));
    }

    [Fact]
    public void ForOwner_LongOwner_IsAHash()
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
    public void ForName_StaysReadable(string fileName, string segment) => SafeKeySegment.ForName(fileName).Should().Be(segment);

    [Theory]
    [InlineData("a.PNG", ".png")]
    [InlineData("a.tar.gz", ".gz")]
    [InlineData("a", "")]
    [InlineData("a.", "")]
    [InlineData("a.p ng", "")]
    [InlineData("a.é", "")]
    [InlineData("a.abcdefghijklmnop", ".abcdefghijklmnop")]
    [InlineData("a.abcdefghijklmnopq", "")]
    public void ForExtension_IsSafeOrEmpty(string fileName, string extension) =>
        SafeKeySegment.ForExtension(fileName).ToString().Should().Be(extension);

    private static string Expand(string template, string? owner, string fileName) =>
        KeyTemplate.Expand(template, "photos", owner, Id, fileName, Now);
}
