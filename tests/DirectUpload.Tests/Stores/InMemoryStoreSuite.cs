using DirectUpload.StoreConformance;
using DirectUpload.Stores;

namespace DirectUpload.Tests.Stores;

public sealed class InMemoryStoreSuite : RecordStoreSuite
{
    protected override ValueTask<IStoreUnderTest> CreateAsync(CancellationToken cancellationToken) =>
        new(new InProcessStoreUnderTest(new InMemoryUploadRecordStore()));
}
