using DirectUpload.Records;
using DirectUpload.StoreConformance;

namespace DirectUpload.Tests.Records;

public sealed class InMemoryStoreSuite : RecordStoreSuite
{
    protected override ValueTask<IStoreUnderTest> CreateAsync(CancellationToken cancellationToken) => new(new InProcess(new InMemoryUploadRecordStore()));
}
