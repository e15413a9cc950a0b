namespace DirectUpload.Client.Reading;

/// <summary>A stretch of a source that can seek; nothing of it is kept.</summary>
internal sealed class SourcePiece(SourceBytes source, int number, long offset, long length, FollowingHash? hash) : Piece(number, length)
{
    public override async ValueTask ReadExactlyAsync(long at, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        await source.ReadExactlyAsync(offset + at, buffer, cancellationToken).ConfigureAwait(false);
        hash?.Reached(offset + at + buffer.Length);
    }
}
