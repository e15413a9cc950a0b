namespace DirectUpload.Storage;

/// <summary>One exact object as a stream that can seek: reads piece by piece, from where it stands, and never the whole object because of a few bytes.</summary>
internal sealed class ObjectStream(IUploadBucket bucket, string key, string eTag, long length) : Stream
{
    /// <summary>What one request asks for at most: few requests for those who read on, little waste for those who don't.</summary>
    private const long Piece = 8 * 1024 * 1024;

    private Stream? _piece;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        var target = offset + origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => _position, _ => length };
        ArgumentOutOfRangeException.ThrowIfNegative(target, nameof(offset));
        if (target != _position)
        {
            _piece?.Dispose();
            _piece = null;
        }

        return _position = target;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_position < length && buffer.Length > 0)
        {
            _piece ??= await bucket.OpenReadAsync(key, eTag, _position, Math.Min(Piece, length - _position), cancellationToken).ConfigureAwait(false)
                ?? throw new IOException("The object is no longer the one that was verified.");
            var read = await _piece.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (read > 0)
            {
                _position += read;
                return read;
            }

            await _piece.DisposeAsync().ConfigureAwait(false);
            _piece = null;
        }

        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read it asynchronously.");

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _piece?.Dispose();
        base.Dispose(disposing);
    }
}
