namespace DirectUpload.Tests.Fixtures;

/// <summary>A stream that can't seek, returns few bytes at a time, can fail at a position, and knows what was done to it.</summary>
internal sealed class ForwardStream(byte[] bytes, int failAt = int.MaxValue, Exception? failure = null, int chunk = 7919) : Stream
{
    /// <summary>The number of bytes that were read.</summary>
    public int BytesRead { get; private set; }

    public bool IsDisposed { get; private set; }

    /// <summary>Runs before each read.</summary>
    public Func<CancellationToken, Task> BeforeRead { get; init; } = _ => Task.CompletedTask;

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
        await BeforeRead(cancellationToken);
        if (BytesRead >= failAt)
            throw failure!;
        var count = Math.Min(Math.Min(chunk, buffer.Length), Math.Min(bytes.Length, failAt) - BytesRead);
        bytes.AsMemory(BytesRead, count).CopyTo(buffer);
        BytesRead += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new InvalidOperationException("Kestrel forbids it");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
