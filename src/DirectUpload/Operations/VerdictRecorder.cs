using DirectUpload.Lifecycle;
using DirectUpload.Stores;

namespace DirectUpload.Operations;

/// <summary>Stores the verdicts that uploads wait for. The worker then continues with the upload.</summary>
/// <remarks>The first verdict counts. The deadline decides exactly once, too: its decision and a verdict exclude each other.</remarks>
internal sealed class VerdictRecorder(RecordUpdater records)
{
    /// <summary>Stores the verdict of a processor.</summary>
    /// <param name="id">The upload.</param>
    /// <param name="processor">The name of the processor.</param>
    /// <param name="rejection">The reason for a rejection; null to accept the content.</param>
    /// <param name="isAbout">Checks whether the verdict is about the object of a record.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The record, unchanged if the same decision was stored before, or the reason why the verdict does not count.</returns>
    public Task<UploadResult<UploadRecord>> GiveAsync(
        UploadId id, string processor, UploadError? rejection, Func<UploadRecord, bool> isAbout, CancellationToken cancellationToken) =>
        UpdateAsync(id, processor, rejection is null, isAbout, () => new UploadEvent.VerdictGiven(processor, rejection), cancellationToken);

    /// <summary>Lets the deadline decide now, because no verdict can be expected.</summary>
    /// <returns>The record, or the reason why it does not wait.</returns>
    public Task<UploadResult<UploadRecord>> MissAsync(
        UploadId id, string processor, Func<UploadRecord, bool> isAbout, CancellationToken cancellationToken) =>
        UpdateAsync(id, processor, isAccepted: null, isAbout, () => new UploadEvent.VerdictMissed(processor), cancellationToken);

    private async Task<UploadResult<UploadRecord>> UpdateAsync(
        UploadId id, string processor, bool? isAccepted, Func<UploadRecord, bool> isAbout, Func<UploadEvent> create,
        CancellationToken cancellationToken)
    {
        if (await records.Store.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } record)
            return UploadOperations.NotFound;
        UploadError? refusal = null;
        var updated = await records.UpdateAsync(
            record,
            current =>
            {
                (refusal, var isNew) = Check(current, processor, isAccepted, isAbout);
                return isNew ? create() : null;
            },
            cancellationToken).ConfigureAwait(false);
        return refusal is not null ? refusal : updated is null ? UploadOperations.NotFound : updated;
    }

    private (UploadError? Refusal, bool IsNew) Check(
        UploadRecord record, string processor, bool? isAccepted, Func<UploadRecord, bool> isAbout)
    {
        var known = VerdictRules.Find(record, processor);
        if (known is { IsAwaited: false })
            return (isAccepted == known.Rejection is null ? null : CreateConflict(record, processor, "already has another verdict"), false);
        // A processor may be answered before its attempt has stored that the upload waits.
        var isExpected = record.Status == UploadStatus.Processing
            && (known is not null || (isAccepted is not null && record.RequiredProcessors.Contains(processor)));
        if (!isExpected || !isAbout(record))
            return (CreateConflict(record, processor, "does not wait for a verdict"), false);
        return known?.Deadline <= records.Clock.GetUtcNow()
            ? (CreateConflict(record, processor, "waited until its deadline for a verdict"), false)
            : (null, true);
    }

    private static UploadError CreateConflict(UploadRecord record, string processor, string reason) =>
        new(UploadErrorCodes.Conflict, $"Upload {record.Id} {reason} of \"{processor}\"; the verdict does not count.");
}
