using DirectUpload.StoreConformance;

namespace DirectUpload.DynamoDB.Tests;

/// <summary>The contract's races, while answers to writes get lost and requests are throttled: who is told that he has won has won, and nobody else.</summary>
public sealed class Races_over_a_bad_wire : IAsyncLifetime, IStoreUnderTest
{
    private OwnTable _table = null!;
    private int _lost;

    public IUploadRecordStore Store { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _table = await OwnTable.CreateAsync(TestContext.Current.CancellationToken);
        Store = Open();
    }

    public ValueTask DisposeAsync() => _table.DisposeAsync();

    [Theory]
    [InlineData("Adding: of many that add one id one wins")]
    [InlineData("Updating: of many that update one version one wins")]
    [InlineData("Updating: no update is lost when everybody tries again")]
    [InlineData("ClaimRaces: of many claimants each record is given to one")]
    public async Task Keep_the_contract(string sentence)
    {
        await StoreCase.Named(sentence).RunAsync(this, new() { RetiresByItself = true }, TestContext.Current.CancellationToken);
        _lost.Should().BePositive("else nothing was tried");
    }

    public ValueTask<IUploadRecordStore> OpenAnotherAsync(CancellationToken cancellationToken) => new(Open());

    private IUploadRecordStore Open() => _table.Through(new Wire
    {
        Instead = _ => Random.Shared.Next(50) == 0 ? Wire.Refusal("ProvisionedThroughputExceededException") : null,
        LosesAnswer = request => request.Operation == "UpdateItem" && Random.Shared.Next(8) == 0 && Interlocked.Increment(ref _lost) > 0,
    });
}
