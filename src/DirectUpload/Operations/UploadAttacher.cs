using DirectUpload.Lifecycle;
using DirectUpload.Stores;

namespace DirectUpload.Operations;

/// <summary>Attaches uploads to entities of the application and detaches them.</summary>
internal sealed class UploadAttacher(
    UploadFinder finder, RecordUpdater records, UploadAttachmentRules rules, UploadReplacement replacement)
{
    /// <summary>Attaches an upload that the caller may read.</summary>
    public async Task<UploadResult<UploadRecord>> AttachAsync(
        UploadId id, UploadAccess access, UploadAssociation association, string profile, bool replace, CancellationToken cancellationToken)
    {
        rules.Validate(association, profile);
        var found = await finder.FindForReadAsync(id, access, cancellationToken).ConfigureAwait(false);
        if (!found.Succeeded)
            return found.Error;
        UploadError? refusal = null;
        var attached = await records.UpdateAsync(
            found.Value,
            current => (refusal = rules.FindRefusal(current, association, profile)) is null
                ? UploadAttachmentRules.CreateEvent(current, association, replace)
                : null,
            cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
            return refusal;
        if (attached is null)
            return UploadOperations.NotFound;
        if (attached is { IsReplacing: true, Status: UploadStatus.Ready })
            await replacement.TryDeleteReplacedAsync(attached, cancellationToken).ConfigureAwait(false);
        return attached;
    }

    /// <summary>Checks whether an upload can be attached, without attaching it.</summary>
    public async Task<UploadResult<UploadRecord>> CheckAsync(
        UploadId id, UploadAccess access, string profile, UploadAssociation? association, CancellationToken cancellationToken)
    {
        var found = await finder.FindForReadAsync(id, access, cancellationToken).ConfigureAwait(false);
        return found.Succeeded && rules.FindRefusal(found.Value, association, profile) is { } refusal ? refusal : found;
    }

    /// <summary>Detaches an upload, with the rights of the application.</summary>
    /// <param name="id">The id of the upload.</param>
    /// <param name="association">The entity from which it is detached; null for any.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The record afterwards; unchanged when it was not attached to the entity.</returns>
    public async Task<UploadResult<UploadRecord>> DetachAsync(
        UploadId id, UploadAssociation? association, CancellationToken cancellationToken)
    {
        if (await records.Store.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } record)
            return UploadOperations.NotFound;
        // The uploads that this one has replaced must not come back.
        if (record is { IsReplacing: true, Status: UploadStatus.Ready } && (association is null || record.Association == association))
            await replacement.TryDeleteReplacedAsync(record, cancellationToken).ConfigureAwait(false);
        var detached = await records.UpdateAsync(
            record,
            current => current.Association is { } attached && (association is null || attached == association)
                ? rules.CreateDetached(current, delete: false)
                : null,
            cancellationToken).ConfigureAwait(false);
        return detached is null ? UploadOperations.NotFound : detached;
    }
}
