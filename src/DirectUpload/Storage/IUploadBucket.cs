namespace DirectUpload.Storage;

/// <summary>
/// What the life cycle needs of one bucket. Exceptions mean an outage or a misconfiguration and pass through: nothing is ever concluded from
/// them. Safe for concurrent use.
/// </summary>
public interface IUploadBucket
{
    /// <summary>What is at a key; null when nothing is.</summary>
    Task<StoredObject?> HeadAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads from one exact object: null when the object at the key is no longer the one with <paramref name="eTag"/>.
    /// </summary>
    /// <param name="key">The object's key.</param>
    /// <param name="eTag">The ETag that it must have, as storage gave it.</param>
    /// <param name="offset">The first byte, from 0.</param>
    /// <param name="length">How many bytes, at least 1; the answer is shorter at the object's end.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<Stream?> OpenReadAsync(string key, string eTag, long offset, long length, CancellationToken cancellationToken = default);

    /// <summary>Copies within the bucket, pinned to the source's ETag and version; false when the source is no longer that object.</summary>
    Task<bool> TryCopyAsync(PinnedCopy copy, CancellationToken cancellationToken = default);

    /// <summary>Deletes the object at a key; nothing happens when there is none.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken = default);
}
