namespace DirectUpload.StoreConformance;

/// <summary>A store with data of its own. Disposing it removes the data, and whatever <see cref="OpenAnotherAsync"/> has opened.</summary>
public interface IStoreUnderTest : IAsyncDisposable
{
    /// <summary>The store.</summary>
    IUploadRecordStore Store { get; }

    /// <summary>
    /// A second instance on the same data, sharing with the first no more than a second process would. A store that keeps everything within the
    /// process gives the first one again.
    /// </summary>
    /// <param name="cancellationToken">Ends with the test run.</param>
    ValueTask<IUploadRecordStore> OpenAnotherAsync(CancellationToken cancellationToken);
}
