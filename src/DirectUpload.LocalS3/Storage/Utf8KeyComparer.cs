namespace DirectUpload.LocalS3.Storage;

/// <summary>Compares keys by their UTF-8 bytes, which is S3's order of listings.</summary>
/// <remarks>It is the order of code points. Ordinal UTF-16 order differs: a surrogate pair sorts below U+E000.</remarks>
internal sealed class Utf8KeyComparer : IComparer<string>
{
    public static readonly Utf8KeyComparer Instance = new();

    public int Compare(string? x, string? y)
    {
        var common = x.AsSpan().CommonPrefixLength(y);
        if (common == x!.Length || common == y!.Length)
            return x.Length - y!.Length;
        return GetWeight(x[common]) - GetWeight(y[common]);
    }

    private static int GetWeight(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
}
