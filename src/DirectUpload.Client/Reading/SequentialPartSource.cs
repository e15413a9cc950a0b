namespace DirectUpload.Client.Reading;

/// <summary>Provides the parts of a stream that can't seek.</summary>
/// <remarks>
/// The stream is read once, in order, and hashed. Each part is kept until it has arrived; parts that storage has are skipped.
/// </remarks>
internal sealed class SequentialPartSource(SourceReader source, PartLayout layout, IReadOnlyList<int> missing) : IPartSource
{
    private readonly HashSet<int> _missing = [.. missing];
    private readonly SemaphoreSlim _gate = new(1);
    private readonly SourceHash _hash = new();
    private int _lastNumber;

    public async ValueTask<PartReader?> TakeNextAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (_lastNumber < layout.Count)
            {
                var piece = await ReadNextAsync(cancellationToken).ConfigureAwait(false);
                if (_missing.Contains(piece.Number))
                    return piece;
            }

            return null;
        }
        finally
        {
            _gate.Release();
        }
    }

    public Task<SourceChecksums> GetChecksumsAsync(CancellationToken cancellationToken) => Task.FromResult(_hash.GetChecksums());

    public ValueTask DisposeAsync()
    {
        _hash.Dispose();
        _gate.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<BufferedPartReader> ReadNextAsync(CancellationToken cancellationToken)
    {
        var number = _lastNumber + 1;
        var bytes = GC.AllocateUninitializedArray<byte>((int)layout.GetSize(number));
        await source.ReadExactlyAsync(layout.GetOffset(number), bytes, cancellationToken).ConfigureAwait(false);
        _hash.Append(bytes);
        _lastNumber = number;
        return new BufferedPartReader(number, bytes);
    }
}
