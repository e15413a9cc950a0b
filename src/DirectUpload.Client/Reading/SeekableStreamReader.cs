namespace DirectUpload.Client.Reading;

/// <summary>Reads a seekable stream, relative to its initial position, with one read at a time.</summary>
internal sealed class SeekableStreamReader(Stream stream) : SourceReader
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly long _start = stream.Position;

    public override long Length { get; } = Math.Max(0, stream.Length - stream.Position);

    public override async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            stream.Position = _start + offset;
            return await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    public override bool HasChanged() => stream.Length - _start != Length;

    public override ValueTask DisposeAsync()
    {
        // The caller may upload the stream again.
        stream.Position = _start;
        _gate.Dispose();
        return ValueTask.CompletedTask;
    }
}
