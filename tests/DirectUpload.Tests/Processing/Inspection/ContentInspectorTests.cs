using System.Text;
using DirectUpload.Processing.Inspection;

namespace DirectUpload.Tests.Processing.Inspection;

/// <summary>Every sample under its own name, under its other names, and under everybody else's.</summary>
public sealed class ContentInspectorTests
{
    /// <summary>What is also true: a document is an archive, a WebM is a Matroska, a page in XML is XML.</summary>
    private static readonly Dictionary<string, string[]> AlsoAccepted = new()
    {
        ["application/zip"] = ["docx", "xlsx", "pptx", "docm", "xlsm", "xlsb", "pptm", "odt", "ods", "odp", "odg", "epub", "jar", "apk"],
        ["application/vnd.ms-word.document.macroEnabled.12"] = ["docx"],
        ["application/vnd.ms-excel.sheet.macroEnabled.12"] = ["xlsx"],
        ["application/vnd.ms-powerpoint.presentation.macroEnabled.12"] = ["pptx"],
        ["application/msword"] = ["ole"],
        ["application/vnd.ms-excel"] = ["ole"],
        ["application/vnd.ms-powerpoint"] = ["ole"],
        ["application/x-ole-storage"] = ["doc", "xls", "ppt"],
        ["image/heic"] = ["heif"],
        ["image/heif"] = ["heic"],
        ["video/mp4"] = ["3gp"],
        ["audio/mp4"] = ["mp4", "3gp"],
        ["video/x-matroska"] = ["webm"],
        ["text/html"] = ["svg", "xml"],
        ["application/xml"] = ["html", "svg"],
        ["application/x-httpd-php"] = ["shell", "html"],
    };

    public static TheoryData<string> Names => [.. SampleFiles.All.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Inspect_OwnType_IsAccepted(string name)
    {
        var sample = SampleFiles.Get(name);

        sample.InspectAs(sample.Type).Should().Be(new InspectionResult(sample.Type, null));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Inspect_OtherType_IsRejected(string name)
    {
        var sample = SampleFiles.Get(name);
        var others = SampleFiles.All.Select(other => other.Type).Distinct()
            .Where(type => type != sample.Type && !AlsoAccepted.GetValueOrDefault(type, []).Contains(name));

        others.Where(type => sample.InspectAs(type).Accepted).Should().BeEmpty();
    }

    [Fact]
    public void Inspect_CompatibleType_IsAccepted() =>
        AlsoAccepted.SelectMany(pair => pair.Value.Select(name => (pair.Key, name)))
            .Where(pair => !SampleFiles.Get(pair.name).InspectAs(pair.Key).Accepted)
            .Should().BeEmpty();

    [Theory]
    [InlineData("jpeg", "image/jpg image/pjpeg IMAGE/JPEG")]
    [InlineData("png", "image/x-png image/apng image/vnd.mozilla.apng")]
    [InlineData("avif", "image/avif-sequence")]
    [InlineData("heic", "image/heif image/heic-sequence image/heif-sequence")]
    [InlineData("bmp", "image/x-bmp image/x-ms-bmp")]
    [InlineData("tiff", "image/tiff-fx")]
    [InlineData("ico", "image/x-icon")]
    [InlineData("mp4", "video/x-m4v video/m4v application/mp4 audio/mp4")]
    [InlineData("m4a", "audio/m4a audio/x-m4a")]
    [InlineData("3gp", "audio/3gpp video/3gpp2 audio/3gpp2")]
    [InlineData("webm", "audio/webm")]
    [InlineData("mkv", "audio/x-matroska video/matroska audio/matroska")]
    [InlineData("avi", "video/avi video/msvideo video/vnd.avi")]
    [InlineData("mp3", "audio/mp3 audio/x-mp3 audio/mpeg3 audio/x-mpeg")]
    [InlineData("wav", "audio/x-wav audio/wave audio/vnd.wave audio/x-pn-wav")]
    [InlineData("ogg", "audio/ogg video/ogg audio/opus")]
    [InlineData("flac", "audio/x-flac")]
    [InlineData("aiff", "audio/x-aiff")]
    [InlineData("pdf", "application/x-pdf")]
    [InlineData("rtf", "text/rtf")]
    [InlineData("docx", SampleFiles.OpenXml + "wordprocessingml.template")]
    [InlineData("xlsx", SampleFiles.OpenXml + "spreadsheetml.template")]
    [InlineData("pptx", SampleFiles.OpenXml + "presentationml.template " + SampleFiles.OpenXml + "presentationml.slideshow")]
    [InlineData("docm", "application/vnd.ms-word.template.macroEnabled.12 application/vnd.ms-word.document.macroenabled.12")]
    [InlineData("xlsm", "application/vnd.ms-excel.template.macroEnabled.12 application/vnd.ms-excel.addin.macroEnabled.12")]
    [InlineData("pptm", "application/vnd.ms-powerpoint.template.macroEnabled.12 application/vnd.ms-powerpoint.slideshow.macroEnabled.12")]
    [InlineData("pptm", "application/vnd.ms-powerpoint.addin.macroEnabled.12")]
    [InlineData("ole", "application/vnd.ms-outlook application/vnd.visio application/vnd.ms-project application/x-mspublisher")]
    [InlineData("zip", "application/x-zip application/x-zip-compressed")]
    [InlineData("jar", "application/x-java-archive")]
    [InlineData("gzip", "application/x-gzip")]
    [InlineData("rar", "application/x-rar application/x-rar-compressed")]
    [InlineData("exe", "application/x-msdownload application/x-dosexec application/x-msdos-program")]
    [InlineData("elf", "application/x-executable application/x-sharedlib application/x-pie-executable")]
    [InlineData("mach-o", "application/java-vm")]
    [InlineData("html", "application/xhtml+xml application/xml text/xml")]
    [InlineData("xml", "text/xml application/rss+xml text/plain")]
    [InlineData("shell", "text/x-sh application/x-shellscript text/x-shellscript text/x-python application/x-csh text/x-perl")]
    [InlineData("javascript", "application/javascript application/x-javascript text/ecmascript text/typescript")]
    [InlineData("php", "application/x-php text/x-php")]
    public void Inspect_TypeAliases_AreAccepted(string name, string types)
    {
        foreach (var type in types.Split(' '))
            SampleFiles.Get(name).InspectAs(type).Detail.Should().BeNull();
    }

    [Fact]
    public void Inspect_ParametersCaseAndSpaces_AreIgnored()
    {
        SampleFiles.Get("webm").InspectAs(" Video/WebM ; codecs=\"vp9,opus\"").Accepted.Should().BeTrue();
        SampleFiles.Get("exe").InspectAs("Image/PNG; q=1").Accepted.Should().BeFalse();
    }

    [Fact]
    public void Inspect_Mismatch_NamesDeclaredAndDetectedType() =>
        SampleFiles.Get("exe").InspectAs("image/png").Should().Be(new InspectionResult(
            "application/vnd.microsoft.portable-executable",
            "The file was declared as image/png, but its bytes are a Windows program."));

    [Fact]
    public void Inspect_UnknownContent_NamesTheDeclaredType() =>
        SampleFile.Inspect("image/png; q=1", [1, 2, 3])
            .Should().Be(new InspectionResult(null, "The file was declared as image/png, but its bytes are not a PNG image."));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("application/octet-stream")]
    [InlineData("binary/octet-stream")]
    public void Inspect_GenericType_AcceptsEverything(string? type) =>
        SampleFiles.All.Where(sample => !sample.InspectAs(type).Accepted).Should().BeEmpty();

    [Theory]
    [InlineData("model/gltf-binary")]
    [InlineData("application/vnd.acme.thing")]
    [InlineData("unknown/unknown")]
    [InlineData("nonsense")]
    public void Inspect_TypeWithoutSignature_RejectsOnlyCode(string type)
    {
        SampleFile.Inspect(type, TestBytes.Hex("676C5446 02000000")).Accepted.Should().BeTrue();
        SampleFiles.Get("png").InspectAs(type).Accepted.Should().BeTrue();

        string[] code =
        [
            "exe", "elf", "mach-o", "wasm", "lnk", "msi", "shell", "javascript", "php", "html", "svg", "docm", "xlsm", "xlsb", "pptm",
        ];
        code.Where(name => SampleFiles.Get(name).InspectAs(type).Accepted).Should().BeEmpty();
        SampleFiles.All.Where(sample => !code.Contains(sample.Name) && !sample.InspectAs(type).Accepted).Should().BeEmpty();
    }

    [Fact]
    public void Inspect_Empty_IsAcceptedOnlyWithoutSignature()
    {
        foreach (var type in SampleFiles.All.Select(sample => sample.Type).Where(type => !IsText(type)))
            SampleFile.Inspect(type, []).Detail.Should().Be($"The file was declared as {type}, but it is empty.");
        foreach (var type in new[]
        {
            "text/plain", "text/csv", "application/json", "text/html", "application/octet-stream", "model/obj", "",
        })
            SampleFile.Inspect(type, []).Should().Be(new InspectionResult(null, null));

        static bool IsText(string type) =>
            type is "text/html" or "application/xml" or "text/javascript" or "application/x-sh" or "application/x-httpd-php";
    }

    [Fact]
    public void Inspect_NothingRead_IsRejected()
    {
        foreach (var type in new[] { "text/plain", "application/json", "model/obj", "image/png" })
            SampleFile.InspectParts(type, default, default, 10).Accepted.Should().BeFalse();
        SampleFile.InspectParts("application/octet-stream", default, default, 10).Accepted.Should().BeTrue();
    }

    [Fact]
    public void Inspect_ImageContainingAScript_IsAnImage()
    {
        byte[] script = Encoding.ASCII.GetBytes("/*<script>alert(1)</script><?php ?>*/");

        SampleFile.Inspect("image/gif", [.. SampleFiles.Gif, .. script]).Accepted.Should().BeTrue();
        SampleFile.Inspect("image/jpeg", [.. SampleFiles.Jpeg, .. script]).Accepted.Should().BeTrue();
        SampleFile.Inspect("image/gif", [.. SampleFiles.Gif, .. ZipFileSamples.Create("META-INF/MANIFEST.MF")]).Accepted.Should().BeTrue();
        SampleFile.Inspect("application/java-archive", [.. SampleFiles.Gif, .. ZipFileSamples.Create("META-INF/MANIFEST.MF")]).Accepted
            .Should().BeFalse();
    }
}
