namespace DirectUpload.StoreConformance;

/// <summary>Represents a store whose data no other test sees.</summary>
/// <remarks>Disposal removes the data and disposes the instances that <see cref="OpenSecondInstanceAsync"/> opened.</remarks>
public interface IStoreUnderTest : IAsyncDisposable
{
    /// <summary>Gets the store.</summary>
    IUploadRecordStore Store { get; }

    /// <summary>Opens a second instance on the same data, as a second process would.</summary>
    /// <remarks>A store that keeps its data inside the process returns the first instance.</remarks>
    /// <param name="cancellationToken">Cancels the call when the test run is canceled.</param>
    /// <returns>The second instance.</returns>
    ValueTask<IUploadRecordStore> OpenSecondInstanceAsync(CancellationToken cancellationToken);
}
