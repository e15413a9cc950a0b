using DirectUpload.Profiles;
using DirectUpload.Uploads;
using static DirectUpload.Tests.Profiles.Requests;

namespace DirectUpload.Tests.Profiles;

/// <summary>Sizes, methods, checksums, associations and metadata.</summary>
public sealed class ClaimTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(1000)]
    public void The_smallest_and_the_largest_size_are_taken(long size) => (Good with { Size = size }).ShouldBeTaken();

    [Theory]
    [InlineData(-1, UploadErrorReason.InvalidRequest, "The size is -1;*")]
    [InlineData(long.MinValue, UploadErrorReason.InvalidRequest, "The size is *")]
    [InlineData(0, UploadErrorReason.TooSmall, "The file has 0 bytes; at least 10 bytes*")]
    [InlineData(9, UploadErrorReason.TooSmall, "*at least 10 bytes*")]
    [InlineData(1001, UploadErrorReason.TooLarge, "The file has 1,001 bytes; at most 1,000 bytes*")]
    [InlineData(long.MaxValue, UploadErrorReason.TooLarge, "*at most*")]
    public void Any_other_size_is_refused(long size, UploadErrorReason reason, string detail) => (Good with { Size = size }).ShouldBeRefused(reason, detail);

    [Fact]
    public void An_empty_file_is_taken_where_the_profile_says_so() => (Good with { Size = 0 }).ShouldBeTaken(profile => profile.MinSize = 0);

    [Fact]
    public void The_profiles_method_may_be_named_and_no_other()
    {
        (Good with { Method = UploadMethod.Put }).ShouldBeTaken();
        (Good with { Method = UploadMethod.Post }).ShouldBeRefused(UploadErrorReason.InvalidRequest, "The profile \"photos\" uploads by PUT;*");
        (Good with { Method = UploadMethod.Put }).ShouldBeRefused(
            UploadErrorReason.InvalidRequest, "The profile \"photos\" uploads by POST;*", profile => profile.Method = UploadMethod.Post);
        (Good with { Method = (UploadMethod)99 }).ShouldBeRefused(UploadErrorReason.InvalidRequest, "*");
    }

    [Fact]
    public void A_checksum_is_the_base64_of_32_bytes() => (Good with { ChecksumSha256 = Checksum }).ShouldBeTaken();

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuF==")]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuF =")]
    public void Any_other_checksum_is_refused(string checksum) =>
        (Good with { ChecksumSha256 = checksum }).ShouldBeRefused(UploadErrorReason.InvalidRequest, "checksumSha256 is not the base64 of a SHA-256*");

    [Fact]
    public void A_checksum_that_is_needed_and_missing_is_refused() =>
        Good.ShouldBeRefused(UploadErrorReason.InvalidRequest, "*needs checksumSha256*", profile => profile.RequireChecksum = true);

    [Fact]
    public void An_association_that_is_needed_and_missing_is_refused() =>
        ProfileRules.CheckAssociation(Requests.Photos(profile => profile.RequireAssociation = true), Good, null, false, out _)!.Detail.Should().Contain("needs an association");

    [Theory]
    [InlineData("invoice", "42")]
    [InlineData("a b", "é/😀")]
    public void An_association_is_two_printable_texts(string type, string id) =>
        (Good with { Association = new(type, id) }).ShouldBeTaken(profile => profile.RequireAssociation = true);

    public static TheoryData<string?, string?> BadAssociations => new()
    {
        { "", "42" }, { null, "42" }, { new string('a', 101), "42" }, { "a\n", "42" }, { "a\ud800", "42" },
        { "invoice", "" }, { "invoice", null }, { "invoice", new string('a', 201) }, { "invoice", "a\0" }, { "invoice", "\u202e24" },
    };

    [Theory]
    [MemberData(nameof(BadAssociations))]
    public void Any_other_association_is_refused(string? type, string? id) =>
        (Good with { Association = new(type!, id!) }).ShouldBeRefused(UploadErrorReason.InvalidRequest, "association.*");

    [Fact]
    public void Metadata_is_taken_up_to_its_bounds()
    {
        (Good with { Metadata = Many(32) }).ShouldBeTaken();
        (Good with { Metadata = new Dictionary<string, string> { [new string('n', 100)] = new('v', 1000) } }).ShouldBeTaken();
        (Good with { Metadata = new Dictionary<string, string> { ["note"] = "two\r\nlines" } }).ShouldBeTaken();
        (Good with { Metadata = new Dictionary<string, string>() }).ShouldBeTaken();
    }

    [Fact]
    public void Metadata_beyond_its_bounds_is_refused()
    {
        (Good with { Metadata = Many(33) }).ShouldBeRefused(UploadErrorReason.InvalidRequest, "There are 33 metadata entries; at most 32*");
        Refused("", "v");
        Refused(new string('n', 101), "v");
        Refused("a\nb", "v");
        Refused("a", new string('v', 1001));
        Refused("a", "v\0");
        Refused("a", null!);

        static void Refused(string name, string value) =>
            (Good with { Metadata = new Dictionary<string, string> { [name] = value } }).ShouldBeRefused(UploadErrorReason.InvalidRequest, "*metadata*");
    }

    private static Dictionary<string, string> Many(int count) => Enumerable.Range(0, count).ToDictionary(number => $"n{number}", _ => "v");
}
