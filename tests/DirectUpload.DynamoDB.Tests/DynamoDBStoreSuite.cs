using DirectUpload.DynamoDB.Records;
using DirectUpload.StoreConformance;

namespace DirectUpload.DynamoDB.Tests;

/// <summary>The contract. Dynalite's indexes follow at once; AWS's do a little later, which the traits of a run there would say.</summary>
public sealed class DynamoDBStoreSuite : RecordStoreSuite
{
    protected override StoreConformanceOptions Options { get; } = new() { PurgesAutomatically = true };

    protected override async ValueTask<IStoreUnderTest> CreateAsync(CancellationToken cancellationToken)
    {
        var table = await TestTable.CreateAsync(cancellationToken);
        Assert.IsType<DynamoDBUploadRecordStore>(table.Store);
        return table;
    }
}
