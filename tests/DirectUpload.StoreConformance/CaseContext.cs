using System.Diagnostics;
using Xunit.Sdk;

namespace DirectUpload.StoreConformance;

/// <summary>Gives a case two instances of one store, and the calls and assertions that several cases share.</summary>
internal sealed class CaseContext(
    IUploadRecordStore store, IUploadRecordStore other, StoreConformanceOptions options, CancellationToken cancellation)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>A time at which every grant of the samples has expired.</summary>
    private static readonly DateTimeOffset AfterGrantExpiry = Samples.SampleRecords.Start.AddDays(1);

    /// <summary>The first instance.</summary>
    public IUploadRecordStore Store => store;

    /// <summary>The second instance, on the same data.</summary>
    public IUploadRecordStore SecondStore => other;

    public StoreConformanceOptions Options => options;

    public CancellationToken CancellationToken => cancellation;

    /// <summary>Returns the instance that an actor uses; actors with even numbers use the first.</summary>
    public IUploadRecordStore GetStore(int actor) => actor % 2 == 0 ? store : other;

    public async Task<UploadRecord> AddAsync(UploadRecord record) => await store.AddAsync(record, cancellation);

    public Task AddAllAsync(IEnumerable<UploadRecord> records) => ForEachAsync(records, AddAsync);

    /// <summary>Runs an action for many independent items, eight at a time.</summary>
    public Task ForEachAsync<T>(IEnumerable<T> items, Func<T, Task> act) => Parallel.ForEachAsync(
        items,
        new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellation },
        async (item, _) => await act(item));

    public async Task<UploadRecord?> FindAsync(UploadId id) => await other.FindAsync(id, cancellation);

    public async Task<UploadRecord?> TryUpdateAsync(UploadRecord changed) => await store.TryUpdateAsync(changed, cancellation);

    /// <summary>Updates a record without a concurrent change.</summary>
    public Task<UploadRecord> UpdateAsync(UploadRecord changed) => UpdateAsync(store, changed);

    /// <summary>Updates a record through the given instance, without a concurrent change.</summary>
    public async Task<UploadRecord> UpdateAsync(IUploadRecordStore by, UploadRecord changed)
    {
        var updated = await by.TryUpdateAsync(changed, cancellation);
        ContractAssert.That(
            updated is not null, $"The store refused an update of {changed.Id} that names its newest version, {changed.Version}.");
        return updated!;
    }

    /// <summary>Leases due records after the lag that the store declares.</summary>
    public async Task<IReadOnlyList<UploadRecord>> LeaseDueAsync(DateTimeOffset now, DateTimeOffset until, int limit = 1000)
    {
        await Task.Delay(options.LeaseLag, cancellation);
        return await store.LeaseDueAsync(now, until, limit, cancellation);
    }

    /// <summary>Leases the only record that is due.</summary>
    public async Task<UploadRecord> LeaseSingleDueAsync(DateTimeOffset now, DateTimeOffset until)
    {
        var leased = await LeaseDueAsync(now, until);
        ContractAssert.Equal(1, leased.Count, "the number of leased records");
        return leased[0];
    }

    public async Task<List<UploadRecord>> ListAllAsync() =>
        await other.ListAllAsync(cancellationToken: cancellation).ToListAsync(cancellation);

    public async Task<List<UploadRecord>> ListAllAsync(UploadFilter filter) =>
        await other.ListAllAsync(filter, cancellation).ToListAsync(cancellation);

    /// <summary>Asserts that an owner's list shows the expected records within the lag that the store declares.</summary>
    public Task AssertOwnerListAsync(string? owner, IEnumerable<UploadRecord> expected, int limit = 1000, UploadId? before = null) =>
        AssertListAsync(UploadFilter.ForOwner(owner) with { Before = before }, expected, limit);

    /// <summary>Asserts that a list shows the expected records, in their order, within the lag that the store declares.</summary>
    public Task AssertListAsync(UploadFilter filter, IEnumerable<UploadRecord> expected, int limit = 1000) => AssertEventuallyAsync(
        options.OwnerListLag,
        async () => ContractAssert.Same(
            expected, await other.ListAsync(filter, limit, cancellation), $"the list of {RecordFormatter.FormatFilter(filter)}"));

    /// <summary>Asserts that pages of a list show the expected records, and that only the last page is short.</summary>
    public async Task AssertPagesAsync(UploadFilter filter, IReadOnlyCollection<UploadRecord> expected, int pageSize)
    {
        for (var from = 0; from <= expected.Count; from += pageSize)
        {
            var page = expected.Skip(from).Take(pageSize).ToArray();
            await AssertListAsync(filter, page, pageSize);
            if (page.Length > 0)
                filter = filter with { Before = page[^1].Id };
        }
    }

    /// <summary>Asserts that the count of pending uploads is correct within the lag that the store declares.</summary>
    public Task AssertPendingAsync(string profile, string? owner, int count, long bytes, DateTimeOffset? now = null) =>
        AssertEventuallyAsync(
            options.CountLag,
            async () => ContractAssert.Equal(
                (count, bytes),
                await other.CountPendingAsync(profile, owner, now ?? AfterGrantExpiry, cancellation),
                $"the pending uploads of {RecordFormatter.Quote(owner)} under {RecordFormatter.Quote(profile)}"));

    /// <summary>Asserts that the sum of an owner's stored bytes is correct within the lag that the store declares.</summary>
    public Task AssertStoredBytesAsync(string profile, string? owner, long bytes, DateTimeOffset? now = null) => AssertEventuallyAsync(
        options.CountLag,
        async () => ContractAssert.Equal(
            bytes, await other.GetStoredBytesAsync(profile, owner, now ?? AfterGrantExpiry, cancellation),
            $"the stored bytes of {RecordFormatter.Quote(owner)} under {RecordFormatter.Quote(profile)}"));

    /// <summary>Asserts that the count of created uploads is correct within the lag that the store declares.</summary>
    public Task AssertCreatedCountAsync(string? owner, DateTimeOffset since, int count, int limit = 1000) => AssertEventuallyAsync(
        options.CountLag > options.OwnerListLag ? options.CountLag : options.OwnerListLag,
        async () => ContractAssert.Equal(
            count, await other.CountCreatedAsync(owner, since, limit, cancellation),
            $"the uploads that {RecordFormatter.Quote(owner)} created"));

    /// <summary>Asserts that all totals of an owner are correct within the lag that the store declares.</summary>
    public Task AssertUsageAsync(
        OwnerUsageQuery query, (int PendingUploads, long PendingBytes, long StoredBytes, int CreatedUploads) expected) =>
        AssertEventuallyAsync(
            options.CountLag > options.OwnerListLag ? options.CountLag : options.OwnerListLag,
            async () => ContractAssert.Equal(
                expected, ToTuple(await other.GetUsageAsync(query, cancellation)), $"the totals of {RecordFormatter.Quote(query.Owner)}"));

    public static (int PendingUploads, long PendingBytes, long StoredBytes, int CreatedUploads) ToTuple(OwnerUsage usage) =>
        (usage.PendingUploads, usage.PendingBytes, usage.StoredBytes, usage.CreatedUploads);

    /// <summary>Asserts that the backlog is correct within the lag that the store declares.</summary>
    public Task AssertBacklogAsync(DateTimeOffset now, int count, DateTimeOffset? oldest, int limit = 1000) => AssertEventuallyAsync(
        options.CountLag,
        async () => ContractAssert.Equal(
            (count, oldest), await other.GetBacklogAsync(now, limit, cancellation), "the backlog"));

    /// <summary>Starts several actors at the same moment and returns the result of each.</summary>
    public static async Task<T[]> RunConcurrentlyAsync<T>(int actors, Func<int, Task<T>> act)
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

    public static Task RunConcurrentlyAsync(int actors, Func<int, Task> act) => RunConcurrentlyAsync(actors, async actor =>
    {
        await act(actor);
        return 0;
    });

    private async Task AssertEventuallyAsync(TimeSpan lag, Func<Task> expectation)
    {
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(PollInterval, cancellation))
        {
            try
            {
                await expectation();
                return;
            }
            catch (XunitException) when (since.Elapsed < lag)
            {
                // The store declares a lag, and it has not passed yet.
            }
        }
    }
}
