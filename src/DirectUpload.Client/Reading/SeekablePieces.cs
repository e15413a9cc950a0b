namespace DirectUpload.Client.Reading;

/// <summary>Pieces of a source that can seek.</summary>
internal sealed class SeekablePieces : IPieces
{
    private readonly SourceBytes _source;
    private readonly Cut _cut;
    private readonly IReadOnlyList<int> _missing;
    private readonly string? _promised;
    private readonly FollowingHash? _hash;
    private int _taken;

    /// <param name="source">The source.</param>
    /// <param name="cut">How it is cut.</param>
    /// <param name="missing">What storage lacks.</param>
    /// <param name="promised">The SHA-256 that storage holds the bytes to, which spares us the work; null when nobody does.</param>
    public SeekablePieces(SourceBytes source, Cut cut, IReadOnlyList<int> missing, string? promised)
    {
        (_source, _cut, _missing, _promised) = (source, cut, missing, promised);
        _hash = promised is null ? new FollowingHash(source) : null;
    }

    public ValueTask<Piece?> TakeAsync(CancellationToken cancellationToken)
    {
        var at = Interlocked.Increment(ref _taken) - 1;
        return new(at < _missing.Count ? Piece(_missing[at]) : null);
    }

    public Task<string> ChecksumAsync(CancellationToken cancellationToken) => _hash?.FinishAsync(cancellationToken) ?? Task.FromResult(_promised!);

    public ValueTask DisposeAsync() => _hash?.DisposeAsync() ?? ValueTask.CompletedTask;

    private SourcePiece Piece(int number) => new(_source, number, _cut.OffsetOf(number), _cut.SizeOf(number), _hash);
}
