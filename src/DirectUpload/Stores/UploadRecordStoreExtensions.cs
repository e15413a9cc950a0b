namespace DirectUpload.Stores;

/// <summary>Finds records by object key in any store, because every key contains the id of its upload.</summary>
internal static class UploadRecordStoreExtensions
{
    /// <summary>Returns the latest state of the record that owns an object as its staging object, final object or variant.</summary>
    /// <remarks>The id is read from the key, so stores need no index of keys.</remarks>
    /// <param name="store">The store to search.</param>
    /// <param name="bucket">The bucket of the object.</param>
    /// <param name="key">The key of the object, not encoded.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The record; null when no record owns the object.</returns>
    public static async ValueTask<UploadRecord?> FindByKeyAsync(
        this IUploadRecordStore store, string bucket, string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return UploadId.TryFindIn(key, out var id)
            && await store.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } record
            && record.OwnsObject(bucket, key)
                ? record
                : null;
    }
}
