using DirectUpload.StoreConformance;

namespace DirectUpload.DynamoDB.Tests;

/// <summary>The contract. Dynalite's indexes follow at once; AWS's do a little later, which the traits of a run there would say.</summary>
public sealed class DynamoDBStoreSuite : RecordStoreSuite
{
    protected override StoreTraits Traits { get; } = new() { RetiresByItself = true };

    protected override async ValueTask<IStoreUnderTest> CreateAsync(CancellationToken cancellationToken)
    {
        var table = await OwnTable.CreateAsync(cancellationToken);
        Assert.IsType<DynamoDBUploadRecordStore>(table.Store);
        return table;
    }
}
