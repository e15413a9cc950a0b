using System.Buffers.Binary;

namespace DirectUpload.Confirmation;

/// <summary>How much of an archive's central directory lies in the bytes at hand.</summary>
internal enum ZipListing
{
    /// <summary>No end record, a contradictory one, or ZIP64: nothing to rely on.</summary>
    Unreadable,

    /// <summary>It begins before the bytes at hand.</summary>
    TooLong,

    /// <summary>All of it.</summary>
    Complete,
}

/// <summary>An archive's central directory, read entry by entry (APPNOTE §4.3.12 and §4.3.16).</summary>
internal ref struct ZipDirectory
{
    private const int EndRecordLength = 22;
    private const int EntryLength = 46;

    private ReadOnlySpan<byte> _rest;
    private int _entriesLeft;

    /// <summary>Whether exactly the announced entries were read, to the last byte.</summary>
    public readonly bool IsExhausted => _entriesLeft == 0 && _rest.IsEmpty;

    /// <param name="end">The last bytes of the archive.</param>
    /// <param name="size">The archive's whole size.</param>
    /// <param name="directory">The directory, when the listing is complete.</param>
    public static ZipListing Locate(ReadOnlySpan<byte> end, long size, out ZipDirectory directory)
    {
        directory = default;
        var record = FindEndRecord(end);
        if (record < 0)
            return ZipListing.Unreadable;
        var entries = BinaryPrimitives.ReadUInt16LittleEndian(end[(record + 10)..]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(end[(record + 12)..]);
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(end[(record + 16)..]);
        // Some readers trust the offset, others count back from the record: where the two disagree, so would the readers.
        if (offset + (long)length != size - end.Length + record)
            return ZipListing.Unreadable;
        if (length > record)
            return ZipListing.TooLong;
        directory = new ZipDirectory { _rest = end[(record - (int)length)..record], _entriesLeft = entries };
        return ZipListing.Complete;
    }

    public bool TryReadName(out ReadOnlySpan<byte> name)
    {
        name = default;
        if (_entriesLeft == 0 || _rest.Length < EntryLength || !_rest.StartsWith("PK\x1\x2"u8))
            return false;
        var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(_rest[28..]);
        var length = EntryLength + nameLength
            + BinaryPrimitives.ReadUInt16LittleEndian(_rest[30..])
            + BinaryPrimitives.ReadUInt16LittleEndian(_rest[32..]);
        if (length > _rest.Length)
            return false;
        name = _rest.Slice(EntryLength, nameLength);
        _rest = _rest[length..];
        _entriesLeft--;
        return true;
    }

    // The last record whose comment ends with the file. A comment can contain a second, earlier-looking record; readers take the last.
    private static int FindEndRecord(ReadOnlySpan<byte> end)
    {
        for (var at = end.LastIndexOf("PK\x5\x6"u8); at >= 0; at = end[..at].LastIndexOf("PK\x5\x6"u8))
        {
            if (end.Length - at >= EndRecordLength
                && BinaryPrimitives.ReadUInt16LittleEndian(end[(at + 20)..]) == end.Length - at - EndRecordLength)
            {
                return at;
            }
        }

        return -1;
    }
}
