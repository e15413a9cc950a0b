using DirectUpload.StoreConformance;

namespace DirectUpload.Tests.Stores.BrokenStores;

/// <summary>
/// What a store declares, it is given: no more, or <see cref="LaggingStore"/> would not be caught when it declares nothing.
/// </summary>
public sealed class LaggingStoreSuite : RecordStoreSuite
{
    protected override StoreConformanceOptions Options { get; } = new()
    {
        OwnerListLag = 2 * LaggingStore.Lag,
        CountLag = 2 * LaggingStore.Lag,
        LeaseLag = 2 * LaggingStore.Lag,
        PurgesAutomatically = true,
        HistoryDuration = TimeSpan.FromSeconds(1),
    };

    protected override ValueTask<IStoreUnderTest> CreateAsync(CancellationToken cancellationToken) =>
        new(new SharedRowsStoreUnderTest(typeof(LaggingStore)));
}
