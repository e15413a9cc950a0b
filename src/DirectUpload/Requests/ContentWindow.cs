namespace DirectUpload.Requests;

/// <summary>
/// Reads a given number of bytes of the application's stream, from its present position on, and can return to that position.
/// </summary>
/// <remarks>
/// It does not dispose the stream. It keeps the exception of a failed read, because the S3 client reports it as a failed connection.
/// </remarks>
internal sealed class ContentWindow(Stream content, long size) : Stream
{
    private readonly long _start = content.CanSeek ? content.Position : 0;
    private long _position;

    /// <summary>Gets the exception of the last read; null if it succeeded.</summary>
    public Exception? Failure { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => size;

    public override long Position
    {
        get => _position;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            Failure = null;
            var wanted = buffer[..(int)Math.Min(buffer.Length, size - _position)];
            var read = wanted.IsEmpty ? 0 : await content.ReadAsync(wanted, cancellationToken).ConfigureAwait(false);
            _position += read;
            return read > 0 || wanted.IsEmpty
                ? read
                : throw new EndOfStreamException($"The stream ended after {_position} bytes, but its length is {size} bytes.");
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Failure = failure;
            throw;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override long Seek(long offset, SeekOrigin origin)
    {
        var target = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => size + offset,
        };
        ArgumentOutOfRangeException.ThrowIfNegative(target, nameof(offset));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(target, size, nameof(offset));
        if (target != _position)
            content.Position = _start + target;
        return _position = target;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
