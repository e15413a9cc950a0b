using DirectUpload.StoreConformance;
using DirectUpload.Stores;

namespace DirectUpload.Tests.Stores;

/// <summary>The store as the library itself has it: with somebody who is told of changes.</summary>
public sealed class NotifyingStoreSuite : RecordStoreSuite
{
    protected override ValueTask<IStoreUnderTest> CreateAsync(CancellationToken cancellationToken) =>
        new(new InProcessStoreUnderTest(new NotifyingRecordStore(new InMemoryUploadRecordStore(), _ => { })));
}
