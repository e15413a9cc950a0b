namespace DirectUpload.Client.Reading;

/// <summary>A stream that can't seek, whose length is known.</summary>
internal sealed class SequentialBytes(Stream stream, long length) : SourceBytes
{
    private long _position;

    public override long Length => length;

    public override bool CanSeek => false;

    public override async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (offset != _position)
            throw new InvalidOperationException($"The stream can't seek: it is at {_position}, not at {offset}.");
        var read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _position += read;
        return read;
    }

    // The stream is its owner's.
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>What is left of it, in a temporary file.</summary>
    public async ValueTask<SourceBytes> SpoolAsync(CancellationToken cancellationToken)
    {
        var spooled = await SpooledBytes.CopyAsync(stream, cancellationToken).ConfigureAwait(false);
        if (spooled.Length == length)
            return spooled;
        await spooled.DisposeAsync().ConfigureAwait(false);
        throw Changed($"The stream has {spooled.Length} bytes; {length} were promised.");
    }
}
