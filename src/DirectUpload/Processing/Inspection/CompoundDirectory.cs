using System.Buffers.Binary;

namespace DirectUpload.Processing.Inspection;

/// <summary>Reads the directory of a compound file where the file's header and allocation table locate it (MS-CFB §2.2 to §2.6).</summary>
internal static class CompoundDirectory
{
    private const int HeaderLength = 512;
    private const int HeaderTables = 109;
    private const uint EndOfChain = 0xFFFFFFFE;
    private const int MaxSectors = 512;
    private const int MaxEntries = 1024;

    // Sectors of the directory and of the table are often near each other.
    private const int Block = 64 * 1024;

    /// <summary>Detects the kind of document from the streams of the root storage.</summary>
    /// <remarks>Streams of other storages belong to embedded documents, and do not count.</remarks>
    /// <returns>The format; null when the directory could not be read, or the file is damaged.</returns>
    public static FileFormat? Detect(ref ContentSample content)
    {
        if (content.Head.Length < HeaderLength)
            return null;
        var shift = BinaryPrimitives.ReadUInt16LittleEndian(content.Head[30..]);
        if (shift is not (9 or 12))
            return null;
        Span<uint> sectors = stackalloc uint[MaxSectors];
        var count = ReadChain(ref content, shift, sectors);
        return count == 0 ? null : DetectRoot(ref content, shift, sectors[..count]);
    }

    private static FileFormat? DetectRoot(ref ContentSample content, int shift, scoped ReadOnlySpan<uint> sectors)
    {
        if (!TryReadEntry(ref content, shift, sectors, 0, out var root) || !root.IsRoot)
            return null;
        if (root.IsInstaller)
            return FileFormats.Installer;

        // The entries of a storage are a binary tree. A damaged tree can have cycles, so the number of steps is limited.
        Span<uint> pending = stackalloc uint[MaxEntries];
        var depth = 0;
        pending[depth++] = root.Child;
        FileFormat? found = null;
        for (var steps = 0; depth > 0; steps++)
        {
            var id = pending[--depth];
            if (id == CompoundEntry.None)
                continue;
            if (steps >= 2 * MaxEntries || depth + 2 > MaxEntries || !TryReadEntry(ref content, shift, sectors, id, out var entry))
                return null;
            if (entry.DetectDocument() is { } format)
            {
                if (found is not null && found != format)
                    return FileFormats.SeveralDocuments;
                found = format;
            }

            pending[depth++] = entry.Left;
            pending[depth++] = entry.Right;
        }

        return found ?? FileFormats.OtherCompound;
    }

    private static bool TryReadEntry(
        ref ContentSample content, int shift, scoped ReadOnlySpan<uint> sectors, uint id, out CompoundEntry entry)
    {
        entry = default;
        var perSector = (1u << shift) / CompoundEntry.Length;
        if (id / perSector >= sectors.Length)
            return false;
        var offset = GetOffset(sectors[(int)(id / perSector)], shift) + (id % perSector * CompoundEntry.Length);
        if (!content.TryRead(offset, CompoundEntry.Length, out var bytes, Block))
            return false;
        entry = new CompoundEntry(bytes);
        return true;
    }

    // Returns the number of sectors; 0 when the chain is broken, too long, or not read completely.
    private static int ReadChain(ref ContentSample content, int shift, scoped Span<uint> sectors)
    {
        var sector = BinaryPrimitives.ReadUInt32LittleEndian(content.Head[48..]);
        for (var count = 0; ; count++)
        {
            if (sector == EndOfChain)
                return count;
            if (count == sectors.Length || sectors[..count].Contains(sector))
                return 0;
            sectors[count] = sector;
            if (!TryReadNext(ref content, shift, sector, out sector))
                return 0;
        }
    }

    // The header lists the first 109 sectors of the allocation table; files above 6.8 MB continue the list elsewhere (§2.5).
    private static bool TryReadNext(ref ContentSample content, int shift, uint sector, out uint next)
    {
        next = 0;
        var perTable = 1u << (shift - 2);
        if (!TryFindTable(ref content, shift, sector / perTable, out var table)
            || !content.TryRead(GetOffset(table, shift) + (sector % perTable * 4), 4, out var bytes, Block))
        {
            return false;
        }

        next = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        return true;
    }

    private static bool TryFindTable(ref ContentSample content, int shift, uint index, out uint table)
    {
        table = 0;
        if (index < HeaderTables)
        {
            table = BinaryPrimitives.ReadUInt32LittleEndian(content.Head[(76 + ((int)index * 4))..]);
            return true;
        }

        // Each sector of the list ends with the number of the next one.
        var perSector = (1u << (shift - 2)) - 1;
        var list = BinaryPrimitives.ReadUInt32LittleEndian(content.Head[68..]);
        var left = index - HeaderTables;
        for (var steps = 0; left >= perSector; left -= perSector)
        {
            if (++steps > MaxSectors || !content.TryRead(GetOffset(list, shift) + (perSector * 4), 4, out var link, Block))
                return false;
            list = BinaryPrimitives.ReadUInt32LittleEndian(link);
        }

        if (!content.TryRead(GetOffset(list, shift) + (left * 4), 4, out var bytes, Block))
            return false;
        table = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        return true;
    }

    private static long GetOffset(uint sector, int shift) => ((long)sector + 1) << shift;
}
