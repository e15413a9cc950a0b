using System.Security.Cryptography;

namespace DirectUpload.Client.Reading;

/// <summary>Pieces of a stream that can't seek: read once, in order, hashed on the way, each kept until it has arrived. What storage has already is read over.</summary>
internal sealed class SequentialPieces(SourceBytes source, Cut cut, IReadOnlyList<int> missing) : IPieces
{
    private readonly HashSet<int> _missing = [.. missing];
    private readonly SemaphoreSlim _one = new(1);
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _read;

    public async ValueTask<Piece?> TakeAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (_read < cut.Count)
            {
                var piece = await ReadNextAsync(cancellationToken).ConfigureAwait(false);
                if (_missing.Contains(piece.Number))
                    return piece;
            }

            return null;
        }
        finally
        {
            _one.Release();
        }
    }

    public Task<string> ChecksumAsync(CancellationToken cancellationToken) => Task.FromResult(Convert.ToBase64String(_sha256.GetCurrentHash()));

    public ValueTask DisposeAsync()
    {
        _sha256.Dispose();
        _one.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<BufferedPiece> ReadNextAsync(CancellationToken cancellationToken)
    {
        var number = _read + 1;
        var bytes = GC.AllocateUninitializedArray<byte>((int)cut.SizeOf(number));
        await source.ReadExactlyAsync(cut.OffsetOf(number), bytes, cancellationToken).ConfigureAwait(false);
        _sha256.AppendData(bytes);
        _read = number;
        return new BufferedPiece(number, bytes);
    }
}
