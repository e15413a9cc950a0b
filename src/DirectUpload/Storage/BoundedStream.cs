namespace DirectUpload.Storage;

/// <summary>Reads an object from storage: each read has the limit of a call, and what fails leaves as the exceptions of <see cref="StorageCalls"/>.</summary>
internal sealed class BoundedStream(Stream inner, StorageCalls calls, StorageCall call) : Stream
{
    private bool _abandoned;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_abandoned, this);
        try
        {
            return await calls.RunAsync(
                call, async (token, _) => await inner.ReadAsync(buffer, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // A read that ignores cancellation must not go on to write into a buffer that is no longer its own.
            _abandoned = true;
            await inner.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // The connection's own synchronous read knows no limit.
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
