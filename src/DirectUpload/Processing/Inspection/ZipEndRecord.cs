using System.Buffers.Binary;

namespace DirectUpload.Processing.Inspection;

/// <summary>The position of an archive's central directory, from its end records (APPNOTE §4.3.14 to §4.3.16).</summary>
/// <param name="Offset">The index of the directory's first byte in the content.</param>
/// <param name="Length">The length of the directory, in bytes.</param>
/// <param name="Entries">The number of entries that the record announces.</param>
/// <param name="Prefix">The number of bytes before the archive, which the stored offsets do not count.</param>
internal readonly record struct ZipEndRecord(long Offset, long Length, long Entries, long Prefix)
{
    private const int RecordLength = 22;
    private const int LocatorLength = 20;
    private const int LargeRecordLength = 56;

    /// <summary>The number of last bytes that contain the end records of any archive, and the longest possible comment.</summary>
    public const int MaxLength = RecordLength + ushort.MaxValue + LocatorLength + LargeRecordLength;

    /// <summary>Finds the end records in the last bytes of an archive.</summary>
    /// <returns>False when there is no record, or the records contradict each other.</returns>
    public static bool TryFind(ReadOnlySpan<byte> end, long size, out ZipEndRecord found)
    {
        found = default;
        var at = FindRecord(end);
        if (at < 0)
            return false;
        var record = end[at..];
        var disk = BinaryPrimitives.ReadUInt16LittleEndian(record[4..]);
        var directoryDisk = BinaryPrimitives.ReadUInt16LittleEndian(record[6..]);
        var entriesHere = BinaryPrimitives.ReadUInt16LittleEndian(record[8..]);
        var entries = BinaryPrimitives.ReadUInt16LittleEndian(record[10..]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(record[12..]);
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
        // A split archive is not a document.
        if (entriesHere != entries || disk != directoryDisk || disk is not (0 or ushort.MaxValue))
            return false;

        var position = size - end.Length + at;
        if (!HasLocator(end[..at]))
            return disk == 0 && TryCreate(entries, length, offset, position, out found);
        // Some readers prefer the ZIP64 record, others use it only for fields that are full. The other fields must therefore agree.
        return TryReadLargeRecord(end, at, size, out found)
            && (entries == ushort.MaxValue || entries == found.Entries)
            && (length == uint.MaxValue || length == found.Length)
            && (offset == uint.MaxValue || offset == found.Offset - found.Prefix);
    }

    private static bool HasLocator(ReadOnlySpan<byte> before) =>
        before.Length >= LocatorLength && before[^LocatorLength..].StartsWith("PK\x6\x7"u8);

    private static bool TryReadLargeRecord(ReadOnlySpan<byte> end, int at, long size, out ZipEndRecord found)
    {
        found = default;
        var locator = end[(at - LocatorLength)..at];
        var start = at - LocatorLength - LargeRecordLength;
        // The record has a fixed length unless the archive's directory is encrypted.
        if (start < 0 || !end[start..].StartsWith("PK\x6\x6"u8))
            return false;
        var record = end.Slice(start, LargeRecordLength);
        var position = size - end.Length + start;
        var entries = BinaryPrimitives.ReadUInt64LittleEndian(record[32..]);
        return BinaryPrimitives.ReadUInt64LittleEndian(record[4..]) == LargeRecordLength - 12
            && BinaryPrimitives.ReadUInt64LittleEndian(record[16..]) == 0
            && BinaryPrimitives.ReadUInt64LittleEndian(record[24..]) == entries
            && TryCreate(
                entries,
                BinaryPrimitives.ReadUInt64LittleEndian(record[40..]),
                BinaryPrimitives.ReadUInt64LittleEndian(record[48..]),
                position,
                out found)
            && BinaryPrimitives.ReadUInt64LittleEndian(locator[8..]) == (ulong)(position - found.Prefix);
    }

    // The directory ends where the end records begin. Stored offsets that are too low mean that data precedes the archive.
    private static bool TryCreate(ulong entries, ulong length, ulong offset, long position, out ZipEndRecord found)
    {
        found = default;
        if (length > (ulong)position || offset > (ulong)position - length || entries > long.MaxValue)
            return false;
        var start = position - (long)length;
        found = new ZipEndRecord(start, (long)length, (long)entries, start - (long)offset);
        return true;
    }

    // Finds the last record whose comment ends with the file. A comment can contain another record; readers use the last one.
    private static int FindRecord(ReadOnlySpan<byte> end)
    {
        for (var at = end.LastIndexOf("PK\x5\x6"u8); at >= 0; at = end[..at].LastIndexOf("PK\x5\x6"u8))
        {
            if (end.Length - at >= RecordLength
                && BinaryPrimitives.ReadUInt16LittleEndian(end[(at + 20)..]) == end.Length - at - RecordLength)
            {
                return at;
            }
        }

        return -1;
    }
}
