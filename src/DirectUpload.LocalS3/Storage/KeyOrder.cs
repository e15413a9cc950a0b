namespace DirectUpload.LocalS3.Storage;

/// <summary>
/// S3 lists keys by their UTF-8 bytes. That is the order of code points, which ordinal UTF-16 is not: a surrogate pair sorts below U+E000.
/// </summary>
internal sealed class KeyOrder : IComparer<string>
{
    public static readonly KeyOrder Utf8 = new();

    public int Compare(string? x, string? y)
    {
        var common = x.AsSpan().CommonPrefixLength(y);
        if (common == x!.Length || common == y!.Length)
            return x.Length - y!.Length;
        return Weight(x[common]) - Weight(y[common]);
    }

    private static int Weight(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
}
