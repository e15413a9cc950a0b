namespace DirectUpload;

// How uploads belong to entities of the application, and to owners.
public partial interface IDirectUploadService
{
    /// <summary>Attaches a ready upload to an entity of the application, which claims it.</summary>
    /// <remarks>
    /// <para>
    /// A client can name any id in a form, so the call checks that the upload belongs to the caller and was requested under the expected
    /// profile. An attached upload no longer expires, and clients can no longer delete it. Repeated calls have the same result.
    /// </para>
    /// <para>
    /// With the Entity Framework Core store in the context of the application, <c>db.Uploads().Attach()</c> and <c>HasUpload()</c> attach
    /// in the transaction of <c>SaveChanges()</c> instead.
    /// </para>
    /// </remarks>
    /// <param name="id">The id of the upload.</param>
    /// <param name="access">The access of the caller, with at least the right to read: the signed-in owner, or a token.</param>
    /// <param name="association">The entity, and what the upload is to it.</param>
    /// <param name="profile">The name of the profile under which the upload must have been requested.</param>
    /// <param name="replace">
    /// Whether the upload takes the place of those with the same association: they are deleted, with their objects. The default is false:
    /// an entity can have many uploads.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>
    /// The upload, or the reason why it cannot be attached: <see cref="UploadErrorCodes.NotFound"/>,
    /// <see cref="UploadErrorCodes.WrongProfile"/>, <see cref="UploadErrorCodes.NotReady"/>,
    /// <see cref="UploadErrorCodes.AttachedElsewhere"/>, <see cref="UploadErrorCodes.Mismatch"/>,
    /// <see cref="UploadErrorCodes.ProcessingFailed"/>, <see cref="UploadErrorCodes.Expired"/> or <see cref="UploadErrorCodes.Deleted"/>.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="association"/> is not valid, or no profile has the name <paramref name="profile"/>.
    /// </exception>
    Task<UploadResult<Upload>> AttachAsync(
        UploadId id, UploadAccess access, UploadAssociation association, string profile, bool replace = false,
        CancellationToken cancellationToken = default);

    /// <summary>Checks whether an upload could be attached now, for the validation of a form.</summary>
    /// <remarks>The result can change until the upload is attached, so <see cref="AttachAsync"/> checks again.</remarks>
    /// <param name="id">The id of the upload.</param>
    /// <param name="access">The access of the caller, with at least the right to read: the signed-in owner, or a token.</param>
    /// <param name="profile">The name of the profile under which the upload must have been requested.</param>
    /// <param name="association">
    /// The entity, if it exists already: an upload that is attached to it is accepted. Null for a new entity.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The upload, or the reason why it cannot be attached, as of <see cref="AttachAsync"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="profile"/> is null or empty.</exception>
    Task<UploadResult<Upload>> CheckAttachAsync(
        UploadId id, UploadAccess access, string profile, UploadAssociation? association = null,
        CancellationToken cancellationToken = default);

    /// <summary>Detaches an upload from its entity, with the rights of the application.</summary>
    /// <remarks>The upload is deleted after <see cref="UploadProfile.UnattachedRetention"/>, if the profile has one.</remarks>
    /// <param name="id">The id of the upload.</param>
    /// <param name="association">The entity from which it is detached; null for any.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>
    /// The upload, unchanged if it was not attached to the entity, or <see cref="UploadErrorCodes.NotFound"/>.
    /// </returns>
    Task<UploadResult<Upload>> DetachAsync(
        UploadId id, UploadAssociation? association = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes all uploads of an owner, and erases the personal data in their records.</summary>
    /// <remarks>
    /// <para>
    /// The call deletes the objects, with all their versions, and removes file names, metadata, properties, associations, addresses, user
    /// agents and error messages from the records. The id of the owner and the keys stay until no presigned URL of the upload is valid any
    /// more; the worker then deletes late objects and the record itself.
    /// </para>
    /// <para>
    /// If the call throws, the worker completes what it has begun; call again for the rest. Uploads that are requested during the call may
    /// be missed, so sign the owner out first. Backups, logs and a CDN are not changed.
    /// </para>
    /// </remarks>
    /// <param name="owner">The owner, as in <see cref="UploadCaller.Owner"/>.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The number of uploads that this call has erased.</returns>
    /// <exception cref="ArgumentException"><paramref name="owner"/> is null or empty.</exception>
    Task<int> EraseOwnerAsync(string owner, CancellationToken cancellationToken = default);
}
