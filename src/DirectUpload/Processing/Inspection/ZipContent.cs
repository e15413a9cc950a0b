namespace DirectUpload.Processing.Inspection;

/// <summary>Detects formats that are ZIP archives (PKWARE APPNOTE), by the names of their entries.</summary>
/// <remarks>
/// Only the central directory is trusted, because readers use only it: the entries at the beginning of a file may differ from it.
/// </remarks>
internal static class ZipContent
{
    /// <summary>The longest directory that is read, in bytes: enough for about 50,000 entries.</summary>
    public const int MaxDirectoryLength = 4 * 1024 * 1024;

    /// <summary>
    /// Returns whether the bytes begin with an entry, an empty archive, or the first part of a split archive (APPNOTE §4.3.7, §4.3.16,
    /// §8.5.4).
    /// </summary>
    public static bool IsMatch(ReadOnlySpan<byte> head) =>
        head.StartsWith("PK\x3\x4"u8) || head.StartsWith("PK\x5\x6"u8) || head.StartsWith("PK\x7\x8"u8);

    public static FileFormat Detect(ref ContentSample content)
    {
        // Some readers use the stored offsets, others count back from the end. If the two differ, readers would see different entries.
        if (!TryFindEndRecord(ref content, out var end) || end.Prefix != 0)
            return FileFormats.UnreadableZip;
        if (end.Length > MaxDirectoryLength || !content.TryRead(end.Offset, (int)end.Length, out var bytes))
            return FileFormats.LongZip;

        var evidence = default(ZipEvidence);
        var directory = new ZipDirectory(bytes, end.Entries);
        while (directory.TryRead(out var entry))
            evidence.Add(entry);
        return directory.IsExhausted ? evidence.GetFormat(ref content) : FileFormats.UnreadableZip;
    }

    public static bool TryFindEndRecord(ref ContentSample content, out ZipEndRecord end)
    {
        end = default;
        var length = (int)Math.Min(content.Size, ZipEndRecord.MaxLength);
        return content.TryRead(content.Size - length, length, out var bytes) && ZipEndRecord.TryFind(bytes, content.Size, out end);
    }
}
