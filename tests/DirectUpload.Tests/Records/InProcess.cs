using DirectUpload.Records;
using DirectUpload.StoreConformance;

namespace DirectUpload.Tests.Records;

/// <summary>A store that lives within the process: there is no second one on its data.</summary>
internal sealed record InProcess(IUploadRecordStore Store) : IStoreUnderTest
{
    public ValueTask<IUploadRecordStore> OpenAnotherAsync(CancellationToken cancellationToken) => new(Store);

    public ValueTask DisposeAsync() => default;
}
