using System.Buffers.Binary;

namespace DirectUpload.Processing.Inspection;

/// <summary>An entry of a compound file's directory (MS-CFB §2.6.1).</summary>
internal readonly ref struct CompoundEntry(ReadOnlySpan<byte> bytes)
{
    public const int Length = 128;

    /// <summary>The number of no entry (NOSTREAM).</summary>
    public const uint None = 0xFFFFFFFF;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public bool IsRoot => _bytes[66] == 5 && HasName("Root Entry");

    public bool IsStream => _bytes[66] == 2;

    public uint Left => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[68..]);

    public uint Right => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[72..]);

    public uint Child => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[76..]);

    /// <summary>The class id of installer packages, patches and transforms, {000C108x-0000-0000-C000-000000000046}.</summary>
    public bool IsInstaller =>
        _bytes[80] is 0x82 or 0x84 or 0x86
        && _bytes[81..96].SequenceEqual((ReadOnlySpan<byte>)[0x10, 0x0C, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46]);

    /// <summary>Returns whether the entry has a name. Names are compared without case (§2.6.4).</summary>
    public bool HasName(string name)
    {
        // Names are UTF-16 with a terminating zero. The length counts bytes and includes the terminating zero.
        if (BinaryPrimitives.ReadUInt16LittleEndian(_bytes[64..]) != (name.Length + 1) * 2)
            return false;
        for (var i = 0; i < name.Length; i++)
        {
            var c = (char)BinaryPrimitives.ReadUInt16LittleEndian(_bytes[(i * 2)..]);
            if (char.ToUpperInvariant(c) != char.ToUpperInvariant(name[i]))
                return false;
        }

        return true;
    }

    /// <summary>Detects the kind of document that has this stream.</summary>
    public FileFormat? DetectDocument() =>
        !IsStream ? null
        : HasName("WordDocument") ? FileFormats.Doc
        : HasName("Workbook") || HasName("Book") ? FileFormats.Xls
        : HasName("PowerPoint Document") ? FileFormats.Ppt
        : HasName("EncryptedPackage") ? FileFormats.Encrypted
        : HasName("__properties_version1.0") ? FileFormats.Outlook
        : HasName("VisioDocument") ? FileFormats.Visio
        : null;
}
