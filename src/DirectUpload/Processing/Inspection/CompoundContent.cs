namespace DirectUpload.Processing.Inspection;

/// <summary>Detects OLE compound files (MS-CFB): legacy Office documents, encrypted Office documents and Windows installers.</summary>
/// <remarks>
/// The directory of a compound file may be anywhere in it. When it cannot be read where the header locates it, the first and the last bytes
/// are scanned: every aligned block of 128 bytes is a possible directory entry, because sectors have 512 or 4,096 bytes (§2.6.1).
/// </remarks>
internal static class CompoundContent
{
    private const int TailLength = 64 * 1024;

    public static bool IsMatch(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);

    /// <summary>Detects the kind of document from the directory entries.</summary>
    /// <returns>
    /// The format; <see cref="FileFormats.Compound"/> when the file is damaged and no entry identifies a document, or entries identify
    /// several.
    /// </returns>
    public static FileFormat Detect(ref ContentSample content) => CompoundDirectory.Detect(ref content) ?? ScanEnds(ref content);

    private static FileFormat ScanEnds(ref ContentSample content)
    {
        FileFormat? found = null;
        var agree = Scan(content.Head, ref found);
        if (content.Size > content.Head.Length)
        {
            // Where head and tail overlap, the same entries are scanned twice and identify the same format.
            var start = Math.Max(0, content.Size - TailLength + CompoundEntry.Length - 1) / CompoundEntry.Length * CompoundEntry.Length;
            if (content.TryReadUpTo(start, TailLength, out var tail))
                agree &= Scan(tail, ref found);
        }

        return found == FileFormats.Installer || agree ? found ?? FileFormats.Compound : FileFormats.Compound;
    }

    private static bool Scan(ReadOnlySpan<byte> bytes, ref FileFormat? found)
    {
        var agree = true;
        for (; bytes.Length >= CompoundEntry.Length; bytes = bytes[CompoundEntry.Length..])
        {
            var entry = new CompoundEntry(bytes[..CompoundEntry.Length]);
            var format = entry.IsRoot && entry.IsInstaller ? FileFormats.Installer : entry.DetectDocument();
            if (format is null || found == FileFormats.Installer)
                continue;
            agree &= found is null || found == format;
            found = format;
        }

        return agree;
    }
}
