using CsCheck;
using DirectUpload.Processing.Inspection;

namespace DirectUpload.Tests.Processing.Inspection;

/// <summary>Documents that are archives: believed by the list of entries at the end, whatever the beginning shows.</summary>
public sealed class ZipContentTests
{
    private const string Docx = SampleFiles.OpenXml + "wordprocessingml.document";
    private const string Xlsx = SampleFiles.OpenXml + "spreadsheetml.sheet";

    private static readonly string[] Parts =
    [
        ZipFileSamples.ContentTypes, "_rels/.rels", "word/document.xml", "word/styles.xml", "docProps/core.xml",
    ];

    [Fact]
    public void Inspect_EntriesInAnyOrder_DetectsDocument() =>
        Gen.Shuffle(Parts).Select(Gen.OneOf(0, 1_000, 200_000)).Sample(
            (parts, firstLength) => SampleFile.Inspect(Docx, ZipFileSamples.Create(firstLength, parts)) == new InspectionResult(Docx, null),
            iter: 200);

    [Fact]
    public void Inspect_SmallFile_IsReadOnce()
    {
        SampleFile.Inspect(Docx, ZipFileSamples.Create(Parts), out var reads);

        reads.Should().HaveCount(1);
    }

    [Fact]
    public void Inspect_LargeArchive_ReadsBeginningAndEnd()
    {
        SampleFile.Inspect(Docx, ZipFileSamples.Create(200_000, Parts), out var reads);

        reads.Should().HaveCount(2);
    }

    [Fact]
    public void Inspect_LargeArchiveWithoutTail_IsRejected()
    {
        var large = ZipFileSamples.Create(200_000, Parts);

        SampleFile.InspectParts(Docx, large.AsSpan(0, ContentInspector.HeadLength), default, large.Length).Detail
            .Should().Be($"The file was declared as {Docx}, but its bytes are a ZIP archive whose list of entries cannot be read.");
    }

    [Theory]
    [InlineData("word/vbaProject.bin")]
    [InlineData("word/VBAPROJECT.BIN")]
    [InlineData("other/vbaProject.bin")]
    public void Inspect_DocumentWithMacros_IsNotAPlainDocument(string part)
    {
        SampleFile.Inspect(Docx, ZipFileSamples.Create([part, .. Parts])).Accepted.Should().BeFalse();
        SampleFile.Inspect(Docx, ZipFileSamples.Create(200_000, [.. Parts, part])).Detail
            .Should().Be($"The file was declared as {Docx}, but its bytes are a Word document with macros.");
    }

    [Theory]
    [InlineData("xl/vbaProject.bin")]
    [InlineData("xl/macrosheets/sheet1.xml")]
    [InlineData("xl/workbook.bin")]
    public void Inspect_WorkbookWithMacros_IsNotAPlainWorkbook(string part) =>
        SampleFile.Inspect(Xlsx, ZipFileSamples.CreateDocument("xl/workbook.xml", part)).Accepted.Should().BeFalse();

    [Fact]
    public void Inspect_PartNames_IgnoresCase() =>
        SampleFile.Inspect(Docx, ZipFileSamples.Create("[content_types].XML", "Word/Document.xml")).Accepted.Should().BeTrue();

    [Fact]
    public void Inspect_ArchiveLikeADocument_IsRejected()
    {
        SampleFile.Inspect(Docx, ZipFileSamples.Create("word/document.xml")).Accepted.Should().BeFalse("it lists no content types");
        SampleFile.Inspect(Docx, ZipFileSamples.Create(ZipFileSamples.ContentTypes)).Accepted.Should().BeFalse("it has no word/ folder");
        SampleFile.Inspect(Docx, ZipFileSamples.CreateDocument("x/word/document.xml")).Accepted.Should().BeFalse();
        SampleFile.Inspect(Docx, ZipFileSamples.CreateDocument("word/document.xml", "xl/workbook.xml")).Accepted
            .Should().BeFalse("it is two");
        SampleFile.Inspect(Docx, ZipFileSamples.CreateDocument("word/document.xml", "word/embeddings/xl/book.xlsx")).Accepted
            .Should().BeTrue();
    }

    [Fact]
    public void Inspect_EntriesOnlyAtTheStart_AreIgnored()
    {
        // A document first, then a whole second archive: readers open the second.
        byte[] two = [.. ZipFileSamples.Create(Parts), .. ZipFileSamples.Create("evil.exe")];

        SampleFile.Inspect(Docx, two).Accepted.Should().BeFalse();
    }

    [Fact]
    public void Inspect_InconsistentDirectory_IsRejected()
    {
        var archive = ZipFileSamples.Create(Parts);
        foreach (var at in new[] { 10, 12, 16 })
        {
            byte[] changed = [.. archive];
            changed[archive.Length - 22 + at]++;
            SampleFile.Inspect(Docx, changed).Accepted.Should().BeFalse();
            SampleFile.Inspect("application/zip", changed).Accepted.Should().BeTrue("an archive may be damaged and still be one");
        }
    }

    [Fact]
    public void Inspect_ArchiveComment_IsAccepted()
    {
        var archive = ZipFileSamples.Create(200_000, Parts);
        var comment = TestBytes.Ascii("made by PK\u0005\u0006, and so on");
        archive[^2] = (byte)comment.Length;

        SampleFile.Inspect(Docx, [.. archive, .. comment]).Accepted.Should().BeTrue();
        SampleFile.Inspect(Docx, [.. archive, .. new byte[100]]).Accepted.Should().BeFalse("something follows the archive");
    }

    [Theory]
    [InlineData(1_500)]
    [InlineData(20_000)]
    public void Inspect_LongDirectory_IsReadCompletely(int images)
    {
        var names = Enumerable.Range(0, images).Select(i => $"word/media/a-rather-long-name-of-an-image-{i}.png").ToArray();

        SampleFile.Inspect(Docx, ZipFileSamples.CreateDocument(["word/document.xml", .. names]), out var reads)
            .Should().Be(new InspectionResult(Docx, null));
        reads.Should().HaveCountLessThanOrEqualTo(3);
        SampleFile.Inspect(Docx, ZipFileSamples.CreateDocument(["word/document.xml", "word/vbaProject.bin", .. names])).Detail
            .Should().Be($"The file was declared as {Docx}, but its bytes are a Word document with macros.");
    }

    [Fact]
    public void Inspect_DirectoryAboveLimit_IsRejected()
    {
        var many = ZipFileSamples.Create([.. Parts, .. Enumerable.Range(0, 22_000).Select(i => $"word/{i:D160}")]);

        SampleFile.Inspect(Docx, many, out var reads).Detail
            .Should().Be(
                $"The file was declared as {Docx}, but its bytes are a ZIP archive whose list of entries is too long to be checked.");
        reads.Sum(read => read.Length).Should().BeLessThan(200_000);
        SampleFile.Inspect("application/zip", many).Accepted.Should().BeTrue();
        SampleFile.Inspect("application/java-archive", many).Accepted.Should().BeTrue("a program makes no promise about macros");
    }

    [Fact]
    public void Inspect_MimetypeContent_MustBeExact()
    {
        const string odt = SampleFiles.OpenDocument + "text";

        SampleFile.Inspect(odt, ZipFileSamples.CreateWithMimeType(odt + "\n")).Accepted
            .Should().BeTrue("many writers end it with a line break");
        SampleFile.Inspect(odt, ZipFileSamples.CreateWithMimeType(odt + "-template")).Accepted.Should().BeFalse();
        SampleFile.Inspect(odt, ZipFileSamples.CreateWithMimeType(odt + "x")).Accepted.Should().BeFalse();
        SampleFile.Inspect(odt, ZipFileSamples.Create("mimetype")).Accepted.Should().BeFalse("it holds another type");
    }

    [Fact]
    public void Inspect_MimetypeEntry_IsFoundAnywhere() =>
        Gen.Select(Gen.OneOf(0, 1_000, 200_000), Gen.Int[0, 3_000], Gen.Bool, Gen.Bool).Sample((firstLength, entries, compressed, odf) =>
        {
            var type = odf ? SampleFiles.OpenDocument + "text" : "application/epub+zip";
            var archive = ZipFileSamples.CreateWithLateMimeType(firstLength, entries, compressed, type);
            return SampleFile.Inspect(type, archive) == new InspectionResult(type, null)
                && !SampleFile.Inspect(odf ? "application/epub+zip" : SampleFiles.OpenDocument + "text", archive).Accepted;
        }, iter: 60);

    [Fact]
    public void Inspect_MimetypeInUnlistedEntry_IsIgnored()
    {
        // The beginning is an EPUB book; the directory, which readers use, lists a workbook with macros.
        var book = ZipFileSamples.CreateWithMimeType("application/epub+zip");
        var macros = ZipFileSamples.Prepend(book, ZipFileSamples.CreateDocument("xl/workbook.xml", "xl/vbaProject.bin"));

        SampleFile.Inspect("application/epub+zip", macros).DetectedType
            .Should().Be("application/vnd.ms-excel.sheet.macroEnabled.12");
        SampleFile.Inspect("application/epub+zip", macros).Accepted.Should().BeFalse();
    }

    [Fact]
    public void Inspect_TwoKindsOfDocument_IsNeither()
    {
        var both = ZipFileSamples.CreateNamed("application/epub+zip", ZipFileSamples.ContentTypes, "word/document.xml");
        var macros = ZipFileSamples.CreateNamed(
            "application/epub+zip", ZipFileSamples.ContentTypes, "word/document.xml", "word/vbaProject.bin");
        var program = ZipFileSamples.CreateNamed("application/epub+zip", "META-INF/MANIFEST.MF", "Main.class");

        foreach (var archive in new[] { both, macros, program })
        {
            SampleFile.Inspect("application/epub+zip", archive).Accepted.Should().BeFalse();
            SampleFile.Inspect(Docx, archive).Accepted.Should().BeFalse();
        }
    }

    [Fact]
    public void Inspect_Zip64Records_AreFollowed()
    {
        foreach (var firstLength in new[] { 0, 200_000 })
        {
            var archive = ZipFileSamples.AddZip64(ZipFileSamples.Create(firstLength, Parts));
            SampleFile.Inspect(Docx, archive).Should().Be(new InspectionResult(Docx, null));
            SampleFile.Inspect(Docx, ZipFileSamples.AddZip64(ZipFileSamples.Create(firstLength, [.. Parts, "word/vbaProject.bin"])))
                .Accepted.Should().BeFalse();
        }
    }

    [Fact]
    public void Inspect_ContradictoryEndRecords_AreRejected()
    {
        var archive = ZipFileSamples.AddZip64(ZipFileSamples.Create(Parts));
        // Every field of the three records that locates the directory, one at a time; the version numbers decide nothing.
        var record = archive.Length - 22 - 20 - 56;
        int[] fields = [4, 16, 20, 24, 32, 40, 48, 56, 64, 76 + 4, 76 + 8, 76 + 10, 76 + 12, 76 + 16];
        foreach (var at in fields)
        {
            byte[] changed = [.. archive];
            changed[record + at] ^= 1;
            SampleFile.Inspect(Docx, changed).Accepted.Should().BeFalse($"the byte {at} is changed");
        }
    }

    [Fact]
    public void Inspect_BytesBeforeAnArchive_AreNoArchive()
    {
        byte[] prefixed = [1, 0, 2, 0, .. ZipFileSamples.Create(Parts)];

        SampleFile.Inspect(Docx, prefixed).Accepted.Should().BeFalse();
        SampleFile.Inspect("image/png", prefixed).Detail.Should().EndWith("its bytes are a ZIP archive behind other bytes.");
        SampleFile.Inspect(null, [.. SampleFiles.WindowsProgram, .. ZipFileSamples.Create(Parts)]).DetectedType
            .Should().Be("application/vnd.microsoft.portable-executable");
        SampleFile.Inspect(null, [.. SampleFiles.Pdf, .. ZipFileSamples.Create(Parts)]).DetectedType.Should().Be("application/pdf");
    }

    [Theory]
    [InlineData("META-INF/mozilla.rsa")]
    [InlineData("install.rdf")]
    public void Inspect_BrowserExtension_IsDetected(string entry) =>
        SampleFile.Inspect(null, ZipFileSamples.Create("manifest.json", "META-INF/manifest.mf", entry)).DetectedType
            .Should().Be("application/x-xpinstall");

    [Fact]
    public void Inspect_ChangedDirectory_NeverBecomesADocument()
    {
        // Whatever byte of the end of a document with macros changes, it must not be accepted as one without.
        var archive = ZipFileSamples.CreateDocument("word/document.xml", "word/vbaProject.bin");
        var directory = archive.AsSpan().IndexOf("PK\x1\x2"u8);
        var part = archive.AsSpan()[directory..].IndexOf("vbaProject.bin"u8) + directory;
        for (var at = directory; at < archive.Length; at++)
        {
            if (at >= part && at < part + "vbaProject.bin".Length)
                continue;
            foreach (var bit in new[] { 1, 0x80 })
            {
                byte[] changed = [.. archive];
                changed[at] ^= (byte)bit;
                SampleFile.Inspect(Docx, changed).Accepted.Should().BeFalse($"the byte {at} is changed");
            }
        }
    }
}
