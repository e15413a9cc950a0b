using DirectUpload.StoreConformance;

namespace DirectUpload.Tests.Stores.BrokenStores;

/// <summary>What the broken stores are broken from is sound, so it is their fault that is caught.</summary>
public sealed class ReferenceStoreSuite : RecordStoreSuite
{
    protected override StoreConformanceOptions Options { get; } = new() { HistoryDuration = TimeSpan.FromSeconds(1) };

    protected override ValueTask<IStoreUnderTest> CreateAsync(CancellationToken cancellationToken) =>
        new(new SharedRowsStoreUnderTest(typeof(ReferenceStore)));
}
