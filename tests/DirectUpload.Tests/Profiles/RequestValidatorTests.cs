using DirectUpload.Profiles;
using static DirectUpload.Tests.Profiles.TestRequests;

namespace DirectUpload.Tests.Profiles;

/// <summary>Sizes, methods, checksums, associations and metadata.</summary>
public sealed class RequestValidatorTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(1000)]
    public void Check_MinAndMaxSize_AreAccepted(long size) => (Valid with { Size = size }).ShouldBeAccepted();

    [Theory]
    [InlineData(-1, UploadErrorCodes.InvalidRequest, "The size is -1;*")]
    [InlineData(long.MinValue, UploadErrorCodes.InvalidRequest, "The size is *")]
    [InlineData(0, UploadErrorCodes.TooSmall, "The file has 0 bytes; at least 10 bytes*")]
    [InlineData(9, UploadErrorCodes.TooSmall, "*at least 10 bytes*")]
    [InlineData(1001, UploadErrorCodes.TooLarge, "The file has 1,001 bytes; at most 1,000 bytes*")]
    [InlineData(long.MaxValue, UploadErrorCodes.TooLarge, "*at most*")]
    public void Check_SizeOutOfRange_IsRefused(long size, string reason, string detail) =>
        (Valid with { Size = size }).ShouldBeRefused(reason, detail);

    [Fact]
    public void Check_EmptyFileWithMinSizeZero_IsAccepted() => (Valid with { Size = 0 }).ShouldBeAccepted(profile => profile.MinSize = 0);

    [Fact]
    public void Check_Method_MustBeThatOfTheProfile()
    {
        (Valid with { Method = UploadMethod.Put }).ShouldBeAccepted();
        (Valid with { Method = UploadMethod.Post })
            .ShouldBeRefused(UploadErrorCodes.InvalidRequest, "The profile \"photos\" uses the method PUT;*");
        (Valid with { Method = UploadMethod.Put }).ShouldBeRefused(
            UploadErrorCodes.InvalidRequest, "The profile \"photos\" uses the method POST;*",
            profile => profile.UploadMethod = UploadMethod.Post);
        (Valid with { Method = (UploadMethod)99 }).ShouldBeRefused(UploadErrorCodes.InvalidRequest, "*");
    }

    [Fact]
    public void Check_ChecksumOf32Bytes_IsAccepted() => (Valid with { ChecksumSha256 = Checksum }).ShouldBeAccepted();

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuF==")]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuF =")]
    public void Check_InvalidChecksum_IsRefused(string checksum) =>
        (Valid with { ChecksumSha256 = checksum })
            .ShouldBeRefused(UploadErrorCodes.InvalidRequest, "checksumSha256 is not the base64 of a SHA-256*");

    [Fact]
    public void Check_RequiredChecksumMissing_IsRefused() =>
        Valid.ShouldBeRefused(UploadErrorCodes.InvalidRequest, "*needs checksumSha256*", profile => profile.RequireChecksum = true);

    [Fact]
    public void Check_RequiredAssociationMissing_IsRefused() =>
        ProfileRules.CheckAssociation(TestRequests.CreatePhotosProfile(
            profile => profile.RequireAssociation = true), Valid, null, false, out _)!.Message.Should().Contain("needs an association");

    [Theory]
    [InlineData("invoice", "42")]
    [InlineData("a b", "é/😀")]
    public void Check_PrintableAssociation_IsAccepted(string type, string id) =>
        (Valid with { Association = new(type, id) }).ShouldBeAccepted(profile => profile.RequireAssociation = true);

    public static TheoryData<string?, string?> InvalidAssociations => new()
    {
        { "", "42" }, { null, "42" }, { new string('a', 101), "42" }, { "a\n", "42" }, { "a\ud800", "42" },
        { "invoice", "" }, { "invoice", null }, { "invoice", new string('a', 201) }, { "invoice", "a\0" }, { "invoice", "\u202e24" },
    };

    [Theory]
    [MemberData(nameof(InvalidAssociations))]
    public void Check_InvalidAssociation_IsRefused(string? type, string? id) =>
        (Valid with { Association = new(type!, id!) }).ShouldBeRefused(UploadErrorCodes.InvalidRequest, "association.*");

    [Fact]
    public void Check_MetadataAtTheLimits_IsAccepted()
    {
        (Valid with { Metadata = CreateMetadata(32) }).ShouldBeAccepted();
        (Valid with { Metadata = new Dictionary<string, string> { [new string('n', 100)] = new('v', 1000) } }).ShouldBeAccepted();
        (Valid with { Metadata = new Dictionary<string, string> { ["note"] = "two\r\nlines" } }).ShouldBeAccepted();
        (Valid with { Metadata = new Dictionary<string, string>() }).ShouldBeAccepted();
    }

    [Fact]
    public void Check_MetadataAboveTheLimits_IsRefused()
    {
        (Valid with { Metadata = CreateMetadata(33) })
            .ShouldBeRefused(UploadErrorCodes.InvalidRequest, "There are 33 metadata entries; at most 32*");
        Refused("", "v");
        Refused(new string('n', 101), "v");
        Refused("a\nb", "v");
        Refused("a", new string('v', 1001));
        Refused("a", "v\0");
        Refused("a", null!);

        static void Refused(string name, string value) =>
            (Valid with { Metadata = new Dictionary<string, string> { [name] = value } })
                .ShouldBeRefused(UploadErrorCodes.InvalidRequest, "*metadata*");
    }

    private static Dictionary<string, string> CreateMetadata(int count) =>
        Enumerable.Range(0, count).ToDictionary(number => $"n{number}", _ => "v");
}
