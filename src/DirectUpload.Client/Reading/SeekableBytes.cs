namespace DirectUpload.Client.Reading;

/// <summary>A stream that can seek, from where it stood: one read at a time, wherever it is asked for.</summary>
internal sealed class SeekableBytes(Stream stream) : SourceBytes
{
    private readonly SemaphoreSlim _one = new(1);
    private readonly long _start = stream.Position;

    public override long Length { get; } = Math.Max(0, stream.Length - stream.Position);

    public override async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            stream.Position = _start + offset;
            return await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    public override bool HaveChanged() => stream.Length - _start != Length;

    public override ValueTask DisposeAsync()
    {
        // For whoever uploads it once more, from a retry of their own.
        stream.Position = _start;
        _one.Dispose();
        return ValueTask.CompletedTask;
    }
}
