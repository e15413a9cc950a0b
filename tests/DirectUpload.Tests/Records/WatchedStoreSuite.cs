using DirectUpload.Records;
using DirectUpload.StoreConformance;

namespace DirectUpload.Tests.Records;

/// <summary>The store as the library itself has it: with somebody who is told of changes.</summary>
public sealed class WatchedStoreSuite : RecordStoreSuite
{
    protected override ValueTask<IStoreUnderTest> CreateAsync(CancellationToken cancellationToken) => new(new InProcess(new WatchedRecordStore(new InMemoryUploadRecordStore(), _ => { })));
}
