namespace DirectUpload.Client.Reading;

/// <summary>Holds a part of a stream that can't seek, until the part has arrived.</summary>
/// <remarks>The buffer is not pooled: an abandoned request may still read it.</remarks>
internal sealed class BufferedPartReader(int number, byte[] bytes) : PartReader(number, bytes.Length)
{
    public override ValueTask ReadExactlyAsync(long at, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        bytes.AsSpan((int)at, buffer.Length).CopyTo(buffer.Span);
        return ValueTask.CompletedTask;
    }
}
