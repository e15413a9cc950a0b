using System.Collections.Concurrent;
using System.Diagnostics;
using DirectUpload.StoreConformance;
using DirectUpload.Stores;

namespace DirectUpload.Tests.Stores.BrokenStores;

/// <summary>Tries cases on every broken store until one fails on it, and every case until some store fails it.</summary>
/// <remarks>A case that has failed before proves nothing more on a store that was caught before, so it is skipped there.</remarks>
public sealed class BrokenStoreRun : IAsyncLifetime
{
    private static readonly StoreConformanceOptions Traits = new() { HistoryDuration = TimeSpan.FromSeconds(0.2) };

    private readonly ConcurrentDictionary<string, string> _caughtBy = new();
    private readonly ConcurrentDictionary<string, string> _failedOn = new();

    internal static IReadOnlyList<Type> BrokenStores { get; } =
        [.. typeof(ReferenceStore).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ReferenceStore))).OrderBy(type => type.Name)];

    /// <summary>The first case that failed on it; null if all passed.</summary>
    public string? FindCatchingCase(string fault) => _caughtBy.GetValueOrDefault(fault);

    /// <summary>A store that fails it; null if it passed on all.</summary>
    public string? FindStoreThatFails(string @case) => _failedOn.GetValueOrDefault(@case);

    public async ValueTask InitializeAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var cheapFirst = await OrderByCostAsync(cancellation);
        await Parallel.ForEachAsync(BrokenStores, cancellation, (fault, token) => RunCasesAsync(fault, cheapFirst, token));
    }

    public ValueTask DisposeAsync() => default;

    private static async Task<IReadOnlyList<ConformanceCase>> OrderByCostAsync(CancellationToken cancellation)
    {
        var costs = new List<(ConformanceCase Case, TimeSpan Cost)>();
        foreach (var @case in ConformanceCase.All)
        {
            var started = Stopwatch.GetTimestamp();
            await @case.RunAsync(new SharedRowsStoreUnderTest(typeof(ReferenceStore)), Traits, cancellation);
            costs.Add((@case, Stopwatch.GetElapsedTime(started)));
        }

        return [.. costs.OrderBy(entry => entry.Cost).Select(entry => entry.Case)];
    }

    private async ValueTask RunCasesAsync(Type fault, IReadOnlyList<ConformanceCase> cases, CancellationToken cancellation)
    {
        foreach (var @case in cases.Where(@case => !_caughtBy.ContainsKey(fault.Name) || !_failedOn.ContainsKey(@case.Name)))
        {
            try
            {
                await @case.RunAsync(new SharedRowsStoreUnderTest(fault), Traits, cancellation);
            }
            catch (Exception) when (!cancellation.IsCancellationRequested)
            {
                _caughtBy.TryAdd(fault.Name, @case.Name);
                _failedOn.TryAdd(@case.Name, fault.Name);
            }
        }
    }
}

/// <summary>Two instances of one kind of store on the same rows.</summary>
internal sealed record SharedRowsStoreUnderTest(Type StoreType) : IStoreUnderTest
{
    private readonly StoreRows _rows = new();
    private IUploadRecordStore? _store;

    public IUploadRecordStore Store => _store ??= Open();

    public ValueTask<IUploadRecordStore> OpenSecondInstanceAsync(CancellationToken cancellationToken) => new(Open());

    public ValueTask DisposeAsync() => default;

    private IUploadRecordStore Open() => (IUploadRecordStore)Activator.CreateInstance(StoreType, _rows)!;
}
