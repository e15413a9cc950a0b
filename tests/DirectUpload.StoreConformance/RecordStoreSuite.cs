namespace DirectUpload.StoreConformance;

/// <summary>
/// What every <see cref="IUploadRecordStore"/> is held to. Derive a sealed class for each store, and for each database that it runs on; every sentence
/// of the contract is then one test of it, with a store of its own.
/// </summary>
/// <remarks>To skip where a database is absent, call <see cref="Assert.Skip(string)"/> in <see cref="CreateAsync"/>.</remarks>
public abstract class RecordStoreSuite
{
    /// <summary>The names of <see cref="StoreCase.All"/>.</summary>
    public static IEnumerable<TheoryDataRow<string>> Sentences => StoreCase.All.Select(@case => new TheoryDataRow<string>(@case.Name) { Label = @case.Name });

    /// <summary>What this store says of itself; by default everything is seen at once.</summary>
    protected virtual StoreTraits Traits { get; } = new();

    /// <summary>
    /// Makes an empty store that no other test sees: a file, a schema, a table of its own. Claims and retirement are about all that a store holds, so
    /// tests that shared one would take each other's records.
    /// </summary>
    /// <param name="cancellationToken">Ends with the test run.</param>
    protected abstract ValueTask<IStoreUnderTest> CreateAsync(CancellationToken cancellationToken);

    /// <summary>Holds the store to one sentence of the contract.</summary>
    [Theory]
    [MemberData(nameof(Sentences), MemberType = typeof(RecordStoreSuite))]
    public async Task Keeps_the_contract(string sentence)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var subject = await CreateAsync(cancellation);
        await StoreCase.Named(sentence).RunAsync(subject, Traits, cancellation);
    }
}
