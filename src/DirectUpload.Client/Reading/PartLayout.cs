namespace DirectUpload.Client.Reading;

/// <summary>Describes how a source is divided into parts of equal size, except for the last; an upload without parts has one.</summary>
/// <param name="Total">The source's size in bytes.</param>
/// <param name="PartSize">The size of a part in bytes; 0 for an upload without parts.</param>
internal readonly record struct PartLayout(long Total, long PartSize)
{
    // An empty file is one part of no bytes.
    public int Count => PartSize == 0 || Total == 0 ? 1 : (int)((Total + PartSize - 1) / PartSize);

    public long GetOffset(int number) => (number - 1) * PartSize;

    public long GetSize(int number) => PartSize == 0 ? Total : Math.Min(PartSize, Total - GetOffset(number));
}
