using System.Buffers;

namespace DirectUpload.AspNetCore.Bodies;

/// <summary>A body's bytes in a pooled buffer that grows with what arrives: a connection that sends nothing holds 4 KiB, whatever length it announces.</summary>
internal sealed class ReceivedBody(BodyBudget budget) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BodyBudget.Free);
    private long _taken;

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, Length);

    /// <summary>Adds what has arrived; false when the budget does not allow more.</summary>
    public bool TryAppend(in ReadOnlySequence<byte> arrived)
    {
        var needed = checked(Length + (int)arrived.Length);
        if (needed > _buffer.Length && !TryGrow(needed))
            return false;
        arrived.CopyTo(_buffer.AsSpan(Length));
        Length = needed;
        return true;
    }

    public void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
        budget.Return(Interlocked.Exchange(ref _taken, 0));
    }

    private bool TryGrow(int needed)
    {
        var size = (long)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)needed);
        if (!budget.TryTake(size))
            return false;
        var larger = ArrayPool<byte>.Shared.Rent((int)size);
        Bytes.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        budget.Return(_taken);
        (_buffer, _taken) = (larger, size);
        return true;
    }
}
