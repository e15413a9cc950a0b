using CsCheck;

namespace DirectUpload.Tests.Processing.Inspection;

/// <summary>PDF documents whose header is not at the first byte.</summary>
public sealed class PrefixedContentTests
{
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n \t")]
    [InlineData("\u00EF\u00BB\u00BF")]
    [InlineData("\u00EF\u00BB\u00BF\n")]
    [InlineData("\0\0\0\0")]
    [InlineData("junk\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n")]
    [InlineData("\u001B%-12345X@PJL JOB NAME=\"x\"\r\n@PJL ENTER LANGUAGE=PDF\r\n")]
    [InlineData("\u0002\0\u00FE\u0001")]
    public void Inspect_PdfBehindOtherBytes_IsPdf(string before) =>
        SampleFile.Inspect("application/pdf", [.. TestBytes.Ascii(before), .. SampleFiles.Pdf]).Detail.Should().BeNull();

    [Fact]
    public void Inspect_PdfHeader_IsFoundInFirst1024Bytes()
    {
        Gen.Int[1, 1023].Sample(
            length => SampleFile.Inspect("application/pdf", [.. Enumerable.Repeat((byte)'\n', length), .. SampleFiles.Pdf]).Accepted);
        SampleFile.Inspect("application/pdf", [.. Enumerable.Repeat((byte)'\n', 1024), .. SampleFiles.Pdf]).Accepted.Should().BeFalse();
    }

    [Theory]
    [InlineData("<html>\n")]
    [InlineData("junk <script>alert(1)</script>\n")]
    [InlineData("<?php system('x'); ?>\n")]
    [InlineData("text\n<svg onload=alert(1)>\n")]
    [InlineData("#!/bin/sh\n")]
    [InlineData("/*\n")]
    [InlineData("//\n")]
    [InlineData("'use strict';\n")]
    public void Inspect_PdfBehindMarkupOrScript_IsRejected(string before) =>
        SampleFile.Inspect("application/pdf", [.. TestBytes.Ascii(before), .. SampleFiles.Pdf]).Accepted.Should().BeFalse();

    [Fact]
    public void Inspect_PdfBehindAnotherFormat_IsRejected()
    {
        var others = SampleFiles.All.Where(sample => sample.Name is not "pdf" && sample.Content.Length < 1_000);

        others.Where(sample => SampleFile.Inspect("application/pdf", [.. sample.Content, .. "\n"u8, .. SampleFiles.Pdf]).Accepted)
            .Should().BeEmpty();
        others.Where(sample => SampleFile.Inspect(
                "application/pdf", [.. "\n"u8, .. sample.Content, .. "\n"u8, .. SampleFiles.Pdf]).Accepted)
            .Select(sample => sample.Name).Where(name => name is "html" or "svg" or "php" or "exe" or "png" or "gif" or "jpeg")
            .Should().BeEmpty();
        foreach (var magic in new[] { "8BPS\0\u0001", "SQLite format 3\0", "FLV\u0001\u0005", "MSCF\0\0\0\0" })
            SampleFile.Inspect("application/pdf", [.. TestBytes.Ascii(magic), 0, .. SampleFiles.Pdf]).Accepted.Should().BeFalse();
    }

    [Fact]
    public void Inspect_PdfBehindBytesWithArchiveAtEnd_IsNeither()
    {
        byte[] both = [.. "\n"u8, .. SampleFiles.Pdf, .. ZipFileSamples.CreateDocument("word/document.xml")];

        SampleFile.Inspect("application/pdf", both).Accepted.Should().BeFalse();
        SampleFile.Inspect(SampleFiles.OpenXml + "wordprocessingml.document", both).Accepted.Should().BeFalse();
    }

    [Theory]
    [InlineData("A file that begins with %PDF-1.7 is a PDF document.")]
    [InlineData("The header\n%PDF-1.7\nis followed by objects.")]
    [InlineData("%PDF is a header")]
    [InlineData("x %PDF-x")]
    public void Inspect_TextThatMentionsTheHeader_IsText(string text) =>
        SampleFile.Inspect("text/plain", TestBytes.Ascii(text)).Detail.Should().BeNull();
}
