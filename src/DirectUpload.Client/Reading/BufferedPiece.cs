namespace DirectUpload.Client.Reading;

/// <summary>A part that was read from a stream that can't seek, and is kept until it has arrived. Not pooled: a request that was given up may still be looking at it.</summary>
internal sealed class BufferedPiece(int number, byte[] bytes) : Piece(number, bytes.Length)
{
    public override ValueTask ReadExactlyAsync(long at, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        bytes.AsSpan((int)at, buffer.Length).CopyTo(buffer.Span);
        return ValueTask.CompletedTask;
    }
}
