using System.Text;
using CsCheck;

namespace DirectUpload.Tests.Confirmation;

/// <summary>Pages and scripts that call themselves text or data.</summary>
public sealed class DisguiseTests
{
    private static readonly string[] Pages =
    [
        "<!doctype html>", "<!DOCTYPE HTML PUBLIC \"x\">", "<html>", "<HTML lang=en>", "<head>", "<script>alert(1)</script>",
        "<script/src=//evil>", "<SCRIPT\n>", "<iframe src=x>", "<body onload=x>", "<title>x</title>", "<style>x</style>", "<svg/onload=alert(1)>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\">", "<svg>", "<object data=x>", "<meta http-equiv=refresh>", "<x:svg xmlns:x=\"y\">",
        "<?xml version=\"1.0\"?><svg>", "<?xml version=\"1.0\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C\" \"x\">\n<svg>",
        "<?xml version=\"1.0\"?><!-- c --><html xmlns=\"x\">", "<?xml-stylesheet href=\"x\"?><svg>", "<?xml version=\"1.0\"?><h:script>",
        "<!DOCTYPE x [<!ENTITY a \"]>'<p>\">]><svg>", "<!--><script>", "<!-- a --!><script>", "<!-- a --><!-- b -->\n<html>",
    ];

    private static readonly string[] Fragments =
        ["<h1>", "<div align=center>", "<font>", "<table>", "<a href=x>", "<b>", "<br>", "<br/>", "<p>", "<img src=x onerror=y>", "<!-- hello -->", "<!--"];

    private static readonly string[] Scripts =
    [
        "#!/bin/sh\n", "#! /usr/bin/env node\n", "<?php echo 1;", "<?PHP\n", "<?= 1 ?>", "<? echo 1; ?>", "<%@ page import=\"x\" %>", "<%= 1 %>",
        "\"use strict\";", "'use strict';", "(function(){})()", "(()=>{})()", "/* licence */ // x\n(function () {})()", "eval(atob('x'))",
        "document.cookie='x'", "module.exports = {}", "@ECHO OFF\r\ndel *.*",
    ];

    public static TheoryData<string> NoPages => ["text/plain", "text/csv", "application/json", "application/ld+json", "text/css", "text/calendar"];

    [Theory]
    [MemberData(nameof(NoPages))]
    public void A_page_or_a_script_is_no_text(string type) =>
        Pages.Concat(Fragments).Concat(Scripts).Where(text => Sample.Inspect(type, Bytes.Utf8(text)).Accepted).Should().BeEmpty();

    [Fact]
    public void White_space_a_mark_and_comments_do_not_hide_a_page()
    {
        var before = Gen.OneOf("", " ", "\r\n\t\f ", "<!-- <p> -->", "<!-- a -->\n \n<!---->").Array[0, 4].Select(string.Concat);
        var encodings = Gen.OneOf<Encoding>(new UTF8Encoding(false), new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode);
        var mixed = Gen.OneOf(Pages).SelectMany(page => Gen.Bool.Array[page.Length].Select(upper =>
            string.Concat(page.Zip(upper, (c, up) => up ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c)))));

        Gen.Select(before, mixed, encodings).Sample((space, page, encoding) =>
            !Sample.Inspect("text/plain", Bytes.WithMark(encoding, space + page + "\nand so on")).Accepted);
    }

    [Fact]
    public void A_page_that_begins_beyond_a_long_comment_is_still_found() =>
        Sample.Inspect("text/markdown", Bytes.Ascii("<!--" + new string('x', 60_000) + "--><script>")).Accepted.Should().BeFalse();

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
    public void Text_that_mentions_them_is_text(string text) => Sample.Inspect("text/plain", Bytes.Utf8(text)).Detail.Should().BeNull();

    [Fact]
    public void Markdown_may_begin_with_a_piece_of_html_but_is_no_page()
    {
        Fragments.Where(text => !Sample.Inspect("text/markdown", Bytes.Utf8(text)).Accepted).Should().BeEmpty();
        Pages.Concat(Scripts).Where(text => Sample.Inspect("text/markdown", Bytes.Utf8(text)).Accepted).Should().BeEmpty();
    }

    [Fact]
    public void What_says_that_it_is_a_page_may_be_one()
    {
        Pages.Concat(Fragments).Where(text => !Sample.Inspect("text/html", Bytes.Utf8(text)).Accepted).Should().BeEmpty();
        Sample.Inspect("text/html", Bytes.Ascii("just words")).Accepted.Should().BeTrue();
        Sample.Inspect("text/html", Bytes.Ascii("<?php echo 1;")).Accepted.Should().BeFalse("it claims to be a page, not a program for the server");
    }

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")]
    [InlineData("\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- Illustrator -->\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"x\" [\n<!ENTITY ns \"y\">\n]>\n<svg>")]
    [InlineData("<?xml version=\"1.0\"?><svg:svg xmlns:svg=\"x\">")]
    [InlineData("\n<!-- c -->\n<svg\n width=\"1\">")]
    public void An_svg_may_have_a_prologue(string text)
    {
        Sample.Inspect("image/svg+xml", Bytes.Utf8(text)).Detail.Should().BeNull();
        Sample.Inspect("image/svg+xml", Bytes.WithMark(Encoding.Unicode, text.TrimStart('\uFEFF'))).Detail.Should().BeNull();
    }

    [Theory]
    [InlineData("<html><svg></html>")]
    [InlineData("<?xml version=\"1.0\"?><note/>")]
    [InlineData("<svgx>")]
    [InlineData("svg")]
    public void An_svg_is_nothing_else(string text) => Sample.Inspect("image/svg+xml", Bytes.Utf8(text)).Accepted.Should().BeFalse();

    [Theory]
    [InlineData("application/atom+xml", "<?xml version=\"1.0\"?><feed>", true)]
    [InlineData("application/docbook+xml", "<article>", true)]
    [InlineData("application/mathml+xml", "<math>", true)]
    [InlineData("application/atom+xml", "<?xml version=\"1.0\"?><svg>", false)]
    [InlineData("application/atom+xml", "<html>", false)]
    [InlineData("application/xml", "<?xml version=\"1.0\"?><svg>", true)]
    [InlineData("application/json", "<?xml version=\"1.0\"?><feed>", false)]
    [InlineData("text/csv", "<?xml version=\"1.0\"?><feed>", false)]
    public void Xml_is_what_its_root_is(string type, string text, bool accepted) =>
        Sample.Inspect(type, Bytes.Utf8(text)).Accepted.Should().Be(accepted);
}
