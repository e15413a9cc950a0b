namespace DirectUpload.Client.Reading;

/// <summary>How a source is cut into parts: all but the last have the same size. One piece is one part.</summary>
/// <param name="Total">The source's bytes.</param>
/// <param name="PartSize">The parts' bytes; 0 for one piece.</param>
internal readonly record struct Cut(long Total, long PartSize)
{
    // An empty file is one piece, of no bytes.
    public int Count => PartSize == 0 || Total == 0 ? 1 : (int)((Total + PartSize - 1) / PartSize);

    public long OffsetOf(int number) => (number - 1) * PartSize;

    public long SizeOf(int number) => PartSize == 0 ? Total : Math.Min(PartSize, Total - OffsetOf(number));
}
