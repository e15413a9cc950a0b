using System.Text;
using CsCheck;
using DirectUpload.Processing.Inspection;

namespace DirectUpload.Tests.Processing.Inspection;

/// <summary>What is text, in whichever encoding people really use.</summary>
public sealed class TextTypesTests
{
    [Theory]
    [InlineData("text/plain", "Grüße, 你好, 😀\r\n\tand a form feed\f")]
    [InlineData("text/csv", "id;name\r\n1;Zoë\r\n")]
    [InlineData("application/json", "{\"name\":\"Zoë 😀\"}")]
    [InlineData("text/markdown", "# Title\n")]
    [InlineData("text/x-unheard-of", "anything")]
    public void Inspect_Utf8_WithOrWithoutBom_IsText(string type, string text)
    {
        SampleFile.Inspect(type, TestBytes.Utf8(text)).Should().Be(new InspectionResult(null, null));
        SampleFile.Inspect(type, TestBytes.WithByteOrderMark(Encoding.UTF8, text)).Should().Be(new InspectionResult(null, null));
    }

    [Fact]
    public void Inspect_Utf16_NeedsABom()
    {
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            SampleFile.Inspect("text/csv", TestBytes.WithByteOrderMark(encoding, "id\tname\r\n1\tZoë 😀\r\n")).Accepted.Should().BeTrue();
            SampleFile.Inspect("text/csv", encoding.GetBytes("id\tname")).Accepted.Should().BeFalse();
            SampleFile.Inspect("text/plain", [.. TestBytes.WithByteOrderMark(encoding, "odd"), 0x20]).Accepted.Should().BeFalse();
            SampleFile.Inspect("text/plain", TestBytes.WithByteOrderMark(encoding, "a\0b")).Accepted.Should().BeFalse();
            SampleFile.Inspect("text/plain", [.. TestBytes.WithByteOrderMark(encoding, "a"), 0xDC, 0xDC]).Accepted.Should().BeFalse();
        }

        SampleFile.Inspect("text/plain", TestBytes.WithByteOrderMark(Encoding.UTF32, "UTF-32")).Accepted
            .Should().BeFalse("nobody writes it");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/csv")]
    [InlineData("text/html")]
    public void Inspect_LegacyEncodings_AreText(string type)
    {
        SampleFile.Inspect(type, Encoding.Latin1.GetBytes("Grüße aus Köln")).Accepted.Should().BeTrue();
        SampleFile.Inspect(type, [0x93, .. "quoted in Windows-1252"u8, 0x94]).Accepted.Should().BeTrue();
        SampleFile.Inspect(type, TestBytes.Hex("82B1 82F1 82C9 82BF 82CD")).Accepted.Should().BeTrue("Shift_JIS");
        SampleFile.Inspect(type, [0x1B, .. "$B$3$s"u8, 0x1B, .. "(B"u8]).Accepted.Should().BeTrue("ISO-2022-JP escapes");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/geo+json")]
    [InlineData("application/x-ndjson")]
    public void Inspect_JsonNotUtf8_IsRejected(string type)
    {
        SampleFile.Inspect(type, Encoding.Latin1.GetBytes("{\"a\":\"ü\"}")).Detail
            .Should().Be($"The file was declared as {type}, but its bytes are not UTF-8 text.");
        SampleFile.Inspect(type, TestBytes.WithByteOrderMark(Encoding.Unicode, "{}")).Accepted.Should().BeFalse();
    }

    [Fact]
    public void Inspect_StrayControlCharacter_IsText()
    {
        // Only a zero is no text; the types below also have no format that one byte could make of it.
        foreach (var text in new[] { "id,address\r\n1,\"12 High St*Flat 3\"\r\n", "abc*def", "Grüße*aus Köln und anderswo" })
        {
            foreach (var encoding in new[] { Encoding.UTF8, Encoding.Latin1, Encoding.Unicode, Encoding.BigEndianUnicode })
            {
                var binary = Enumerable.Range(0, 32).Where(b => !SampleFile.Inspect(
                    "text/csv", TestBytes.WithByteOrderMark(encoding, text.Replace('*', (char)b))).Accepted);
                binary.Should().Equal(0);
            }
        }
    }

    [Fact]
    public void Inspect_SeparatorsInEveryRecord_AreText()
    {
        foreach (var separator in "\b\v\u001C\u001D\u001E\u001F")
        {
            var rows = string.Concat(Enumerable.Repeat($"Jürgen{separator}Größe 12{separator}42\r\n", 3_000)) + "\u001A";
            SampleFile.Inspect("text/csv", Encoding.UTF8.GetBytes(rows)).Detail.Should().BeNull();
        }

        var lines = string.Concat(Enumerable.Repeat("Jürgen Groß, Hauptstraße 12\vHinterhaus, 50667 Köln\r\n", 2_000));
        SampleFile.Inspect("text/csv", Encoding.Latin1.GetBytes(lines)).Detail.Should().BeNull();
    }

    [Fact]
    public void Inspect_MostlyControlCharacters_IsBinary()
    {
        SampleFile.Inspect("text/plain", [1, 2, 3]).Detail.Should().Be("The file was declared as text/plain, but its bytes are not text.");
        Gen.Byte[1, 255].Array[256, 4_000].Sample(bytes => !SampleFile.Inspect("text/plain", bytes).Accepted);
    }

    [Theory]
    [InlineData("é")]
    [InlineData("你")]
    [InlineData("😀")]
    public void Inspect_CharacterSplitByHead_IsAccepted(string character)
    {
        for (var lead = 0; lead < 4; lead++)
        {
            var json = TestBytes.Utf8(new string('a', lead) + string.Concat(Enumerable.Repeat(character, 40_000)));
            SampleFile.Inspect("application/json", json).Detail.Should().BeNull();
        }

        var whole = TestBytes.Utf8("\"" + character);
        SampleFile.Inspect("application/json", whole[..^1]).Accepted.Should().BeFalse("here the file itself ends in the middle");
    }

    [Fact]
    public void Inspect_SurrogatePairSplitByHead_IsAccepted()
    {
        var text = TestBytes.WithByteOrderMark(Encoding.Unicode, string.Concat(Enumerable.Repeat("😀", 40_000)));

        SampleFile.Inspect("text/plain", text).Accepted.Should().BeTrue();
        SampleFile.Inspect("text/plain", text[..^2]).Accepted.Should().BeTrue("only the head is looked at");
        SampleFile.Inspect("text/plain", text[..400]).Accepted.Should().BeFalse("the file itself ends in the middle");
    }

    [Fact]
    public void Inspect_PrintableText_IsText() =>
        Gen.String[Gen.Char['\u00A0', '\uD7FF'], 1, 200].Sample(
            text => SampleFile.Inspect("application/json", TestBytes.Utf8(text)).Accepted);

    [Theory]
    [InlineData("#!/usr/bin/env node\n", true)]
    [InlineData("#! /usr/bin/nodejs --no-warnings\n", true)]
    [InlineData("#!/usr/bin/env -S deno run\n", true)]
    [InlineData("#!/usr/bin/env ts-node\n", true)]
    [InlineData("#!/bin/sh\n", false)]
    [InlineData("#!/home/node/evil\n", false)]
    [InlineData("#!/bin/bash\n# node\n", false)]
    [InlineData("@echo off\r\n", false)]
    public void Inspect_ScriptAsProgram_NeedsItsRuntime(string start, bool accepted)
    {
        foreach (var type in new[] { "text/javascript", "text/typescript", "text/jsx" })
            SampleFile.Inspect(type, TestBytes.Ascii(start + "run();\n")).Accepted.Should().Be(accepted);
    }
}
