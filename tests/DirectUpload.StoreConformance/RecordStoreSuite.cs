namespace DirectUpload.StoreConformance;

/// <summary>Tests whether an <see cref="IUploadRecordStore"/> meets its contract.</summary>
/// <remarks>
/// <para>
/// Derive one sealed class for each store and for each database that it supports. Each sentence of the contract is one test, which runs
/// against a new store.
/// </para>
/// <para>To skip the tests if a database is not available, call <see cref="Assert.Skip(string)"/> in <see cref="CreateAsync"/>.</para>
/// </remarks>
public abstract class RecordStoreSuite
{
    /// <summary>Gets the names of <see cref="ConformanceCase.All"/>.</summary>
    public static IEnumerable<TheoryDataRow<string>> CaseNames =>
        ConformanceCase.All.Select(@case => new TheoryDataRow<string>(@case.Name) { Label = @case.Name });

    /// <summary>Gets the lags and features that the store documents; by default nothing lags.</summary>
    protected virtual StoreConformanceOptions Options { get; } = new();

    /// <summary>Creates an empty store that no other test sees, such as a separate file, schema or table.</summary>
    /// <remarks>Leases and purges affect all records of a store, so tests that shared a store would take each other's records.</remarks>
    /// <param name="cancellationToken">Cancels the call when the test run is canceled.</param>
    /// <returns>The store.</returns>
    protected abstract ValueTask<IStoreUnderTest> CreateAsync(CancellationToken cancellationToken);

    /// <summary>Tests one sentence of the contract.</summary>
    /// <param name="sentence">The <see cref="ConformanceCase.Name"/> of the case.</param>
    /// <returns>A task that completes when the store has passed the case.</returns>
    [Theory]
    [MemberData(nameof(CaseNames), MemberType = typeof(RecordStoreSuite))]
    public async Task Store_meets_the_contract(string sentence)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var subject = await CreateAsync(cancellation);
        await ConformanceCase.Get(sentence).RunAsync(subject, Options, cancellation);
    }
}
