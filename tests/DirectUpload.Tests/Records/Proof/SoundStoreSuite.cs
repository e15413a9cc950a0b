using DirectUpload.StoreConformance;

namespace DirectUpload.Tests.Records.Proof;

/// <summary>What the broken stores are broken from is sound, so it is their fault that is caught.</summary>
public sealed class SoundStoreSuite : RecordStoreSuite
{
    protected override StoreTraits Traits { get; } = new() { HistoriesTime = TimeSpan.FromSeconds(1) };

    protected override ValueTask<IStoreUnderTest> CreateAsync(CancellationToken cancellationToken) => new(new Shared(typeof(SoundStore)));
}
