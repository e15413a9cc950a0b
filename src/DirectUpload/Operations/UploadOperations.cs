using DirectUpload.Cleanup;
using DirectUpload.Lifecycle;
using DirectUpload.Primitives;
using DirectUpload.Profiles;
using DirectUpload.Stores;

namespace DirectUpload.Operations;

/// <summary>Ends, retries and changes uploads on request.</summary>
internal sealed class UploadOperations(RecordUpdater records, UploadCleaner cleaner, ProfileCatalog profiles)
{
    /// <summary>Specifies the error for an upload that does not exist, or whose existence is hidden from the caller.</summary>
    public static readonly UploadError NotFound = new(UploadErrorCodes.NotFound, ErrorMessages.NotFound);

    /// <summary>Aborts a pending upload, or deletes a finished one, with its objects.</summary>
    /// <param name="record">The record as last read.</param>
    /// <param name="reason">The reason; null keeps the error of the record.</param>
    /// <param name="byClient">Whether the caller is a client; the profile may forbid clients to delete finished uploads.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The record afterwards; unchanged when the upload had already ended.</returns>
    public async Task<UploadResult<UploadRecord>> TerminateAsync(
        UploadRecord record, UploadError? reason, bool byClient, CancellationToken cancellationToken)
    {
        UploadError? refusal = null;
        UploadEvent? happened = null;
        var ended = await records.UpdateAsync(
            record,
            current =>
            {
                happened = CreateEnd(current, reason);
                refusal = byClient ? FindDeletionError(current, happened) : null;
                return refusal is null ? happened : null;
            },
            cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
            return refusal;
        if (ended is null)
            return NotFound;
        return happened is null ? ended : await cleaner.TryCleanUpAsync(ended, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Requests that a failed upload be processed again.</summary>
    /// <returns>The record afterwards; unchanged when it is pending or ready.</returns>
    public async Task<UploadResult<UploadRecord>> RetryAsync(UploadId id, CancellationToken cancellationToken)
    {
        if (await UpdateAsync(id, static current => current.Status == UploadStatus.Failed
            ? new UploadEvent.Retried()
            : null, cancellationToken).ConfigureAwait(false) is not { } record)
            return NotFound;
        return record.Status.IsTerminal() && record.Status != UploadStatus.Ready
            ? new UploadError(
                UploadErrorCodes.Conflict,
                $"The upload was {record.Status.ToLowerName()}, and its objects are deleted; it can't be retried.")
            : record;
    }

    /// <summary>Replaces the hash of the read token.</summary>
    /// <returns>The record afterwards; null when the upload does not exist.</returns>
    public Task<UploadRecord?> ReplaceReadTokenAsync(
        UploadId id, UploadToken token, TimeSpan? lifetime, CancellationToken cancellationToken) =>
        UpdateAsync(id, _ => new UploadEvent.ReadTokenReplaced(token.Hash(), records.Clock.GetUtcNow() + lifetime), cancellationToken);

    /// <summary>Replaces the hash of the write token and sets its expiry.</summary>
    /// <remarks>
    /// Without a lifetime, the new token gets the profile's lifetime if that of the old token has begun; otherwise it expires as the old
    /// one would have.
    /// </remarks>
    /// <returns>The record afterwards; null when the upload does not exist.</returns>
    public Task<UploadRecord?> RotateWriteTokenAsync(
        UploadId id, UploadToken token, TimeSpan? lifetime, CancellationToken cancellationToken) =>
        UpdateAsync(
            id,
            record =>
            {
                var (now, standard) = (records.Clock.GetUtcNow(), GetWriteTokenLifetime(record));
                var hasBegun = record.Status.IsTerminal()
                    || WriteTokenExpiry.IsExpired(record with { WriteTokenExpiresAt = null }, standard, now);
                return new UploadEvent.WriteTokenReplaced(
                    token.Hash(), lifetime is not null || hasBegun ? now + (lifetime ?? standard) : null);
            },
            cancellationToken);

    /// <summary>Revokes the write token.</summary>
    /// <returns>The record afterwards; null when the upload does not exist.</returns>
    public Task<UploadRecord?> RevokeWriteTokenAsync(UploadId id, CancellationToken cancellationToken) =>
        UpdateAsync(
            id, static record => new UploadEvent.WriteTokenReplaced(UploadToken.Create().Hash(), record.WriteTokenExpiresAt),
            cancellationToken);

    /// <summary>Gets how long the write token stays valid after the upload has ended.</summary>
    public TimeSpan GetWriteTokenLifetime(UploadRecord record) =>
        FindProfile(record)?.WriteTokenLifetime ?? UploadProfile.DefaultWriteTokenLifetime;

    /// <summary>Creates the event that ends an upload; null when it has ended without content.</summary>
    public static UploadEvent? CreateEnd(UploadRecord record, UploadError? reason) => record.Status switch
    {
        UploadStatus.Ready or UploadStatus.Failed => new UploadEvent.Deleted(reason),
        UploadStatus.Requested or UploadStatus.Uploaded or UploadStatus.Processing => new UploadEvent.Aborted(reason),
        _ => null,
    };

    private async Task<UploadRecord?> UpdateAsync(
        UploadId id, Func<UploadRecord, UploadEvent?> decide, CancellationToken cancellationToken) =>
        await records.Store.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } record
            ? await records.UpdateAsync(record, decide, cancellationToken).ConfigureAwait(false)
            : null;

    // An entity of the application refers to an attached upload, also while it is processed.
    private UploadError? FindDeletionError(UploadRecord record, UploadEvent? end)
    {
        if (end is not null && record.AttachedAt is not null)
        {
            return new(
                UploadErrorCodes.DeletionNotAllowed, "The upload is attached to an entity; only the application can delete it.");
        }

        return end is UploadEvent.Deleted && FindProfile(record)?.ClientsMayDelete == false
            ? new(
                UploadErrorCodes.DeletionNotAllowed, "The upload is finished; its profile allows only the application to delete it.")
            : null;
    }

    private UploadProfile? FindProfile(UploadRecord record) => profiles.TryGet(record.Profile, out var profile) ? profile : null;
}
