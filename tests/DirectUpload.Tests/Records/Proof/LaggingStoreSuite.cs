using DirectUpload.StoreConformance;

namespace DirectUpload.Tests.Records.Proof;

/// <summary>What a store declares, it is given: no more, or <see cref="Views_that_lag"/> would not be caught when it declares nothing.</summary>
public sealed class LaggingStoreSuite : RecordStoreSuite
{
    protected override StoreTraits Traits { get; } = new()
    {
        OwnerListsLag = 2 * Views_that_lag.Lag,
        CountsLag = 2 * Views_that_lag.Lag,
        ClaimsLag = 2 * Views_that_lag.Lag,
        RetiresByItself = true,
        HistoriesTime = TimeSpan.FromSeconds(1),
    };

    protected override ValueTask<IStoreUnderTest> CreateAsync(CancellationToken cancellationToken) => new(new Shared(typeof(Views_that_lag)));
}
