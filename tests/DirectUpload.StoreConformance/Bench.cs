using System.Diagnostics;
using Xunit.Sdk;

namespace DirectUpload.StoreConformance;

/// <summary>What a case works with: one store, opened twice, and what is asked of it more than once.</summary>
internal sealed class Bench(IUploadRecordStore store, IUploadRecordStore other, StoreTraits traits, CancellationToken cancellation)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>When every grant of the samples has expired.</summary>
    private static readonly DateTimeOffset Later = Samples.Sample.Start.AddDays(1);

    /// <summary>The first instance.</summary>
    public IUploadRecordStore Store => store;

    /// <summary>The second instance, on the same data.</summary>
    public IUploadRecordStore Other => other;

    public StoreTraits Traits => traits;

    public CancellationToken Cancellation => cancellation;

    /// <summary>The instance of an actor: they take turns.</summary>
    public IUploadRecordStore Of(int actor) => actor % 2 == 0 ? store : other;

    public async Task<UploadRecord> AddAsync(UploadRecord record) => await store.AddAsync(record, cancellation);

    public Task AddAllAsync(IEnumerable<UploadRecord> records) => EachAsync(records, AddAsync);

    /// <summary>The same for each of many that have nothing to do with one another, several at a time to save time.</summary>
    public Task EachAsync<T>(IEnumerable<T> items, Func<T, Task> act) => Parallel.ForEachAsync(
        items,
        new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellation },
        async (item, _) => await act(item));

    public async Task<UploadRecord?> FindAsync(UploadId id) => await other.FindAsync(id, cancellation);

    public async Task<UploadRecord?> UpdateAsync(UploadRecord changed) => await store.TryUpdateAsync(changed, cancellation);

    /// <summary>An update that nobody is in the way of.</summary>
    public Task<UploadRecord> ChangeAsync(UploadRecord changed) => ChangeAsync(store, changed);

    /// <summary>The same, by that instance.</summary>
    public async Task<UploadRecord> ChangeAsync(IUploadRecordStore by, UploadRecord changed)
    {
        var updated = await by.TryUpdateAsync(changed, cancellation);
        Check.That(updated is not null, $"Version {changed.Version} of {changed.Id} is the newest, and its update was refused.");
        return updated!;
    }

    /// <summary>Claims once the store has had its time to see what is due.</summary>
    public async Task<IReadOnlyList<UploadRecord>> ClaimAsync(DateTimeOffset now, DateTimeOffset until, int limit = 1000)
    {
        await Task.Delay(traits.ClaimsLag, cancellation);
        return await store.ClaimDueAsync(now, until, limit, cancellation);
    }

    /// <summary>A claim of the only record that is due.</summary>
    public async Task<UploadRecord> ClaimOneAsync(DateTimeOffset now, DateTimeOffset until)
    {
        var claimed = await ClaimAsync(now, until);
        Check.Equal(1, claimed.Count, "how many were claimed");
        return claimed[0];
    }

    public async Task<List<UploadRecord>> ListAllAsync() => await other.ListAllAsync(cancellation).ToListAsync(cancellation);

    /// <summary>Holds an owner's list to what it must show within the time that the store takes for it.</summary>
    public Task ListsAsync(string? owner, IEnumerable<UploadRecord> expected, int limit = 1000, UploadId? before = null) => SettlesAsync(
        traits.OwnerListsLag,
        async () => Check.Same(expected, await other.ListByOwnerAsync(owner, limit, before, cancellation), $"the list of {Text.Quoted(owner)}"));

    /// <summary>Holds a count to what it must be within the time that the store takes for it.</summary>
    public Task CountsAsync(string profile, string? owner, int count, long bytes, DateTimeOffset? now = null) => SettlesAsync(
        traits.CountsLag,
        async () => Check.Equal(
            new PendingUploads(count, bytes),
            await other.CountPendingAsync(profile, owner, now ?? Later, cancellation),
            $"what {Text.Quoted(owner)} has pending under {Text.Quoted(profile)}"));

    /// <summary>Waits, where counts lag, until an owner's uploads take so many bytes.</summary>
    public Task HoldsAsync(string profile, string? owner, long bytes, DateTimeOffset? now = null) => SettlesAsync(
        traits.CountsLag,
        async () => Check.Equal(bytes, await other.SumHeldBytesAsync(profile, owner, now ?? Later, cancellation), $"what {Text.Quoted(owner)} holds under {Text.Quoted(profile)}"));

    /// <summary>Holds a count of what was created to what it must be within the time that the store takes for it.</summary>
    public Task CreatedAsync(string? owner, DateTimeOffset since, int count, int limit = 1000) => SettlesAsync(
        traits.CountsLag > traits.OwnerListsLag ? traits.CountsLag : traits.OwnerListsLag,
        async () => Check.Equal(count, await other.CountCreatedAsync(owner, since, limit, cancellation), $"what {Text.Quoted(owner)} has created"));

    /// <summary>Waits, where counts lag, until so many records are due since then.</summary>
    public Task IsDueAsync(DateTimeOffset now, int count, DateTimeOffset? oldest, int limit = 1000) => SettlesAsync(
        traits.CountsLag,
        async () => Check.Equal(new DueUploads(count, oldest), await other.MeasureDueAsync(now, limit, cancellation), "what is due"));

    /// <summary>Runs several actors at one time, released together; the outcome of each.</summary>
    public static async Task<T[]> AtOnceAsync<T>(int actors, Func<int, Task<T>> act)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = Enumerable.Range(0, actors).Select(actor => Task.Run(async () =>
        {
            await start.Task;
            return await act(actor);
        })).ToArray();
        start.SetResult();
        return await Task.WhenAll(running);
    }

    public static Task AtOnceAsync(int actors, Func<int, Task> act) => AtOnceAsync(actors, async actor =>
    {
        await act(actor);
        return 0;
    });

    private async Task SettlesAsync(TimeSpan lag, Func<Task> expectation)
    {
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(Pause, cancellation))
        {
            try
            {
                await expectation();
                return;
            }
            catch (XunitException) when (since.Elapsed < lag)
            {
                // Not yet: the store has said that it lags.
            }
        }
    }
}
