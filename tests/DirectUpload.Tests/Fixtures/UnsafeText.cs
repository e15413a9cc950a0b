using CsCheck;

namespace DirectUpload.Tests.Fixtures;

/// <summary>Text as attackers and accidents write it.</summary>
internal static class UnsafeText
{
    private static readonly Gen<string> Piece = Gen.OneOf(
        Gen.String[Gen.Char.AlphaNumeric, 0, 6],
        Gen.OneOf(
            "../", "..", ".", "/", "\\", "\0", "\r\n", "\n", "\"", "'", "%2e%2e%2f", "$", "${filename}", "{id}", "{owner}", "!", "!2E",
            "!!", "-", "_", " ", "  ", "é", "日本",
            "😀", "\u200f", "\u202e", "\u2066", "\u2028", "\u00a0", "\u212a", "\ufeff", "\ufffd", "\u0000", "\u007f", "\u0085", ".exe",
            ".PNG", ".tar.gz", "CON", ":", "|", "*", "?", "<script>"));

    /// <summary>Well-formed text: no halves of surrogate pairs.</summary>
    public static Gen<string> WellFormed { get; } = Piece.Array[0, 12].Select(string.Concat);

    /// <summary>Any text at all, now and then very long.</summary>
    public static Gen<string> Any { get; } = Gen.OneOf(
        WellFormed, Gen.String, Gen.Char.Array[0, 20].Select(chars => new string(chars)),
        Gen.Select(Gen.Char, Gen.Int[1, 5000]).Select((c, count) => new string(c, count)));
}
