using DirectUpload.Uploads;

namespace DirectUpload.Storage;

/// <summary>
/// What the life cycle needs of one bucket. Every call has a limit of its own and throws <see cref="StorageUnavailableException"/> when storage is unavailable, and
/// <see cref="StorageRefusedException"/> when it refuses the application's configuration: nothing is ever concluded from either. Safe for concurrent use.
/// </summary>
public interface IUploadBucket
{
    /// <summary>What is at a key; null when nothing is. A bucket that does not exist is no such answer, but refused.</summary>
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

    /// <summary>
    /// Copies within the bucket, pinned to the source's ETag and version; false when the source is no longer that object. Above 5 GiB, part by part.
    /// </summary>
    Task<bool> TryCopyAsync(PinnedCopy copy, CancellationToken cancellationToken = default);

    /// <summary>Writes an object, replacing what is there.</summary>
    /// <param name="key">Where.</param>
    /// <param name="contentType">Its Content-Type.</param>
    /// <param name="content">Its bytes: a stream that can seek, from its position on, at most 5 GiB.</param>
    /// <param name="settings">Its ACL, encryption, response headers, metadata and tags.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task PutAsync(string key, string contentType, Stream content, ObjectSettings settings, CancellationToken cancellationToken = default);

    /// <summary>The objects whose keys begin so, in the order of their keys, asked for page by page.</summary>
    IAsyncEnumerable<ListedObject> ListAsync(string prefix, CancellationToken cancellationToken = default);

    /// <summary>
    /// Lists the keys that begin so and hold anything, in the order of the keys: where the bucket keeps versions, also those whose object is deleted and whose earlier versions are still there.
    /// </summary>
    /// <param name="prefix">What the keys begin with.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>Each key once, asked for page by page.</returns>
    IAsyncEnumerable<string> ListKeysAsync(string prefix, CancellationToken cancellationToken = default);

    /// <summary>The multipart uploads that were begun and not ended, whose keys begin so, asked for page by page.</summary>
    IAsyncEnumerable<UnfinishedMultipart> ListUnfinishedAsync(string prefix, CancellationToken cancellationToken = default);

    /// <summary>Begins a multipart upload; its object gets type and settings now. With part checksums, each part must come with its SHA-256.</summary>
    /// <returns>Storage's own id of it.</returns>
    Task<string> BeginAsync(string key, string contentType, ObjectSettings settings, bool partChecksums, CancellationToken cancellationToken = default);

    /// <summary>The parts that storage has of a multipart upload, by their numbers; null when there is no such upload (any more).</summary>
    Task<IReadOnlyList<StoredPart>?> ListPartsAsync(string key, string multipartId, CancellationToken cancellationToken = default);

    /// <summary>Makes an object of the parts; false when there is no such upload (any more), an object is there that may not be replaced, or the parts make none.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="multipartId">The upload.</param>
    /// <param name="parts">Its parts, by their numbers, as storage lists them.</param>
    /// <param name="onlyIfNew">Whether an object that is at the key already must stay, where the provider can say so.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<bool> TryCompleteAsync(string key, string multipartId, IReadOnlyList<StoredPart> parts, bool onlyIfNew, CancellationToken cancellationToken = default);

    /// <summary>Ends a multipart upload without an object; nothing happens when it has ended already.</summary>
    Task AbortAsync(UnfinishedMultipart multipart, CancellationToken cancellationToken = default);

    /// <summary>Puts our lifecycle rules on the bucket, in place of those that were put before; all other rules stay.</summary>
    Task SetLifecycleAsync(StagingLifecycle lifecycle, CancellationToken cancellationToken = default);

    /// <summary>Sets the canned ACL of an object.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="versionId">Its version, in a versioned bucket; null for the latest.</param>
    /// <param name="acl">The canned ACL's name, such as <c>public-read</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task SetAclAsync(string key, string? versionId, string acl, CancellationToken cancellationToken = default);

    /// <summary>
    /// Deletes the object at a key, for good: where the bucket keeps versions, each of its versions and delete markers. Does nothing where there is no object. May be repeated.
    /// </summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken = default);
}
