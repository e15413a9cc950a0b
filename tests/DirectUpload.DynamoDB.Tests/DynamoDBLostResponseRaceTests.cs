using DirectUpload.StoreConformance;

namespace DirectUpload.DynamoDB.Tests;

/// <summary>
/// The contract's races, while answers to writes get lost and requests are throttled: who is told that he has won has won, and nobody else.
/// </summary>
public sealed class DynamoDBLostResponseRaceTests : IAsyncLifetime, IStoreUnderTest
{
    private TestTable _table = null!;
    private int _lost;

    public IUploadRecordStore Store { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _table = await TestTable.CreateAsync(TestContext.Current.CancellationToken);
        Store = OpenStore();
    }

    public ValueTask DisposeAsync() => _table.DisposeAsync();

    [Theory]
    [InlineData("Add: concurrent adds of one id have one winner")]
    [InlineData("Update: concurrent updates of one version have one winner")]
    [InlineData("Update: retried updates are never lost")]
    [InlineData("LeaseDueRaces: each record is leased by one caller")]
    public async Task Races_LostResponsesAndThrottling_MeetTheContract(string sentence)
    {
        await ConformanceCase.Get(sentence).RunAsync(this, new() { PurgesAutomatically = true }, TestContext.Current.CancellationToken);
        _lost.Should().BePositive("else nothing was tried");
    }

    public ValueTask<IUploadRecordStore> OpenSecondInstanceAsync(CancellationToken cancellationToken) => new(OpenStore());

    private IUploadRecordStore OpenStore() => _table.OpenStore(new InterceptingHandler
    {
        RespondInstead = _ => Random.Shared.Next(50) == 0
            ? InterceptingHandler.CreateError("ProvisionedThroughputExceededException")
            : null,
        ShouldLoseResponse = request =>
            request.Operation == "UpdateItem" && Random.Shared.Next(8) == 0 && Interlocked.Increment(ref _lost) > 0,
    });
}
