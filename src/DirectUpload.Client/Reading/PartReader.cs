namespace DirectUpload.Client.Reading;

/// <summary>Reads the content of one request, a part or the whole source, any number of times.</summary>
/// <param name="number">The part's number, from 1.</param>
/// <param name="length">The length in bytes.</param>
internal abstract class PartReader(int number, long length)
{
    public int Number => number;

    public long Length => length;

    /// <summary>Fills the buffer, starting at an offset from the part's beginning.</summary>
    public abstract ValueTask ReadExactlyAsync(long at, Memory<byte> buffer, CancellationToken cancellationToken);
}
