using CsCheck;
using DirectUpload.Diagnostics;

namespace DirectUpload.Tests.Diagnostics;

public sealed class LogTextTests
{
    [Theory]
    [InlineData(null, "-")]
    [InlineData("", "-")]
    [InlineData("22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324", "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324")]
    [InlineData("Größe 图片 😀", "Größe 图片 😀")]
    [InlineData("a\r\nb", @"a\u000D\u000Ab")]
    [InlineData("a\u2028b\u2029c\u0085", @"a\u2028b\u2029c\u0085")]
    [InlineData("\u001b[31m", @"\u001B[31m")]
    [InlineData("abc\u202egnp.exe\u2066\ufeff", @"abc\u202Egnp.exe\u2066\uFEFF")]
    [InlineData("\ufffe", @"\uFFFE")]
    [InlineData(@"a\u000Ab", @"a\u005Cu000Ab")]
    public void Sanitize_UnsafeCharacters_AreEscaped(string? text, string safe) => LogText.Sanitize(text).Should().Be(safe);

    // Attributes can't hold halves of surrogate pairs.
    [Fact]
    public void Sanitize_UnpairedSurrogate_IsEscaped() => LogText.Sanitize("\ud800x\udfff").Should().Be(@"\uD800x\uDFFF");

    [Fact]
    public void Sanitize_LongText_IsTruncated()
    {
        LogText.Sanitize(new string('x', 100)).Should().Be(new string('x', 100));
        LogText.Sanitize(new string('x', 101)).Should().Be(new string('x', 99) + "…");
        LogText.Sanitize(new string('\n', 300_000)).Should().HaveLength(97).And.EndWith("…");
    }

    [Fact]
    public void Sanitize_AnyText_IsOneShortLine() => Gen.String.Sample(text =>
    {
        var safe = LogText.Sanitize(text);
        return safe.Length is > 0 and <= 100 && !safe.Any(char.IsControl) && !safe.Contains('\u2028');
    });
}
