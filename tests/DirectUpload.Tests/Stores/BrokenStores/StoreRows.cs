using System.Collections.Concurrent;
using DirectUpload.Stores;

namespace DirectUpload.Tests.Stores.BrokenStores;

/// <summary>The database that two instances share; locked by whoever does a step in it.</summary>
internal sealed class StoreRows
{
    public Dictionary<UploadId, UploadRecord> All { get; } = [];

    /// <summary>Records as they were added, and still when they have gone: what an index holds that is forgotten.</summary>
    public Dictionary<UploadId, UploadRecord> Index { get; } = [];

    /// <summary>Counts by profile and owner, for who keeps them beside the records.</summary>
    public ConcurrentDictionary<(string Profile, string Owner), (int Count, long Bytes)> Pending { get; } = new();

    /// <summary>What is to be notified of, and the end of the lease where there is one.</summary>
    public Dictionary<UploadId, (DateTimeOffset At, DateTimeOffset? Until)> Notifications { get; } = [];

    public UploadRecord? Find(UploadId id)
    {
        lock (this)
            return All.GetValueOrDefault(id);
    }

    /// <summary>Writes without asking what is there.</summary>
    public UploadRecord Put(UploadRecord record)
    {
        lock (this)
            return All[record.Id] = record;
    }
}
