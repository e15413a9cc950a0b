using System.Buffers.Binary;

namespace DirectUpload.Processing.Inspection;

/// <summary>Reads an archive's central directory, entry by entry (APPNOTE §4.3.12).</summary>
internal ref struct ZipDirectory(ReadOnlySpan<byte> bytes, long entries)
{
    private const int EntryLength = 46;

    private ReadOnlySpan<byte> _remaining = bytes;
    private long _entriesLeft = entries;

    /// <summary>Whether the announced number of entries was read and no bytes remain.</summary>
    public readonly bool IsExhausted => _entriesLeft == 0 && _remaining.IsEmpty;

    public bool TryRead(out ZipEntry entry)
    {
        entry = default;
        if (_entriesLeft == 0 || _remaining.Length < EntryLength || !_remaining.StartsWith("PK\x1\x2"u8))
            return false;
        var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(_remaining[28..]);
        var length = EntryLength + nameLength
            + BinaryPrimitives.ReadUInt16LittleEndian(_remaining[30..])
            + BinaryPrimitives.ReadUInt16LittleEndian(_remaining[32..]);
        if (length > _remaining.Length)
            return false;
        entry = new ZipEntry
        {
            Name = _remaining.Slice(EntryLength, nameLength),
            Method = BinaryPrimitives.ReadUInt16LittleEndian(_remaining[10..]),
            CompressedSize = BinaryPrimitives.ReadUInt32LittleEndian(_remaining[20..]),
            LocalOffset = BinaryPrimitives.ReadUInt32LittleEndian(_remaining[42..]),
        };
        _remaining = _remaining[length..];
        _entriesLeft--;
        return true;
    }
}
