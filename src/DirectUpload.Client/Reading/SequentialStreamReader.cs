namespace DirectUpload.Client.Reading;

/// <summary>Reads a stream that can't seek and whose length is known.</summary>
internal sealed class SequentialStreamReader(Stream stream, long length) : SourceReader
{
    private long _position;

    public override long Length => length;

    public override bool CanSeek => false;

    public override async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (offset != _position)
            throw new InvalidOperationException($"The stream can't seek from {_position} to {offset}.");
        var read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _position += read;
        return read;
    }

    // The caller owns the stream.
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Copies the rest of the stream to a temporary file.</summary>
    public async ValueTask<SourceReader> SpoolAsync(CancellationToken cancellationToken)
    {
        var spooled = await TemporaryFile.CopyAsync(stream, cancellationToken).ConfigureAwait(false);
        if (spooled.Length == length)
            return spooled;
        await spooled.DisposeAsync().ConfigureAwait(false);
        throw SourceChanged($"The stream has {spooled.Length} bytes; {length} were declared.");
    }
}
