using System.Buffers;
using System.Text;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Bodies;

/// <summary>Reads lines and bytes alternately from one stream with one pooled buffer.</summary>
internal sealed class ChunkLineReader(Stream raw) : IDisposable
{
    private const int BufferSize = 64 * 1024;
    private const int MaxLineLength = 4096;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private int _start;
    private int _end;

    public async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (_start == _end && !await FillAsync(cancellationToken))
            return 0;
        var count = Math.Min(destination.Length, _end - _start);
        _buffer.AsSpan(_start, count).CopyTo(destination.Span);
        _start += count;
        return count;
    }

    /// <summary>Reads a line without its line end; returns null if the stream ended before the line.</summary>
    public async ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (_start == _end && !await FillAsync(cancellationToken))
                return line.Length == 0 ? null : throw S3Errors.IncompleteBody();
            var available = _buffer.AsSpan(_start, _end - _start);
            var newline = available.IndexOf((byte)'\n');
            var part = newline < 0 ? available : available[..newline];
            line.Append(Encoding.Latin1.GetString(part));
            if (line.Length > MaxLineLength)
                throw S3Errors.IncompleteBody();
            _start += part.Length + (newline < 0 ? 0 : 1);
            if (newline >= 0)
                return line.Length > 0 && line[^1] == '\r' ? line.ToString(0, line.Length - 1) : line.ToString();
        }
    }

    /// <summary>Reads and drops the rest of the stream.</summary>
    public async ValueTask SkipToEndAsync(CancellationToken cancellationToken)
    {
        while (await FillAsync(cancellationToken))
        {
        }
        _end = 0;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _start = _end = 0;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        _start = 0;
        _end = await raw.ReadAsync(_buffer, cancellationToken);
        return _end > 0;
    }
}
