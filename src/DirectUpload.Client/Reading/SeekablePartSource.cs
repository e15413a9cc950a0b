namespace DirectUpload.Client.Reading;

/// <summary>Provides the parts of a source that can seek.</summary>
internal sealed class SeekablePartSource : IPartSource
{
    private readonly SourceReader _source;
    private readonly PartLayout _layout;
    private readonly IReadOnlyList<int> _missing;
    private readonly string? _declaredChecksum;
    private readonly IncrementalFileHash? _hash;
    private int _takenCount;

    /// <summary>Initializes the parts of a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="layout">The layout of the parts.</param>
    /// <param name="missing">The numbers of the parts that storage lacks.</param>
    /// <param name="declaredChecksum">
    /// The declared SHA-256, which storage verifies and which makes a hash unnecessary; otherwise null.
    /// </param>
    public SeekablePartSource(SourceReader source, PartLayout layout, IReadOnlyList<int> missing, string? declaredChecksum)
    {
        (_source, _layout, _missing, _declaredChecksum) = (source, layout, missing, declaredChecksum);
        _hash = declaredChecksum is null ? new IncrementalFileHash(source) : null;
    }

    public ValueTask<PartReader?> TakeNextAsync(CancellationToken cancellationToken)
    {
        var at = Interlocked.Increment(ref _takenCount) - 1;
        return new(at < _missing.Count ? CreateReader(_missing[at]) : null);
    }

    public Task<SourceChecksums> GetChecksumsAsync(CancellationToken cancellationToken) =>
        _hash?.FinishAsync(cancellationToken) ?? Task.FromResult(new SourceChecksums(_declaredChecksum!, Crc64Nvme: null));

    public ValueTask DisposeAsync() => _hash?.DisposeAsync() ?? ValueTask.CompletedTask;

    private SourcePartReader CreateReader(int number) => new(_source, number, _layout.GetOffset(number), _layout.GetSize(number), _hash);
}
