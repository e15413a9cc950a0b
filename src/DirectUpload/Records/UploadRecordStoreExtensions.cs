using DirectUpload.Uploads;

namespace DirectUpload.Records;

/// <summary>What every store can do, because every key holds its upload's id.</summary>
public static class UploadRecordStoreExtensions
{
    /// <summary>
    /// The newest state of the record that owns the object at a key (its staging or final key, or one of its derivatives); null when none does. The id is
    /// read from the key, so no store needs an index of keys.
    /// </summary>
    /// <param name="store">Where to look.</param>
    /// <param name="bucket">The object's bucket.</param>
    /// <param name="key">The object's key, not encoded.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async ValueTask<UploadRecord?> FindByKeyAsync(
        this IUploadRecordStore store, string bucket, string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return UploadId.TryFindIn(key, out var id) && await store.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } record && record.Owns(bucket, key) ? record : null;
    }
}
