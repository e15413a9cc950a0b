using System.Text;
using DirectUpload.Confirmation;

namespace DirectUpload.Tests.Confirmation;

/// <summary>Every sample under its own name, under its other names, and under everybody else's.</summary>
public sealed class DeclaredTypeTests
{
    /// <summary>What is also true: a document is an archive, a WebM is a Matroska, a page in XML is XML.</summary>
    private static readonly Dictionary<string, string[]> AlsoTrue = new()
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
        ["text/javascript"] = ["shell"],
        ["application/x-httpd-php"] = ["shell", "html"],
    };

    public static TheoryData<string> Names => [.. Samples.All.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_is_accepted_as_what_it_is(string name)
    {
        var sample = Samples.Named(name);

        sample.As(sample.Type).Should().Be(new Inspection(sample.Type, null));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_is_refused_as_anything_else(string name)
    {
        var sample = Samples.Named(name);
        var others = Samples.All.Select(other => other.Type).Distinct()
            .Where(type => type != sample.Type && !AlsoTrue.GetValueOrDefault(type, []).Contains(name));

        others.Where(type => sample.As(type).Accepted).Should().BeEmpty();
    }

    [Fact]
    public void What_is_also_true_is_accepted() =>
        AlsoTrue.SelectMany(pair => pair.Value.Select(name => (pair.Key, name)))
            .Where(pair => !Samples.Named(pair.name).As(pair.Key).Accepted)
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
    [InlineData("docx", Samples.OpenXml + "wordprocessingml.template")]
    [InlineData("xlsx", Samples.OpenXml + "spreadsheetml.template")]
    [InlineData("pptx", Samples.OpenXml + "presentationml.template " + Samples.OpenXml + "presentationml.slideshow")]
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
    public void A_type_has_several_names(string name, string types)
    {
        foreach (var type in types.Split(' '))
            Samples.Named(name).As(type).Detail.Should().BeNull();
    }

    [Fact]
    public void Parameters_case_and_blanks_do_not_change_a_type()
    {
        Samples.Named("webm").As(" Video/WebM ; codecs=\"vp9,opus\"").Accepted.Should().BeTrue();
        Samples.Named("exe").As("Image/PNG; q=1").Accepted.Should().BeFalse();
    }

    [Fact]
    public void A_refusal_says_what_the_file_says_and_what_it_is() =>
        Samples.Named("exe").As("image/png").Should().Be(new Inspection(
            "application/vnd.microsoft.portable-executable",
            "The file says image/png, but its bytes are a Windows program."));

    [Fact]
    public void A_refusal_of_something_unknown_says_what_it_is_not() =>
        Sample.Inspect("image/png; q=1", [1, 2, 3]).Should().Be(new Inspection(null, "The file says image/png, but its bytes are not a PNG image."));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("application/octet-stream")]
    [InlineData("binary/octet-stream")]
    public void A_type_that_claims_nothing_cannot_be_contradicted(string? type) =>
        Samples.All.Where(sample => !sample.As(type).Accepted).Should().BeEmpty();

    [Theory]
    [InlineData("model/gltf-binary")]
    [InlineData("application/vnd.acme.thing")]
    [InlineData("image/jxl")]
    [InlineData("unknown/unknown")]
    [InlineData("nonsense")]
    public void A_type_without_a_signature_is_accepted_unless_its_bytes_are_code(string type)
    {
        Sample.Inspect(type, Bytes.Hex("676C5446 02000000")).Accepted.Should().BeTrue();
        Samples.Named("png").As(type).Accepted.Should().BeTrue();

        string[] code = ["exe", "elf", "mach-o", "wasm", "lnk", "msi", "shell", "javascript", "php", "html", "svg", "docm", "xlsm", "xlsb", "pptm"];
        code.Where(name => Samples.Named(name).As(type).Accepted).Should().BeEmpty();
        Samples.All.Where(sample => !code.Contains(sample.Name) && !sample.As(type).Accepted).Should().BeEmpty();
    }

    [Fact]
    public void Nothing_is_accepted_only_where_no_signature_is_expected()
    {
        foreach (var type in Samples.All.Select(sample => sample.Type).Where(type => !IsText(type)))
            Sample.Inspect(type, []).Detail.Should().Be($"The file says {type}, but it is empty.");
        foreach (var type in new[] { "text/plain", "text/csv", "application/json", "text/html", "application/octet-stream", "model/obj", "" })
            Sample.Inspect(type, []).Should().Be(new Inspection(null, null));

        static bool IsText(string type) =>
            type is "text/html" or "application/xml" or "text/javascript" or "application/x-sh" or "application/x-httpd-php";
    }

    [Fact]
    public void What_could_not_be_read_is_not_accepted()
    {
        foreach (var type in new[] { "text/plain", "application/json", "model/obj", "image/png" })
            ContentInspector.Inspect(type, default, default, 10).Accepted.Should().BeFalse();
        ContentInspector.Inspect("application/octet-stream", default, default, 10).Accepted.Should().BeTrue();
    }

    [Fact]
    public void An_image_with_a_script_inside_is_an_image()
    {
        byte[] script = Encoding.ASCII.GetBytes("/*<script>alert(1)</script><?php ?>*/");

        Sample.Inspect("image/gif", [.. Samples.Gif, .. script]).Accepted.Should().BeTrue();
        Sample.Inspect("image/jpeg", [.. Samples.Jpeg, .. script]).Accepted.Should().BeTrue();
        Sample.Inspect("image/gif", [.. Samples.Gif, .. ZipSamples.Of("META-INF/MANIFEST.MF")]).Accepted.Should().BeTrue();
        Sample.Inspect("application/java-archive", [.. Samples.Gif, .. ZipSamples.Of("META-INF/MANIFEST.MF")]).Accepted.Should().BeFalse();
    }
}
