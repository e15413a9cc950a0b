using DirectUpload.Stores;
using DirectUpload.TestKit.Stores;

namespace DirectUpload.Sqs.Tests;

/// <summary>A store that can be made slow, hung or absent where an event first asks for its upload, and that counts.</summary>
internal sealed class FaultInjectingStore(IUploadRecordStore store) : DelegatingRecordStore(store)
{
    private int _activeFinds;
    private int _maxActiveFinds;

    /// <summary>The store itself, for a test's own look.</summary>
    public IUploadRecordStore Inner => Store;

    /// <summary>Runs before a record is found.</summary>
    public Func<UploadId, CancellationToken, Task> BeforeFind { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>How many finds were under way at once, at most.</summary>
    public int MaxConcurrentFinds => Volatile.Read(ref _maxActiveFinds);

    public override async ValueTask<UploadRecord?> FindAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        var asking = Interlocked.Increment(ref _activeFinds);
        for (var most = MaxConcurrentFinds; asking > most; most = MaxConcurrentFinds)
            Interlocked.CompareExchange(ref _maxActiveFinds, asking, most);
        try
        {
            await BeforeFind(id, cancellationToken);
            return await Store.FindAsync(id, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _activeFinds);
        }
    }
}
