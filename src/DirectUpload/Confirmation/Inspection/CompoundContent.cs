using System.Buffers.Binary;

namespace DirectUpload.Confirmation;

/// <summary>
/// OLE compound files (MS-CFB): legacy Office, installers, and what Office encrypts. Their directory may be anywhere, so its entries
/// are looked for wherever they can lie in the bytes at hand: 128 bytes each, aligned, since sectors are 512 or 4,096 (§2.6.1).
/// </summary>
internal static class CompoundContent
{
    private const int EntryLength = 128;
    private const byte Stream = 2;
    private const byte Root = 5;

    /// <summary>The class of an installer's root, {000C1084-0000-0000-C000-000000000046}, as it is stored.</summary>
    private static ReadOnlySpan<byte> InstallerClass => [0x84, 0x10, 0x0C, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];

    public static bool Begins(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);

    /// <summary>
    /// <see cref="FileFormats.Compound"/> when no entry at hand tells, or when they tell of several documents (one embeds the other).
    /// </summary>
    public static FileFormat Detect(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, long size)
    {
        FileFormat? found = null;
        var agree = Scan(head, 0, ref found);
        if (size > head.Length)
        {
            // Where both windows overlap, the same entries are seen twice and say the same.
            agree &= Scan(tail, (int)((EntryLength - ((size - tail.Length) % EntryLength)) % EntryLength), ref found);
        }

        return found == FileFormats.Installer || agree ? found ?? FileFormats.Compound : FileFormats.Compound;
    }

    private static bool Scan(ReadOnlySpan<byte> bytes, int from, ref FileFormat? found)
    {
        var agree = true;
        for (var at = from; at >= 0 && at + EntryLength <= bytes.Length; at += EntryLength)
        {
            if (OfEntry(bytes.Slice(at, EntryLength)) is not { } format || found == FileFormats.Installer)
                continue;
            agree &= found is null || found == format;
            found = format;
        }

        return agree;
    }

    private static FileFormat? OfEntry(ReadOnlySpan<byte> entry) => entry[66] switch
    {
        Root => IsNamed(entry, "Root Entry") && entry.Slice(80, 16).SequenceEqual(InstallerClass) ? FileFormats.Installer : null,
        Stream => IsNamed(entry, "WordDocument") ? FileFormats.Doc
            : IsNamed(entry, "Workbook") || IsNamed(entry, "Book") ? FileFormats.Xls
            : IsNamed(entry, "PowerPoint Document") ? FileFormats.Ppt
            : IsNamed(entry, "EncryptedPackage") ? FileFormats.Encrypted
            : null,
        _ => null,
    };

    // UTF-16 with a terminating zero; the length counts bytes, that zero included.
    private static bool IsNamed(ReadOnlySpan<byte> entry, string name)
    {
        var length = BinaryPrimitives.ReadUInt16LittleEndian(entry[64..]);
        if (length != (name.Length + 1) * 2)
            return false;
        for (var i = 0; i < name.Length; i++)
        {
            if (BinaryPrimitives.ReadUInt16LittleEndian(entry[(i * 2)..]) != name[i])
                return false;
        }

        return true;
    }
}
