using DirectUpload.Storage;

namespace DirectUpload.Content;

/// <summary>Reads the object with a given ETag as a seekable stream, in ranges from the current position.</summary>
internal sealed class ObjectStream(IUploadBucket bucket, string key, string eTag, long length) : Stream
{
    /// <summary>The most bytes of one request: few requests for a full read, little waste for a partial one.</summary>
    private const long RangeSize = 8 * 1024 * 1024;

    private Stream? _range;
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
            _range?.Dispose();
            _range = null;
        }

        return _position = target;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_position < length && buffer.Length > 0)
        {
            _range ??= await bucket.OpenReadAsync(
                key, eTag, _position, Math.Min(RangeSize, length - _position), cancellationToken).ConfigureAwait(false)
                ?? throw new IOException("The object was replaced or deleted after it had been verified.");
            var read = await _range.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (read > 0)
            {
                _position += read;
                return read;
            }

            await _range.DisposeAsync().ConfigureAwait(false);
            _range = null;
        }

        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("The stream does not support synchronous reads; call ReadAsync.");

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _range?.Dispose();
        base.Dispose(disposing);
    }
}
