using DirectUpload.Stores;
using DirectUpload.TestKit.Stores;

namespace DirectUpload.Tests.Requests;

/// <summary>The store in memory, which records the calls of a request.</summary>
internal sealed class QuotaCallStore() : DelegatingRecordStore(new InMemoryUploadRecordStore())
{
    public List<string> Calls { get; } = [];

    /// <summary>What happens, once, after the totals were read and before they are returned.</summary>
    public Func<Task>? OnUsageRead { get; set; }

    public override ValueTask<UploadRecord> AddAsync(UploadRecord record, CancellationToken cancellationToken = default)
    {
        Calls.Add("Add");
        return base.AddAsync(record, cancellationToken);
    }

    public override async ValueTask<OwnerUsage> GetUsageAsync(OwnerUsageQuery query, CancellationToken cancellationToken = default)
    {
        Calls.Add("GetUsage");
        var usage = await base.GetUsageAsync(query, cancellationToken);
        if (OnUsageRead is not { } act)
            return usage;
        OnUsageRead = null;
        await act();
        return usage;
    }

    public override ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        Calls.Add("Delete");
        return base.DeleteAsync(id, cancellationToken);
    }
}
