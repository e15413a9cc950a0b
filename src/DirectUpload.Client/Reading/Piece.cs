namespace DirectUpload.Client.Reading;

/// <summary>What one request carries: a part, or the whole. May be read any number of times.</summary>
/// <param name="number">The part's number, from 1.</param>
/// <param name="length">In bytes.</param>
internal abstract class Piece(int number, long length)
{
    public int Number => number;

    public long Length => length;

    /// <summary>Fills the buffer, from so many bytes after the piece's beginning.</summary>
    public abstract ValueTask ReadExactlyAsync(long at, Memory<byte> buffer, CancellationToken cancellationToken);
}
