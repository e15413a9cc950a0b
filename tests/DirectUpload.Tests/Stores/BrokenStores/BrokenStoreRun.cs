using System.Collections.Concurrent;
using DirectUpload.StoreConformance;
using DirectUpload.Stores;

namespace DirectUpload.Tests.Stores.BrokenStores;

/// <summary>Tries every case on every broken store, once.</summary>
public sealed class BrokenStoreRun : IAsyncLifetime
{
    private static readonly StoreConformanceOptions Traits = new() { HistoryDuration = TimeSpan.FromSeconds(0.2) };

    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _failedCases = new();

    internal static IReadOnlyList<Type> BrokenStores { get; } =
        [.. typeof(ReferenceStore).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ReferenceStore))).OrderBy(type => type.Name)];

    /// <summary>The names of the cases that fail on it.</summary>
    public IReadOnlyList<string> GetFailedCases(string fault) => _failedCases[fault];

    public async ValueTask InitializeAsync() => await Parallel.ForEachAsync(
        BrokenStores, TestContext.Current.CancellationToken,
        async (fault, cancellation) => _failedCases[fault.Name] = await RunCasesAsync(fault, cancellation));

    public ValueTask DisposeAsync() => default;

    private static async Task<IReadOnlyList<string>> RunCasesAsync(Type fault, CancellationToken cancellation)
    {
        var caught = new List<string>();
        foreach (var @case in ConformanceCase.All)
        {
            try
            {
                await @case.RunAsync(new SharedRowsStoreUnderTest(fault), Traits, cancellation);
            }
            catch (Exception)
            {
                caught.Add(@case.Name);
            }
        }

        return caught;
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
