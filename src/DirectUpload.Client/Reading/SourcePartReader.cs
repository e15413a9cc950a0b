namespace DirectUpload.Client.Reading;

/// <summary>Reads a range of a source that can seek, without a buffer.</summary>
internal sealed class SourcePartReader(
    SourceReader source, int number, long offset, long length, IncrementalFileHash? hash) : PartReader(number, length)
{
    public override async ValueTask ReadExactlyAsync(long at, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        await source.ReadExactlyAsync(offset + at, buffer, cancellationToken).ConfigureAwait(false);
        hash?.Advance(offset + at + buffer.Length);
    }
}
