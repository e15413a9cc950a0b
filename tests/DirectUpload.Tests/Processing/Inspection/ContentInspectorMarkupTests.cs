using System.Text;
using CsCheck;

namespace DirectUpload.Tests.Processing.Inspection;

/// <summary>Pages and scripts that call themselves text or data.</summary>
public sealed class ContentInspectorMarkupTests
{
    private static readonly string[] Pages =
    [
        "<!doctype html>", "<!DOCTYPE HTML PUBLIC \"x\">", "<html>", "<HTML lang=en>", "<head>", "<script>alert(1)</script>",
        "<script/src=//evil>", "<SCRIPT\n>", "<iframe src=x>", "<body onload=x>", "<title>x</title>", "<style>x</style>",
        "<svg/onload=alert(1)>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\">", "<svg>", "<object data=x>", "<meta http-equiv=refresh>", "<x:svg xmlns:x=\"y\">",
        "<?xml version=\"1.0\"?><svg>", "<?xml version=\"1.0\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C\" \"x\">\n<svg>",
        "<?xml version=\"1.0\"?><!-- c --><html xmlns=\"x\">", "<?xml-stylesheet href=\"x\"?><svg>", "<?xml version=\"1.0\"?><h:script>",
        "<!DOCTYPE x [<!ENTITY a \"]>'<p>\">]><svg>", "<!--><script>", "<!-- a --!><script>", "<!-- a --><!-- b -->\n<html>",
    ];

    private static readonly string[] Fragments =
        [
            "<h1>", "<div align=center>", "<font>", "<table>", "<a href=x>", "<b>", "<br>", "<br/>", "<p>", "<img src=x onerror=y>",
            "<!-- hello -->", "<!--",
        ];

    private static readonly string[] Scripts =
    [
        "#!/bin/sh\n", "#! /usr/bin/env node\n", "<?php echo 1;", "<?PHP\n", "<?= 1 ?>", "<? echo 1; ?>", "<%@ page import=\"x\" %>",
        "<%= 1 %>",
        "\"use strict\";", "'use strict';", "(function(){})()", "(()=>{})()", "/* licence */ // x\n(function () {})()", "eval(atob('x'))",
        "document.cookie='x'", "module.exports = {}", "@ECHO OFF\r\ndel *.*",
    ];

    public static TheoryData<string> NonMarkupTypes =>
        ["text/plain", "text/csv", "application/json", "application/ld+json", "text/css", "text/calendar"];

    [Theory]
    [MemberData(nameof(NonMarkupTypes))]
    public void Inspect_PageOrScriptAsText_IsRejected(string type) =>
        Pages.Concat(Fragments).Concat(Scripts).Where(text => SampleFile.Inspect(type, TestBytes.Utf8(text)).Accepted).Should().BeEmpty();

    [Fact]
    public void Inspect_PageAfterSpaceBomAndComments_IsDetected()
    {
        var before = Gen.OneOf("", " ", "\r\n\t\f ", "<!-- <p> -->", "<!-- a -->\n \n<!---->").Array[0, 4].Select(string.Concat);
        var encodings = Gen.OneOf<Encoding>(new UTF8Encoding(false), new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode);
        var mixed = Gen.OneOf(Pages).SelectMany(page => Gen.Bool.Array[page.Length].Select(upper =>
            string.Concat(page.Zip(upper, (c, up) => up ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c)))));

        Gen.Select(before, mixed, encodings).Sample((space, page, encoding) =>
            !SampleFile.Inspect("text/plain", TestBytes.WithByteOrderMark(encoding, space + page + "\nand so on")).Accepted);
    }

    [Fact]
    public void Inspect_PageAfterALongComment_IsDetected() =>
        SampleFile.Inspect("text/markdown", TestBytes.Ascii("<!--" + new string('x', 60_000) + "--><script>")).Accepted.Should().BeFalse();

    [Theory]
    [InlineData("a < b and c > d")]
    [InlineData("<")]
    [InlineData("<-- look")]
    [InlineData("<3 you")]
    [InlineData("<bold claim> that this is no tag")]
    [InlineData("<name@example.org> wrote")]
    [InlineData("<https://example.org/>")]
    [InlineData("In HTML, <script> runs code, and <?php does too.")]
    [InlineData("# A heading")]
    [InlineData("#!not a script")]
    [InlineData("import duties were raised")]
    [InlineData("var is Swedish for where")]
    [InlineData("function and form")]
    [InlineData("document.pdf is attached, and so is window.png")]
    [InlineData("// a comment, then nothing")]
    [InlineData("/* unclosed")]
    [InlineData("<?xml version=\"1.0\"?><title>data</title>")]
    public void Inspect_TextMentioningMarkup_IsAccepted(string text) =>
        SampleFile.Inspect("text/plain", TestBytes.Utf8(text)).Detail.Should().BeNull();

    [Fact]
    public void Inspect_MarkdownWithHtmlFragment_IsAccepted()
    {
        Fragments.Where(text => !SampleFile.Inspect("text/markdown", TestBytes.Utf8(text)).Accepted).Should().BeEmpty();
        Pages.Concat(Scripts).Where(text => SampleFile.Inspect("text/markdown", TestBytes.Utf8(text)).Accepted).Should().BeEmpty();
    }

    [Fact]
    public void Inspect_PageAsHtml_IsAccepted()
    {
        Pages.Concat(Fragments).Where(text => !SampleFile.Inspect("text/html", TestBytes.Utf8(text)).Accepted).Should().BeEmpty();
        SampleFile.Inspect("text/html", TestBytes.Ascii("just words")).Accepted.Should().BeTrue();
        SampleFile.Inspect("text/html", TestBytes.Ascii("<?php echo 1;")).Accepted
            .Should().BeFalse("it claims to be a page, not a program for the server");
    }

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")]
    [InlineData(
        "\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- Illustrator -->\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"x\" " +
        "[\n<!ENTITY ns \"y\">\n]>\n<svg>")]
    [InlineData("<?xml version=\"1.0\"?><svg:svg xmlns:svg=\"x\">")]
    [InlineData("\n<!-- c -->\n<svg\n width=\"1\">")]
    public void Inspect_SvgWithProlog_IsAccepted(string text)
    {
        SampleFile.Inspect("image/svg+xml", TestBytes.Utf8(text)).Detail.Should().BeNull();
        SampleFile.Inspect("image/svg+xml", TestBytes.WithByteOrderMark(Encoding.Unicode, text.TrimStart('\uFEFF'))).Detail
            .Should().BeNull();
    }

    [Theory]
    [InlineData("<html><svg></html>")]
    [InlineData("<?xml version=\"1.0\"?><note/>")]
    [InlineData("<svgx>")]
    [InlineData("svg")]
    public void Inspect_OtherContentAsSvg_IsRejected(string text) =>
        SampleFile.Inspect("image/svg+xml", TestBytes.Utf8(text)).Accepted.Should().BeFalse();

    [Theory]
    [InlineData("application/atom+xml", "<?xml version=\"1.0\"?><feed>", true)]
    [InlineData("application/docbook+xml", "<article>", true)]
    [InlineData("application/mathml+xml", "<math>", true)]
    [InlineData("application/atom+xml", "<?xml version=\"1.0\"?><svg>", false)]
    [InlineData("application/atom+xml", "<html>", false)]
    [InlineData("application/xml", "<?xml version=\"1.0\"?><svg>", true)]
    [InlineData("application/json", "<?xml version=\"1.0\"?><feed>", false)]
    [InlineData("text/csv", "<?xml version=\"1.0\"?><feed>", false)]
    public void Inspect_Xml_IsDetectedByItsRoot(string type, string text, bool accepted) =>
        SampleFile.Inspect(type, TestBytes.Utf8(text)).Accepted.Should().Be(accepted);
}
