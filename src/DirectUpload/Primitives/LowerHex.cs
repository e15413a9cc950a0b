using System.Buffers;

namespace DirectUpload.Primitives;

/// <summary>Checks texts of lower-case hexadecimal digits.</summary>
internal static class LowerHex
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    public static bool IsValid(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Digits);
}
