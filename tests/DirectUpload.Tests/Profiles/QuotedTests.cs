using CsCheck;
using DirectUpload.Profiles;

namespace DirectUpload.Tests.Profiles;

/// <summary>What a client wrote, repeated in an answer or a log.</summary>
public sealed class QuotedTests
{
    [Theory]
    [InlineData("image/png", "\"image/png\"")]
    [InlineData("", "\"\"")]
    [InlineData(null, "(none)")]
    [InlineData("a\r\nb\0c", "\"a??b?c\"")]
    [InlineData("\u001b[31m", "\"?[31m\"")]
    public void Is_in_quotes_and_harmless(string? text, string quoted) => Quoted.Text(text).Should().Be(quoted);

    [Theory]
    [InlineData("\u202egnp", "overrides the direction")]
    [InlineData("a\u2066b", "isolates")]
    [InlineData("a\u2028b", "ends a line")]
    [InlineData("a\u2029b", "ends a paragraph")]
    public void Holds_nothing_that_rewrites_the_line_around_it(string text, string because) =>
        Quoted.Text(text).Should().NotContainAny(["\u202e", "\u2066", "\u2028", "\u2029"], because);

    [Fact]
    public void Is_cut_after_60_characters() => Quoted.Text(new string('a', 61)).Should().Be($"\"{new string('a', 60)}…\"");

    [Fact]
    public void Is_always_short_and_well_formed() => Hostile.Any.Sample(
        text =>
        {
            var quoted = Quoted.Text(text);

            quoted.Length.Should().BeLessThanOrEqualTo(63);
            quoted.Should().NotContainAny("\0", "\r", "\n", "\u007f", "\u0085");
            quoted.Any(char.IsSurrogate).Should().BeFalse();
        },
        iter: Cases.Times(2000));
}
