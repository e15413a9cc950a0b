using DirectUpload.Stores;
using DirectUpload.TestKit.Stores;

namespace DirectUpload.Tests.Requests;

/// <summary>
/// The store in memory, but the first counts wait until so many callers have asked, so that all see the same free place.
/// </summary>
internal sealed class CountBarrierStore(int crowd) : DelegatingRecordStore(new InMemoryUploadRecordStore())
{
    private readonly TaskCompletionSource _complete = new();
    private int _waiting;

    public override async ValueTask<OwnerUsage> GetUsageAsync(OwnerUsageQuery query, CancellationToken cancellationToken = default)
    {
        var usage = await Store.GetUsageAsync(query, cancellationToken);
        if (Interlocked.Increment(ref _waiting) == crowd)
            _complete.SetResult();
        await _complete.Task;
        return usage;
    }
}
