using System.Reflection;
using DirectUpload.Processing.Inspection;
using DirectUpload.Profiles;
using DirectUpload.Stores;

namespace DirectUpload.Tests.Processing.Inspection;

public sealed class ContentTypeDecisionTests
{
    private const string Generic = "application/octet-stream";
    private const string Docx = SampleFiles.OpenXml + "wordprocessingml.document";

    private static readonly UploadRecord Template = CreateTemplate();

    [Theory]
    [InlineData("webp", "photo.jpg", "image/jpeg", "image/webp", "image/jpeg", "image/webp")]
    [InlineData("png", "a.png", "image/x-png", "image/png", "image/png")]
    [InlineData("jpeg", "a.jpg", "image/jpg", "image/jpeg", "image/jpeg")]
    [InlineData("jpeg", "a.jpg", "image/jpeg", "image/jpeg", "image/jpg")]
    [InlineData("heic", "a.heic", Generic, "image/heic", "image/*")]
    [InlineData("heif", "a.heic", Generic, "image/heic", "image/heic")]
    [InlineData("heif", "a.heic", "image/heic", "image/heic", "image/*")]
    [InlineData("m4a", "a.m4a", "audio/x-m4a", "audio/mp4", "audio/*")]
    [InlineData("mp4", "a.m4a", Generic, "audio/mp4", "audio/*")]
    [InlineData("ogg", "a.opus", Generic, "audio/ogg", "audio/ogg")]
    [InlineData("ogg", "a", Generic, "audio/ogg", "audio/*")]
    [InlineData("rtf", "a.doc", "application/msword", "application/rtf", "application/rtf")]
    [InlineData("rtf", "a.rtf", "application/msword", "application/rtf", "*/*")]
    [InlineData("doc", "a.doc", "application/msword", "application/msword", "*/*")]
    [InlineData("docx", "a.docx", "application/msword", Docx, "application/msword", Docx)]
    [InlineData("docx", "a.docx", "application/zip", Docx, Docx)]
    [InlineData("docx", "a.zip", "application/zip", "application/zip", "application/zip")]
    [InlineData("png", "a.foo", "image/x-foo", "image/png", "image/*")]
    [InlineData("tiff", "a.foo", "image/x-foo", "image/x-foo", "image/*")]
    [InlineData("tiff", "a.dng", "image/x-adobe-dng", "image/x-adobe-dng", "image/*")]
    [InlineData("zip", "a.kmz", Generic, "application/vnd.google-earth.kmz", "*/*")]
    [InlineData("zip", "a.3mf", "model/3mf", "model/3mf", "model/*")]
    [InlineData("zip", "a.acme", "application/vnd.acme", "application/vnd.acme", "application/vnd.acme")]
    [InlineData("html", "a.bin", Generic, Generic, "*/*")]
    [InlineData("html", "a.html", Generic, "text/html", "text/html")]
    [InlineData("png", "a.bin", Generic, Generic, "application/octet-stream")]
    [InlineData("pdf", "a.png", "image/png", "application/pdf", "image/png", "application/pdf")]
    public void Decide_AcceptedContent_HasTheTypeOfItsBytes(
        string sample, string fileName, string declared, string expected, params string[] patterns) =>
        Decide(SampleFiles.Get(sample).Content, fileName, declared, patterns).Should().Be((expected, null));

    [Theory]
    [InlineData("webp", "photo.jpg", "image/jpeg", "image/jpeg")]
    [InlineData("zip", "a.heic", Generic, "image/*")]
    [InlineData("zip", "a.foo", "image/x-foo", "image/*")]
    [InlineData("pdf", "a.foo", "image/x-foo", "image/*")]
    [InlineData("mp3", "a.foo", "image/x-foo", "image/*")]
    [InlineData("png", "a.foo", "audio/x-foo", "audio/*")]
    [InlineData("png", "a.foo", "application/x-foo", "application/x-foo")]
    [InlineData("html", "a.xls", "application/vnd.ms-excel", "*/*")]
    [InlineData("html", "a.csv", "application/vnd.ms-excel", "text/csv")]
    [InlineData("xml", "a.xls", "application/vnd.ms-excel", "*/*")]
    [InlineData("xml", "a.xls", "application/vnd.ms-excel", "application/vnd.ms-excel", "application/xml")]
    [InlineData("html", "a.png", "image/png", "*/*")]
    [InlineData("svg", "a.png", "image/png", "image/*")]
    [InlineData("exe", "a.zip", "application/zip", "*/*")]
    [InlineData("docm", "a.docx", Docx, "*/*")]
    [InlineData("docm", "a.docx", "application/zip", Docx)]
    [InlineData("zip", "a.docx", "application/zip", Docx)]
    [InlineData("xls", "a.csv", "application/vnd.ms-excel", "text/csv")]
    [InlineData("docx", "a.docx", Generic, "application/zip")]
    [InlineData("ole", "a.msg", Generic, "application/msword")]
    [InlineData("png", "a.bin", Generic, "application/*")]
    public void Decide_ContentThatNoPatternTakes_IsRejected(string sample, string fileName, string declared, params string[] patterns)
    {
        var (type, rejection) = Decide(SampleFiles.Get(sample).Content, fileName, declared, patterns);

        type.Should().BeNull();
        rejection.Should().NotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("a.csv", "application/vnd.ms-excel", "text/csv", "text/csv")]
    [InlineData("a.csv", "application/vnd.ms-excel", "text/csv", "*/*")]
    [InlineData("a.csv", Generic, "text/csv", "text/csv")]
    [InlineData("a.csv", "text/plain", "text/csv", "text/csv")]
    [InlineData("a.csv", "text/plain", "text/plain", "text/csv", "text/plain")]
    [InlineData("a.xls", "application/vnd.ms-excel", "text/csv", "text/csv", "application/vnd.ms-excel")]
    [InlineData("a.log", Generic, "text/plain", "text/plain")]
    [InlineData("Dockerfile", Generic, "text/plain", "text/*")]
    [InlineData("Dockerfile", Generic, Generic, "*/*")]
    [InlineData("a.md", Generic, "text/markdown", "text/*")]
    [InlineData("a.ts", "video/mp2t", "text/typescript", "*/*")]
    [InlineData("a.png", "image/png", null, "*/*")]
    public void Decide_Text_HasTheTypeOfItsFileName(string fileName, string declared, string? expected, params string[] patterns) =>
        Decide("a;b\n1;2\n"u8.ToArray(), fileName, declared, patterns).Type.Should().Be(expected);

    [Fact]
    public void Decide_ScriptAsTransportStream_IsTypeScript() =>
        Decide("export default 1;"u8.ToArray(), "a.ts", "video/mp2t", "*/*").Type.Should().Be("text/typescript");

    [Fact]
    public void Decide_UnknownBytesOfUnknownType_AreRejected()
    {
        byte[] unknown = [0, 200, 3, 9, 77, 0, 1];

        Decide(unknown, "a.heic", Generic, "image/*").Type.Should().BeNull();
        Decide(unknown, "a.csv", Generic, "text/csv", "image/png").Type.Should().BeNull();
        Decide(unknown, "a.bin", Generic, "*/*").Type.Should().Be(Generic);
    }

    // Every sample, as every type and under every name, against every kind of profile.
    [Fact]
    public void Decide_AnyCombination_KeepsTheRules()
    {
        string[] types =
            [.. SampleFiles.All.Select(sample => sample.Type.ToLowerInvariant()).Distinct(), Generic, "image/x-foo", "text/csv"];
        string[][] profiles = [["*/*"], ["image/*"], ["application/*"], ["text/*", "audio/*"], ["image/png", "text/plain", Docx]];
        foreach (var sample in SampleFiles.All)
        {
            foreach (var declared in types)
            {
                foreach (var patterns in profiles)
                {
                    foreach (var name in new[] { "a", "a.png", "a.csv", "a.zip" })
                    {
                        var (decided, rejection) = Decide(sample.Content, name, declared, patterns);
                        (decided is null).Should().Be(rejection is not null);
                        if (decided is null)
                            continue;
                        MediaType.MatchesAny(patterns, decided).Should().BeTrue();
                        MediaTypes.Canonicalize(decided).Should().Be(decided);
                        sample.InspectAs(decided).Accepted.Should().BeTrue("{0} as {1} became {2}", sample, declared, decided);
                        if (declared != Generic && decided != MediaTypes.Canonicalize(declared))
                            ContentTypeDecision.NeverAssumed.Contains(decided).Should().BeFalse("{0} as {1}", sample, declared);
                    }
                }
            }
        }
    }

    [Fact]
    public void Decide_AuthorizedTypes_ApplyToTheBytes()
    {
        var record = Template with { FileName = "a.png", ContentType = "image/png", AllowedContentTypes = ["image/png"] };
        var jpeg = SampleFiles.Get("jpeg");

        new ContentTypeDecision(record, new UploadProfile { ContentTypes = ["image/*"] }, jpeg.InspectAs).Decide(out _).Should().BeNull();
    }

    [Fact]
    public void Decide_AllowedExtensions_ApplyToTheBytes()
    {
        var record = Template with { FileName = "a.jpg", ContentType = "image/jpeg" };
        var profile = new UploadProfile { ContentTypes = ["image/*"], Extensions = [".jpg", ".png"] };

        new ContentTypeDecision(record, profile, SampleFiles.Get("webp").InspectAs).Decide(out _).Should().BeNull();
        new ContentTypeDecision(record, profile, SampleFiles.Get("png").InspectAs).Decide(out _).Should().Be("image/png");
    }

    [Fact]
    public void NeverAssumed_HasEveryExecutableFormat()
    {
        var formats = typeof(FileFormats).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null))
            .OfType<FileFormat>().ToList();

        formats.Should().HaveCountGreaterThan(50);
        formats.Where(format => format.IsExecutable).Should().AllSatisfy(
            format => ContentTypeDecision.NeverAssumed.Should().Contain(MediaTypes.Canonicalize(format.MediaType)));
        ContentTypeDecision.NeverAssumed.Should().Contain("application/xml");
    }

    private static (string? Type, string? Rejection) Decide(byte[] content, string fileName, string declared, params string[] patterns)
    {
        var record = Template with
        {
            FileName = fileName,
            ContentType = MediaTypes.Canonicalize(declared),
            DeclaredContentType = declared,
        };
        var profile = new UploadProfile { ContentTypes = [.. patterns] };
        var type = new ContentTypeDecision(record, profile, candidate => SampleFile.Inspect(candidate, content)).Decide(out var rejection);
        return (type, rejection);
    }

    private static UploadRecord CreateTemplate()
    {
        var id = UploadId.Create(DateTimeOffset.UnixEpoch);
        return new UploadRecord
        {
            Id = id,
            Profile = "one",
            FileName = "a",
            ContentType = Generic,
            DeclaredSize = 1,
            Bucket = "b",
            StagingKey = $"s/{id}",
            FinalKey = $"f/{id}",
            WriteTokenHash = UploadToken.Create().Hash(),
            ReadTokenHash = UploadToken.Create().Hash(),
            CreatedAt = default,
            UpdatedAt = default,
            GrantExpiresAt = default,
        };
    }
}
