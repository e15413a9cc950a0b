using System.Text;
using CsCheck;
using DirectUpload.Confirmation;

namespace DirectUpload.Tests.Confirmation;

/// <summary>What is text, in whichever encoding people really use.</summary>
public sealed class TextTests
{
    [Theory]
    [InlineData("text/plain", "Grüße, 你好, 😀\r\n\tand a form feed\f")]
    [InlineData("text/csv", "id;name\r\n1;Zoë\r\n")]
    [InlineData("application/json", "{\"name\":\"Zoë 😀\"}")]
    [InlineData("text/markdown", "# Title\n")]
    [InlineData("text/x-unheard-of", "anything")]
    public void Utf8_is_text_with_a_mark_and_without(string type, string text)
    {
        Sample.Inspect(type, Bytes.Utf8(text)).Should().Be(new Inspection(null, null));
        Sample.Inspect(type, Bytes.WithMark(Encoding.UTF8, text)).Should().Be(new Inspection(null, null));
    }

    [Fact]
    public void Utf16_is_text_with_its_mark_only()
    {
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            Sample.Inspect("text/csv", Bytes.WithMark(encoding, "id\tname\r\n1\tZoë 😀\r\n")).Accepted.Should().BeTrue();
            Sample.Inspect("text/csv", encoding.GetBytes("id\tname")).Accepted.Should().BeFalse();
            Sample.Inspect("text/plain", [.. Bytes.WithMark(encoding, "odd"), 0x20]).Accepted.Should().BeFalse();
            Sample.Inspect("text/plain", Bytes.WithMark(encoding, "a\0b")).Accepted.Should().BeFalse();
            Sample.Inspect("text/plain", [.. Bytes.WithMark(encoding, "a"), 0xDC, 0xDC]).Accepted.Should().BeFalse();
        }

        Sample.Inspect("text/plain", Bytes.WithMark(Encoding.UTF32, "UTF-32")).Accepted.Should().BeFalse("nobody writes it");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/csv")]
    [InlineData("text/html")]
    public void Legacy_encodings_are_text(string type)
    {
        Sample.Inspect(type, Encoding.Latin1.GetBytes("Grüße aus Köln")).Accepted.Should().BeTrue();
        Sample.Inspect(type, [0x93, .. "quoted in Windows-1252"u8, 0x94]).Accepted.Should().BeTrue();
        Sample.Inspect(type, Bytes.Hex("82B1 82F1 82C9 82BF 82CD")).Accepted.Should().BeTrue("Shift_JIS");
        Sample.Inspect(type, [0x1B, .. "$B$3$s"u8, 0x1B, .. "(B"u8]).Accepted.Should().BeTrue("ISO-2022-JP escapes");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/geo+json")]
    [InlineData("application/x-ndjson")]
    public void Json_is_utf8(string type)
    {
        Sample.Inspect(type, Encoding.Latin1.GetBytes("{\"a\":\"ü\"}")).Detail.Should().Be($"The file says {type}, but its bytes are not UTF-8 text.");
        Sample.Inspect(type, Bytes.WithMark(Encoding.Unicode, "{}")).Accepted.Should().BeFalse();
    }

    [Fact]
    public void A_control_character_makes_binary()
    {
        var binary = Enumerable.Range(0, 256).Where(b => !Sample.Inspect("text/plain", [.. "abc"u8, (byte)b, .. "def"u8]).Accepted);

        // WHATWG MIME Sniffing §3: a binary data byte.
        binary.Should().Equal(Enumerable.Range(0, 32).Where(b => b is not (0x09 or 0x0A or 0x0C or 0x0D or 0x1B)));
        Sample.Inspect("text/plain", [1, 2, 3]).Detail.Should().Be("The file says text/plain, but its bytes are not text.");
    }

    [Theory]
    [InlineData("é")]
    [InlineData("你")]
    [InlineData("😀")]
    public void A_character_cut_by_the_end_of_the_head_is_no_error(string character)
    {
        for (var lead = 0; lead < 4; lead++)
        {
            var json = Bytes.Utf8(new string('a', lead) + string.Concat(Enumerable.Repeat(character, 40_000)));
            Sample.Inspect("application/json", json).Detail.Should().BeNull();
        }

        var whole = Bytes.Utf8("\"" + character);
        Sample.Inspect("application/json", whole[..^1]).Accepted.Should().BeFalse("here the file itself ends in the middle");
    }

    [Fact]
    public void A_surrogate_pair_cut_by_the_end_of_the_head_is_no_error()
    {
        var text = Bytes.WithMark(Encoding.Unicode, string.Concat(Enumerable.Repeat("😀", 40_000)));

        Sample.Inspect("text/plain", text).Accepted.Should().BeTrue();
        Sample.Inspect("text/plain", text[..^2]).Accepted.Should().BeTrue("only the head is looked at");
        Sample.Inspect("text/plain", text[..400]).Accepted.Should().BeFalse("the file itself ends in the middle");
    }

    [Fact]
    public void Any_printable_text_is_text_unless_it_begins_like_something_else() =>
        Gen.String[Gen.Char['\u00A0', '\uD7FF'], 1, 200].Sample(text => Sample.Inspect("application/json", Bytes.Utf8(text)).Accepted);
}
