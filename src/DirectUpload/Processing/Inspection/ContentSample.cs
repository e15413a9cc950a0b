namespace DirectUpload.Processing.Inspection;

/// <summary>The parts of an object's content that were read so far.</summary>
/// <remarks>
/// Detectors only compute. A detector that needs bytes that were not read gets none and continues without them; the sample records the
/// first such range, so that the caller can read it and detect again.
/// </remarks>
internal ref struct ContentSample(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, ReadOnlySpan<ContentRange> ranges, long size)
{
    private readonly ReadOnlySpan<byte> _tail = tail;
    private readonly ReadOnlySpan<ContentRange> _ranges = ranges;

    /// <summary>The first bytes of the content.</summary>
    public ReadOnlySpan<byte> Head { get; } = head;

    /// <summary>The size of the whole content, in bytes.</summary>
    public long Size { get; } = size;

    /// <summary>
    /// Whether content that no format matches is assumed to end with a ZIP archive; null to look at its end.
    /// </summary>
    public bool? EndsWithArchive { get; init; }

    /// <summary>The first range that a detector needed and that was not read; its length is zero when nothing is missing.</summary>
    public (long Offset, int Length) Missing { get; private set; }

    /// <summary>Gets a range of the content.</summary>
    /// <param name="offset">The index of the first byte.</param>
    /// <param name="length">The number of bytes.</param>
    /// <param name="bytes">The bytes of the range.</param>
    /// <param name="block">The aligned block to read when the range is missing, for structures that have several ranges nearby.</param>
    /// <returns>False when the range is not inside the content, or was not read yet.</returns>
    public bool TryRead(long offset, int length, out ReadOnlySpan<byte> bytes, int block = 1)
    {
        bytes = default;
        if (offset < 0 || length < 0 || offset > Size - length)
            return false;
        if (TrySlice(Head, 0, offset, length, ref bytes) || TrySlice(_tail, Size - _tail.Length, offset, length, ref bytes))
            return true;
        foreach (var range in _ranges)
        {
            if (TrySlice(range.Bytes, range.Offset, offset, length, ref bytes))
                return true;
        }

        if (Missing.Length == 0)
        {
            var start = offset - (offset % block);
            Missing = (start, (int)Math.Min(Math.Max(block, offset + length - start), Size - start));
        }

        return false;
    }

    /// <summary>Gets the bytes from an offset on: as many as the length, or fewer at the end of the content.</summary>
    public bool TryReadUpTo(long offset, int length, out ReadOnlySpan<byte> bytes) =>
        TryRead(offset, (int)Math.Clamp(Size - offset, 0, length), out bytes);

    private static bool TrySlice(ReadOnlySpan<byte> piece, long start, long offset, int length, ref ReadOnlySpan<byte> bytes)
    {
        if (offset < start || offset + length > start + piece.Length)
            return false;
        bytes = piece.Slice((int)(offset - start), length);
        return true;
    }
}
