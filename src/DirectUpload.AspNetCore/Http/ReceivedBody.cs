using System.Buffers;

namespace DirectUpload.AspNetCore.Http;

/// <summary>
/// The bytes of a body in pooled buffers that grow with the received bytes. A connection that sends nothing holds 4 KiB, regardless of
/// the length that it declares.
/// </summary>
/// <remarks>
/// A body of up to 1 MiB is in one buffer. A longer one continues in buffers of that size, so that it never needs twice its length while it
/// grows: the whole budget of a small process is 8 MiB.
/// </remarks>
internal sealed class ReceivedBody(BodyMemoryBudget budget) : IDisposable
{
    /// <summary>The maximum size of a body in one buffer, in bytes.</summary>
    public const int BufferSize = 1024 * 1024;

    private List<byte[]>? _full;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BodyMemoryBudget.FreeBytes);
    private int _used;
    private long _reserved;

    public int Length => checked(((_full?.Count ?? 0) * BufferSize) + _used);

    /// <summary>Gets the bytes of a body of at most <see cref="BufferSize"/>.</summary>
    public ReadOnlyMemory<byte> Bytes => _full is null
        ? _buffer.AsMemory(0, _used)
        : throw new InvalidOperationException("The body is in several buffers; read its Sequence.");

    /// <summary>Gets the bytes of any body.</summary>
    public ReadOnlySequence<byte> Sequence
    {
        get
        {
            if (_full is null)
                return new(Bytes);
            var first = new Segment(_full[0].AsMemory(0, BufferSize));
            var last = first;
            foreach (var next in _full.Skip(1))
                last = last.Append(next.AsMemory(0, BufferSize));
            last = last.Append(_buffer.AsMemory(0, _used));
            return new(first, 0, last, _used);
        }
    }

    /// <summary>Appends received bytes; false if the budget does not allow more.</summary>
    public bool TryAppend(in ReadOnlySequence<byte> arrived)
    {
        var rest = arrived;
        while (!rest.IsEmpty)
        {
            if (_used == BufferSize && !TryStartBuffer())
                return false;
            var taken = (int)Math.Min(rest.Length, BufferSize - _used);
            if (_used + taken > _buffer.Length && !TryGrow(_used + taken))
                return false;
            rest.Slice(0, taken).CopyTo(_buffer.AsSpan(_used));
            _used += taken;
            rest = rest.Slice(taken);
        }

        return true;
    }

    public void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
        foreach (var full in Interlocked.Exchange(ref _full, null) ?? [])
            ArrayPool<byte>.Shared.Return(full);
        budget.Release(Interlocked.Exchange(ref _reserved, 0));
    }

    private bool TryStartBuffer()
    {
        if (!budget.TryReserve(BufferSize))
            return false;
        _reserved += BufferSize;
        (_full ??= []).Add(_buffer);
        (_buffer, _used) = (ArrayPool<byte>.Shared.Rent(BufferSize), 0);
        return true;
    }

    private bool TryGrow(int needed)
    {
        var size = (long)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)needed);
        if (!budget.TryReserve(size))
            return false;
        var larger = ArrayPool<byte>.Shared.Rent((int)size);
        _buffer.AsSpan(0, _used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        budget.Release(_reserved);
        (_buffer, _reserved) = (larger, size);
        return true;
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory) => Memory = memory;

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
