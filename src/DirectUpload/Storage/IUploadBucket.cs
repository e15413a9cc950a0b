namespace DirectUpload.Storage;

/// <summary>Provides the storage operations on one bucket that the upload lifecycle needs.</summary>
/// <remarks>
/// Every call has a timeout. It throws <see cref="StorageUnavailableException"/> when storage is unavailable, and
/// <see cref="StorageRefusedException"/> when storage refuses the application's configuration. Neither exception proves anything about the
/// object. Instances are safe for concurrent use.
/// </remarks>
internal interface IUploadBucket
{
    /// <summary>
    /// Gets whether a copy can be verified in place of its source: the server refuses to replace a copy that must be new, and its response
    /// has the ETag and the checksum of the copy.
    /// </summary>
    /// <remarks>False until the first copy has shown it.</remarks>
    bool VerifiesCopies { get; }

    /// <summary>Gets the attributes of the object at a key.</summary>
    /// <returns>The object; null when it does not exist.</returns>
    /// <exception cref="StorageRefusedException">The bucket does not exist, or the permission is missing.</exception>
    Task<StoredObject?> HeadAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Opens a range of the object that has a given ETag.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="eTag">The ETag that the object must have, as storage returned it.</param>
    /// <param name="offset">The index of the first byte, from 0.</param>
    /// <param name="length">The number of bytes, at least 1 and at most those that the object has from there.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The stream; null when the object at the key does not have the ETag.</returns>
    /// <exception cref="IOException">Storage returned another range.</exception>
    Task<Stream?> OpenReadAsync(string key, string eTag, long offset, long length, CancellationToken cancellationToken = default);

    /// <summary>Reads the attributes and the first bytes of the object that has a given ETag, in one call.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="eTag">The ETag that the object must have, as storage returned it.</param>
    /// <param name="length">The number of bytes, at least 1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The start of the object; null when the object at the key does not have the ETag.</returns>
    /// <exception cref="IOException">Storage returned fewer bytes than the object has.</exception>
    Task<ObjectStart?> ReadStartAsync(string key, string eTag, int length, CancellationToken cancellationToken = default);

    /// <summary>
    /// Copies an object within the bucket if it still has the ETag and the version, above 5 GiB in parts; or, without an ETag, if it exists
    /// and the copy's key has no object.
    /// </summary>
    /// <returns>The copy; null when the source is no longer that object, or does not exist.</returns>
    Task<CopiedObject?> TryCopyAsync(ConditionalCopy copy, CancellationToken cancellationToken = default);

    /// <summary>Writes an object, and replaces an existing one.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="contentType">The object's Content-Type.</param>
    /// <param name="content">The object's bytes: a stream that can seek, from its position on, at most 5 GiB.</param>
    /// <param name="settings">The object's ACL, encryption, response headers, metadata and tags.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task PutAsync(string key, string contentType, Stream content, ObjectSettings settings, CancellationToken cancellationToken = default);

    /// <summary>Lists the objects whose keys begin with a prefix, in the order of their keys, page by page.</summary>
    IAsyncEnumerable<ListedObject> ListAsync(string prefix, CancellationToken cancellationToken = default);

    /// <summary>Lists the keys that begin with a prefix and have an object or, in a versioned bucket, any version.</summary>
    /// <param name="prefix">The prefix of the keys.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>Each key once, in the order of the keys, page by page.</returns>
    IAsyncEnumerable<string> ListKeysAsync(string prefix, CancellationToken cancellationToken = default);

    /// <summary>Lists the incomplete multipart uploads whose keys begin with a prefix, page by page.</summary>
    IAsyncEnumerable<IncompleteMultipartUpload> ListIncompleteMultipartUploadsAsync(
        string prefix, CancellationToken cancellationToken = default);

    /// <summary>Starts a multipart upload, which determines the type and the settings of its object.</summary>
    /// <remarks>With part checksums, each part must be sent with its SHA-256.</remarks>
    /// <returns>The id that storage assigned to the multipart upload.</returns>
    Task<string> CreateMultipartUploadAsync(
        string key, string contentType, ObjectSettings settings, bool partChecksums, CancellationToken cancellationToken = default);

    /// <summary>Lists the stored parts of a multipart upload, in the order of their numbers.</summary>
    /// <returns>The parts; null when the multipart upload does not exist, or no longer exists.</returns>
    Task<IReadOnlyList<StoredPart>?> ListPartsAsync(string key, string multipartId, CancellationToken cancellationToken = default);

    /// <summary>Completes a multipart upload, which creates the object.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="multipartId">The id of the multipart upload.</param>
    /// <param name="parts">The parts, in the order of their numbers, as storage lists them.</param>
    /// <param name="onlyIfNew">Whether an existing object must not be replaced, where the server supports the condition.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// False when the multipart upload does not exist, an existing object must not be replaced, or storage does not accept the parts.
    /// </returns>
    Task<bool> TryCompleteMultipartUploadAsync(
        string key, string multipartId, IReadOnlyList<StoredPart> parts, bool onlyIfNew, CancellationToken cancellationToken = default);

    /// <summary>Aborts a multipart upload; does nothing when it no longer exists.</summary>
    Task AbortMultipartUploadAsync(IncompleteMultipartUpload multipart, CancellationToken cancellationToken = default);

    /// <summary>Sets the lifecycle rules of DirectUpload on the bucket; replaces earlier ones and keeps all other rules.</summary>
    Task SetLifecycleAsync(BucketLifecycleRules lifecycle, CancellationToken cancellationToken = default);

    /// <summary>Sets the canned ACL of an object.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="versionId">The object's version, in a versioned bucket; null for the latest.</param>
    /// <param name="acl">The name of the canned ACL, such as <c>public-read</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task SetAclAsync(string key, string? versionId, string acl, CancellationToken cancellationToken = default);

    /// <summary>Deletes the object at a key permanently; in a versioned bucket, all its versions and delete markers.</summary>
    /// <remarks>Does nothing when there is no object. The call may be repeated.</remarks>
    Task DeleteAsync(string key, CancellationToken cancellationToken = default);
}
