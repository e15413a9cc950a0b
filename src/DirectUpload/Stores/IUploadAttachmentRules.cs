namespace DirectUpload.Stores;

/// <summary>Decides whether an upload can be attached to an entity of the application, and how its record changes.</summary>
/// <remarks>
/// The rules are for stores that change records in a transaction of the application. All other code calls
/// <see cref="IDirectUploadService.AttachAsync"/>. A store replaces a record only if its version has not changed, as in
/// <see cref="IUploadRecordStore.TryUpdateAsync"/>; otherwise it reads the record again and asks again. The implementation is safe for
/// concurrent use.
/// </remarks>
public interface IUploadAttachmentRules
{
    /// <summary>Decides whether an upload can be attached.</summary>
    /// <param name="record">The record as it was read; null if it does not exist.</param>
    /// <param name="access">The access with which the caller proves that the upload is its own: at least the right to read.</param>
    /// <param name="association">The entity.</param>
    /// <param name="profile">The profile under which the upload must have been requested.</param>
    /// <returns>
    /// The changed record, or the same instance if the upload is attached to the entity already, or the reason why it cannot be attached.
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="association"/> or <paramref name="profile"/> is not valid.</exception>
    UploadResult<UploadRecord> Attach(UploadRecord? record, UploadAccess access, UploadAssociation association, string profile);

    /// <summary>Changes the record of an upload that its entity no longer refers to.</summary>
    /// <param name="record">The record as it was read.</param>
    /// <param name="delete">
    /// Whether the worker deletes the upload at once; otherwise it is kept for <see cref="UploadProfile.UnattachedRetention"/>.
    /// </param>
    /// <returns>The changed record.</returns>
    UploadRecord Detach(UploadRecord record, bool delete);

    /// <summary>Wakes the worker and the watchers of this process, after a changed record was committed.</summary>
    /// <param name="stored">The record as it was stored.</param>
    void NotifyChanged(UploadRecord stored);
}
