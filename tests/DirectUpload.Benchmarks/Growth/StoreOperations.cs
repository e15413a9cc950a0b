using DirectUpload.Stores;

namespace DirectUpload.Benchmarks.Growth;

/// <summary>
/// The calls that are timed, on one database. Together they leave as many records, and as many of each kind, as they found; each says how
/// many records it had, so that a call that did nothing is not taken for a quick one.
/// </summary>
internal sealed class StoreOperations(IUploadRecordStore store, Population population)
{
    // The same choices at every size.
    private readonly Random _random = new(20260301);
    private readonly Queue<UploadId> _added = [];
    private DateTimeOffset _now = Population.Now;

    /// <summary>A call, what it is called, and how many records it must have.</summary>
    /// <param name="Name">The row's heading.</param>
    /// <param name="ExpectedRecords">How many records.</param>
    /// <param name="PrepareAsync">What comes before and is not timed; it gives the call.</param>
    /// <param name="HasPlan">Whether there is anything to be found, and so a plan.</param>
    /// <param name="NeedsStatusIndex">Whether a store without an index of the status reads all records.</param>
    public sealed record StoreOperation(
        string Name, int ExpectedRecords, Func<StoreOperations, Task<Func<Task<int>>>> PrepareAsync, bool HasPlan = true,
        bool NeedsStatusIndex = false);

    public static IReadOnlyList<StoreOperation> All { get; } =
    [
        new("find", 1, verbs => verbs.FindAsync()),
        new("lease 1 due record", 1, verbs => verbs.LeaseDueAsync(1)),
        new("lease 20 due records", 20, verbs => verbs.LeaseDueAsync(20)),
        new("update", 1, verbs => verbs.UpdateAsync()),
        new("attach", 1, verbs => verbs.AttachAsync()),
        new("list 20 of an owner", 20, verbs => verbs.ListAsync(20)),
        new("list 20 of an association", 20, verbs => verbs.ListOfAssociationAsync(20, null)),
        new("list 20 of an association and kind", 20, verbs => verbs.ListOfAssociationAsync(20, "photo")),
        new("list the 20 failed of all", 20, verbs => verbs.ListFailedAsync(), NeedsStatusIndex: true),
        new("count an owner's pending", 1, verbs => verbs.CountAsync()),
        new("add", 1, verbs => verbs.AddAsync(), HasPlan: false),
        new("delete", 0, verbs => verbs.DeleteAsync()),
        new("purge, when nothing is due", 0, verbs => verbs.PurgeAsync()),
    ];

    private Task<Func<Task<int>>> FindAsync()
    {
        var id = population.PickId(_random);
        return CreateCall(async () => await store.FindAsync(id) is null ? 0 : 1);
    }

    // A claim ends just before the next one: the same few are claimed by turns.
    private Task<Func<Task<int>>> LeaseDueAsync(int limit)
    {
        var now = _now = _now.AddSeconds(1);
        return CreateCall(async () => (await store.LeaseDueAsync(now, now.AddMilliseconds(500), limit)).Count);
    }

    // Due or not, in turn: as it is with a record that takes a step.
    private async Task<Func<Task<int>>> UpdateAsync()
    {
        var record = (await store.FindAsync(population.PickTerminalId(_random)))!;
        var changed = record with
        {
            UpdatedAt = _now,
            NextActionAt = record.NextActionAt is null ? Population.Now.AddDays(2) : null,
        };
        return async () => await store.TryUpdateAsync(changed) is null ? 0 : 1;
    }

    // An update that writes an entry of the index of associations.
    private async Task<Func<Task<int>>> AttachAsync()
    {
        var record = (await store.FindAsync(population.PickAttachableId(_random)))!;
        var changed = record with { Association = new UploadAssociation("order", $"{_random.Next()}", "invoice"), AttachedAt = _now };
        return async () => await store.TryUpdateAsync(changed) is null ? 0 : 1;
    }

    private Task<Func<Task<int>>> ListAsync(int limit)
    {
        var owner = population.PickOwner(_random);
        return CreateCall(async () => (await store.ListAsync(UploadFilter.ForOwner(owner), limit)).Count);
    }

    private Task<Func<Task<int>>> ListOfAssociationAsync(int limit, string? kind)
    {
        var filter = UploadFilter.ForAll() with { Association = population.PickAssociation(_random, kind) };
        return CreateCall(async () => (await store.ListAsync(filter, limit)).Count);
    }

    private Task<Func<Task<int>>> ListFailedAsync() =>
        CreateCall(async () => await store.ListAllAsync(UploadFilter.ForAll() with { Status = UploadStatus.Failed }).CountAsync());

    private Task<Func<Task<int>>> CountAsync()
    {
        var owner = population.PickOwner(_random);
        var query = new OwnerUsageQuery(Population.Profile, owner, DateTimeOffset.UtcNow) { Pending = true };
        return CreateCall(async () => (await store.GetUsageAsync(query)).PendingUploads);
    }

    private Task<Func<Task<int>>> AddAsync()
    {
        var record = population.CreateRecord(_random);
        _added.Enqueue(record.Id);
        return CreateCall(async () => await store.AddAsync(record) is null ? 0 : 1);
    }

    // What was added goes again.
    private async Task<Func<Task<int>>> DeleteAsync()
    {
        if (!_added.TryDequeue(out var id))
            id = (await store.AddAsync(population.CreateRecord(_random))).Id;
        return async () =>
        {
            await store.DeleteAsync(id);
            return 0;
        };
    }

    private Task<Func<Task<int>>> PurgeAsync() => CreateCall(async () => await store.PurgeExpiredAsync(Population.Now, 1000));

    private static Task<Func<Task<int>>> CreateCall(Func<Task<int>> call) => Task.FromResult(call);
}
