using CsCheck;
using DirectUpload.Confirmation;

namespace DirectUpload.Tests.Confirmation;

/// <summary>Documents that are archives: believed by the list of entries at the end, whatever the beginning shows.</summary>
public sealed class ArchiveTests
{
    private const string Docx = Samples.OpenXml + "wordprocessingml.document";
    private const string Xlsx = Samples.OpenXml + "spreadsheetml.sheet";

    private static readonly string[] Parts = [ZipSamples.ContentTypes, "_rels/.rels", "word/document.xml", "word/styles.xml", "docProps/core.xml"];

    [Fact]
    public void The_order_of_entries_does_not_matter() =>
        Gen.Shuffle(Parts).Select(Gen.OneOf(0, 1_000, 200_000)).Sample(
            (parts, firstLength) => Sample.Inspect(Docx, ZipSamples.Of(firstLength, parts)) == new Inspection(Docx, null),
            iter: 200);

    [Fact]
    public void A_large_archive_needs_its_tail_and_a_small_one_does_not()
    {
        var large = ZipSamples.Of(200_000, Parts);
        var small = ZipSamples.Of(Parts);

        ContentInspector.NeedsTail(large.AsSpan(0, ContentInspector.HeadLength), large.Length).Should().BeTrue();
        ContentInspector.NeedsTail(small, small.Length).Should().BeFalse();
        ContentInspector.NeedsTail(Samples.Png, 1_000_000).Should().BeFalse();
        ContentInspector.NeedsTail(default, 0).Should().BeFalse();
        ContentInspector.NeedsTail(CompoundSamples.With("WordDocument"), 1_000_000).Should().BeTrue();
    }

    [Fact]
    public void A_large_archive_without_its_tail_is_not_taken_for_a_document()
    {
        var large = ZipSamples.Of(200_000, Parts);

        ContentInspector.Inspect(Docx, large.AsSpan(0, ContentInspector.HeadLength), default, large.Length).Detail
            .Should().Be($"The file says {Docx}, but its bytes are a ZIP archive whose list of entries cannot be read.");
    }

    [Theory]
    [InlineData("word/vbaProject.bin")]
    [InlineData("word/VBAPROJECT.BIN")]
    [InlineData("other/vbaProject.bin")]
    public void A_document_with_macros_is_no_plain_document(string part)
    {
        Sample.Inspect(Docx, ZipSamples.Of([part, .. Parts])).Accepted.Should().BeFalse();
        Sample.Inspect(Docx, ZipSamples.Of(200_000, [.. Parts, part])).Detail
            .Should().Be($"The file says {Docx}, but its bytes are a Word document with macros.");
    }

    [Theory]
    [InlineData("xl/vbaProject.bin")]
    [InlineData("xl/macrosheets/sheet1.xml")]
    [InlineData("xl/workbook.bin")]
    public void A_workbook_with_macros_is_no_plain_workbook(string part) =>
        Sample.Inspect(Xlsx, ZipSamples.Document("xl/workbook.xml", part)).Accepted.Should().BeFalse();

    [Fact]
    public void Part_names_have_no_case() =>
        Sample.Inspect(Docx, ZipSamples.Of("[content_types].XML", "Word/Document.xml")).Accepted.Should().BeTrue();

    [Fact]
    public void An_archive_that_merely_resembles_a_document_is_none()
    {
        Sample.Inspect(Docx, ZipSamples.Of("word/document.xml")).Accepted.Should().BeFalse("it lists no content types");
        Sample.Inspect(Docx, ZipSamples.Of(ZipSamples.ContentTypes)).Accepted.Should().BeFalse("it has no word/ folder");
        Sample.Inspect(Docx, ZipSamples.Document("x/word/document.xml")).Accepted.Should().BeFalse();
        Sample.Inspect(Docx, ZipSamples.Document("word/document.xml", "xl/workbook.xml")).Accepted.Should().BeFalse("it is two");
        Sample.Inspect(Docx, ZipSamples.Document("word/document.xml", "word/embeddings/xl/book.xlsx")).Accepted.Should().BeTrue();
    }

    [Fact]
    public void Entries_that_only_the_beginning_shows_are_not_believed()
    {
        // A document first, then a whole second archive: readers open the second.
        byte[] two = [.. ZipSamples.Of(Parts), .. ZipSamples.Of("evil.exe")];

        Sample.Inspect(Docx, two).Accepted.Should().BeFalse();
    }

    [Fact]
    public void A_list_that_contradicts_its_record_is_not_believed()
    {
        var archive = ZipSamples.Of(Parts);
        foreach (var at in new[] { 10, 12, 16 })
        {
            byte[] changed = [.. archive];
            changed[archive.Length - 22 + at]++;
            Sample.Inspect(Docx, changed).Accepted.Should().BeFalse();
            Sample.Inspect("application/zip", changed).Accepted.Should().BeTrue("an archive may be damaged and still be one");
        }
    }

    [Fact]
    public void An_archive_may_end_with_a_comment()
    {
        var archive = ZipSamples.Of(200_000, Parts);
        var comment = Bytes.Ascii("made by PK\u0005\u0006, and so on");
        archive[^2] = (byte)comment.Length;

        Sample.Inspect(Docx, [.. archive, .. comment]).Accepted.Should().BeTrue();
        Sample.Inspect(Docx, [.. archive, .. new byte[100]]).Accepted.Should().BeFalse("something follows the archive");
    }

    [Fact]
    public void A_list_too_long_to_be_checked_for_macros_is_refused()
    {
        var many = ZipSamples.Of([.. Parts, .. Enumerable.Range(0, 1_500).Select(i => $"word/media/a-rather-long-name-of-an-image-{i}.png")]);

        Sample.Inspect(Docx, many).Detail
            .Should().Be($"The file says {Docx}, but its bytes are a ZIP archive whose list of entries is too long to be checked.");
        Sample.Inspect("application/zip", many).Accepted.Should().BeTrue();
        Sample.Inspect("application/java-archive", many).Accepted.Should().BeTrue("a program makes no promise about macros");
    }

    [Fact]
    public void A_long_list_is_checked_when_the_tail_is_longer()
    {
        var many = ZipSamples.Of([.. Parts, .. Enumerable.Range(0, 1_500).Select(i => $"word/media/a-rather-long-name-of-an-image-{i}.png")]);

        ContentInspector.Inspect(Docx, many.AsSpan(0, ContentInspector.HeadLength), many.AsSpan(many.Length - 200_000), many.Length)
            .Accepted.Should().BeTrue();
    }

    [Fact]
    public void A_mimetype_entry_is_first_stored_and_exact()
    {
        const string odt = Samples.OpenDocument + "text";

        Sample.Inspect(odt, ZipSamples.WithMimeType(odt + "\n")).Accepted.Should().BeTrue("many writers end it with a line break");
        Sample.Inspect(odt, ZipSamples.WithMimeType(odt + "-template")).Accepted.Should().BeFalse();
        Sample.Inspect(odt, ZipSamples.Of("content.xml", "mimetype")).Accepted.Should().BeFalse();
        Sample.Inspect(odt, ZipSamples.Of("mimetype")).Accepted.Should().BeFalse("it holds another type, compressed");
    }

    [Fact]
    public void A_streamed_mimetype_entry_ends_at_the_next_record()
    {
        byte[] streamed =
        [
            .. Bytes.Hex("504B0304 1400 0800 0000 0000 0000 00000000 00000000 00000000 0800 0000"), .. "mimetypeapplication/epub+zip"u8,
            .. Bytes.Hex("504B0708 00000000 14000000 14000000"),
        ];

        Sample.Inspect("application/epub+zip", streamed).Accepted.Should().BeTrue();
        streamed[8] = 8;
        Sample.Inspect("application/epub+zip", streamed).Accepted.Should().BeFalse("what is compressed does not say what it seems to say");
    }
}
