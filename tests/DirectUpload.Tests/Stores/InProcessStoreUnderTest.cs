using DirectUpload.StoreConformance;
using DirectUpload.Stores;

namespace DirectUpload.Tests.Stores;

/// <summary>A store that lives within the process: there is no second one on its data.</summary>
internal sealed record InProcessStoreUnderTest(IUploadRecordStore Store) : IStoreUnderTest
{
    public ValueTask<IUploadRecordStore> OpenSecondInstanceAsync(CancellationToken cancellationToken) => new(Store);

    public ValueTask DisposeAsync() => default;
}
