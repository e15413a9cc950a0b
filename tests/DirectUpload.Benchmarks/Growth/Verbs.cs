using DirectUpload.Records;
using DirectUpload.Uploads;

namespace DirectUpload.Benchmarks.Growth;

/// <summary>
/// The calls that are timed, on one database. Together they leave as many records, and as many of each kind, as they found; each says how many records it had, so that a call that
/// did nothing is not taken for a quick one.
/// </summary>
internal sealed class Verbs(IUploadRecordStore store, Population population)
{
    // The same choices at every size.
    private readonly Random _random = new(20260301);
    private readonly Queue<UploadId> _added = [];
    private DateTimeOffset _now = Population.Now;

    /// <summary>A call, what it is called, and how many records it must have.</summary>
    /// <param name="Name">The row's heading.</param>
    /// <param name="Answers">How many records.</param>
    /// <param name="PrepareAsync">What comes before and is not timed; it gives the call.</param>
    /// <param name="LooksUp">Whether there is anything to be found, and so a plan.</param>
    public sealed record Verb(string Name, int Answers, Func<Verbs, Task<Func<Task<int>>>> PrepareAsync, bool LooksUp = true);

    public static IReadOnlyList<Verb> All { get; } =
    [
        new("find", 1, verbs => verbs.FindAsync()),
        new("claim 1 that is due", 1, verbs => verbs.ClaimAsync(1)),
        new("claim 20 that are due", 20, verbs => verbs.ClaimAsync(20)),
        new("update", 1, verbs => verbs.UpdateAsync()),
        new("list 20 of an owner", 20, verbs => verbs.ListAsync(20)),
        new("count an owner's pending", 1, verbs => verbs.CountAsync()),
        new("add", 1, verbs => verbs.AddAsync(), LooksUp: false),
        new("delete", 0, verbs => verbs.DeleteAsync()),
        new("retire, when none may", 0, verbs => verbs.RetireAsync()),
    ];

    private Task<Func<Task<int>>> FindAsync()
    {
        var id = population.AnyId(_random);
        return Call(async () => await store.FindAsync(id) is null ? 0 : 1);
    }

    // A claim ends just before the next one: the same few are claimed by turns.
    private Task<Func<Task<int>>> ClaimAsync(int limit)
    {
        var now = _now = _now.AddSeconds(1);
        return Call(async () => (await store.ClaimDueAsync(now, now.AddMilliseconds(500), limit)).Count);
    }

    // Due or not, in turn: as it is with a record that takes a step.
    private async Task<Func<Task<int>>> UpdateAsync()
    {
        var record = (await store.FindAsync(population.AnySettledId(_random)))!;
        var changed = record with
        {
            UpdatedAt = _now,
            DueAt = record.DueAt is null ? Population.Now.AddDays(2) : null,
            Association = new UploadAssociation("order", $"{_random.Next()}"),
        };
        return async () => await store.TryUpdateAsync(changed) is null ? 0 : 1;
    }

    private Task<Func<Task<int>>> ListAsync(int limit)
    {
        var owner = population.AnyOwner(_random);
        return Call(async () => (await store.ListByOwnerAsync(owner, limit)).Count);
    }

    private Task<Func<Task<int>>> CountAsync()
    {
        var owner = population.AnyOwner(_random);
        return Call(async () => (await store.CountPendingAsync(Population.Profile, owner, DateTimeOffset.UtcNow)).Count);
    }

    private Task<Func<Task<int>>> AddAsync()
    {
        var record = population.Further(_random);
        _added.Enqueue(record.Id);
        return Call(async () => await store.AddAsync(record) is null ? 0 : 1);
    }

    // What was added goes again.
    private async Task<Func<Task<int>>> DeleteAsync()
    {
        if (!_added.TryDequeue(out var id))
            id = (await store.AddAsync(population.Further(_random))).Id;
        return async () =>
        {
            await store.DeleteAsync(id);
            return 0;
        };
    }

    private Task<Func<Task<int>>> RetireAsync() => Call(async () => await store.RetireAsync(Population.Now, 1000));

    private static Task<Func<Task<int>>> Call(Func<Task<int>> call) => Task.FromResult(call);
}
