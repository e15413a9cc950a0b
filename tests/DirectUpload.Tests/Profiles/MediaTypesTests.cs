using DirectUpload.Processing.Inspection;
using DirectUpload.Profiles;

namespace DirectUpload.Tests.Profiles;

public sealed class MediaTypesTests
{
    private static readonly MediaTypeRow[] Rows =
        [.. MediaTypeTable.Recognized, .. MediaTypeTable.Text, .. MediaTypeTable.Unrecognized];

    [Fact]
    public void Check_AnyTwoNamesOfAType_MatchInBothDirections()
    {
        var pairs = 0;
        foreach (var row in Rows)
        {
            string[] names = [row.Name, .. row.Aliases];
            foreach (var inProfile in names)
            {
                foreach (var declared in names)
                {
                    var profile = new UploadProfile { Name = "one", ContentTypes = [inProfile] };
                    var request = new UploadRequest { Profile = "one", FileName = "file", ContentType = declared, Size = 5 };
                    ProfileRules.Check(profile, request, out var normalized).Should().BeNull("{0} is {1}", declared, inProfile);
                    normalized.ContentType.Should().Be(declared, "the client sends the type that it declared");
                    MediaType.Intersect([inProfile], [declared]).Should().ContainSingle();
                    pairs++;
                }
            }
        }

        pairs.Should().BeGreaterThan(300);
    }

    [Theory]
    [InlineData("application/x-zip-compressed", "application/zip")]
    [InlineData("image/jpg", "image/jpeg")]
    [InlineData("image/pjpeg", "image/jpeg")]
    [InlineData("audio/x-wav", "audio/wav")]
    [InlineData("audio/mp3", "audio/mpeg")]
    [InlineData("text/xml", "application/xml")]
    [InlineData("application/x-gzip", "application/gzip")]
    [InlineData("audio/x-m4a", "audio/mp4")]
    [InlineData("application/x-javascript", "text/javascript")]
    [InlineData("text/comma-separated-values", "text/csv")]
    [InlineData("image/svg", "image/svg+xml")]
    [InlineData("binary/octet-stream", "application/octet-stream")]
    [InlineData("application/vnd.example", "application/vnd.example")]
    public void Canonicalize_Alias_ReturnsTheCommonName(string alias, string canonical) =>
        MediaTypes.Canonicalize(alias).Should().Be(canonical);

    [Theory]
    [InlineData("text/*", "text/xml", true)]
    [InlineData("application/*", "text/xml", true)]
    [InlineData("text/*", "application/rtf", true)]
    [InlineData("application/*", "application/x-csv", true)]
    [InlineData("audio/*", "audio/x-mpegurl", true)]
    [InlineData("image/*", "image/pdf", false)]
    [InlineData("application/*", "application/x-jpg", false)]
    [InlineData("image/*", "application/x-jpg", true)]
    [InlineData("text/*", "application/pdf", false)]
    public void Matches_Wildcard_ComparesTheKindOfTheCanonicalName(string pattern, string type, bool matches) =>
        MediaType.Matches(pattern, type).Should().Be(matches);

    [Fact]
    public void Recognized_EveryType_HasAFormat()
    {
        foreach (var row in MediaTypeTable.Recognized)
            SignedTypes.FindFormats(row.Name).Should().NotBeNull(row.Name);
        foreach (var row in MediaTypeTable.Text)
            TextTypes.FindAllowedFormats(row.Name).Should().NotBeNull(row.Name);
        foreach (var row in MediaTypeTable.Unrecognized)
            SignedTypes.FindFormats(row.Name).Should().BeNull(row.Name);
    }

    [Fact]
    public void Names_AreNormalizedAndUnique()
    {
        var names = Rows.SelectMany(row => row.Aliases.Append(row.Name)).ToList();

        names.Should().OnlyHaveUniqueItems();
        names.Should().AllSatisfy(name => MediaType.TryNormalize(name, out var same).Should().Be(same == name));
        Rows.SelectMany(row => row.Extensions).Should().OnlyHaveUniqueItems().And.AllSatisfy(
            extension => SafeKeySegment.ForExtension("a" + extension).ToString().Should().Be(extension));
    }

    [Theory]
    [InlineData("images/*")]
    [InlineData("jpg/image")]
    [InlineData("pdf/application")]
    [InlineData("document/*")]
    public void Validate_PatternThatNothingMatches_IsAnError(string pattern) =>
        UploadProfileValidator.Validate("one", new UploadProfile { ContentTypes = [pattern] }, new DirectUploadOptions { Bucket = "b" })
            .Should().ContainSingle().Which.Should().Contain($"\"{pattern}\", which no file can match");

    [Theory]
    [InlineData("image/jpg")]
    [InlineData("*/*")]
    [InlineData("x-world/x-vrml")]
    [InlineData("chemical/x-pdb")]
    [InlineData("application/vnd.acme")]
    public void Validate_PatternThatSomethingMatches_IsNoError(string pattern) =>
        UploadProfileValidator.Validate("one", new UploadProfile { ContentTypes = [pattern] }, new DirectUploadOptions { Bucket = "b" })
            .Should().BeEmpty();
}
