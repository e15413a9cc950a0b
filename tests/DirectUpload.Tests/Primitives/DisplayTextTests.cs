using CsCheck;
using DirectUpload.Primitives;
using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Primitives;

/// <summary>What a client wrote, repeated in an answer or a log.</summary>
public sealed class DisplayTextTests
{
    [Theory]
    [InlineData("image/png", "\"image/png\"")]
    [InlineData("", "\"\"")]
    [InlineData(null, "(none)")]
    [InlineData("a\r\nb\0c", "\"a??b?c\"")]
    [InlineData("\u001b[31m", "\"?[31m\"")]
    public void Text_ControlCharacters_AreReplacedInQuotes(string? text, string quoted) => DisplayText.Quote(text).Should().Be(quoted);

    [Theory]
    [InlineData("\u202egnp", "overrides the direction")]
    [InlineData("a\u2066b", "isolates")]
    [InlineData("a\u2028b", "ends a line")]
    [InlineData("a\u2029b", "ends a paragraph")]
    public void Text_BidiAndLineSeparators_AreRemoved(string text, string because) =>
        DisplayText.Quote(text).Should().NotContainAny(["\u202e", "\u2066", "\u2028", "\u2029"], because);

    [Fact]
    public void Text_Long_IsTruncatedAt60() => DisplayText.Quote(new string('a', 61)).Should().Be($"\"{new string('a', 60)}…\"");

    [Fact]
    public void Text_AnyInput_IsShortAndWellFormed() => UnsafeText.Any.Sample(
        text =>
        {
            var quoted = DisplayText.Quote(text);

            quoted.Length.Should().BeLessThanOrEqualTo(63);
            quoted.Should().NotContainAny("\0", "\r", "\n", "\u007f", "\u0085");
            quoted.Any(char.IsSurrogate).Should().BeFalse();
        },
        iter: SampleCount.Scale(2000));
}
