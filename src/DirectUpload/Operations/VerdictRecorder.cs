using DirectUpload.Lifecycle;
using DirectUpload.Stores;

namespace DirectUpload.Operations;

/// <summary>Stores the verdicts that uploads wait for. The worker then continues with the upload.</summary>
/// <remarks>The first verdict counts. The deadline decides exactly once, too: its decision and a verdict exclude each other.</remarks>
internal sealed class VerdictRecorder(RecordUpdater records)
{
    private static readonly TimeSpan MaxEarliness = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Stores the verdict of a processor.</summary>
    /// <remarks>
    /// A service may answer before the attempt that asked it has stored that the upload waits. A verdict of that time would be lost with
    /// the attempt, and its next attempt may have another object, so this method waits up to 5 seconds for the attempt.
    /// </remarks>
    /// <param name="id">The upload.</param>
    /// <param name="processor">The name of the processor.</param>
    /// <param name="rejection">The reason for a rejection; null to accept the content.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The record, unchanged if the same decision was stored before, or the reason why the verdict does not count.</returns>
    public async Task<UploadResult<UploadRecord>> GiveAsync(
        UploadId id, string processor, UploadError? rejection, CancellationToken cancellationToken)
    {
        var given = new UploadEvent.VerdictGiven(processor, rejection);
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            var (result, isEarly) = await UpdateAsync(id, given, isAbout: null, cancellationToken).ConfigureAwait(false);
            if (!isEarly || waited >= MaxEarliness)
                return result;
            await Task.Delay(Pause, records.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stores a verdict about one object, also before the upload waits for it: another object gets a verdict of its own.</summary>
    /// <param name="id">The upload.</param>
    /// <param name="given">The verdict, or that none can be expected.</param>
    /// <param name="isAbout">Checks whether the verdict is about the final object of a record.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The record, or the reason why the verdict does not count.</returns>
    public async Task<UploadResult<UploadRecord>> GiveAboutAsync(
        UploadId id, UploadEvent.Verdict given, Func<UploadRecord, bool> isAbout, CancellationToken cancellationToken) =>
        (await UpdateAsync(id, given, isAbout, cancellationToken).ConfigureAwait(false)).Result;

    private async Task<(UploadResult<UploadRecord> Result, bool IsEarly)> UpdateAsync(
        UploadId id, UploadEvent.Verdict given, Func<UploadRecord, bool>? isAbout, CancellationToken cancellationToken)
    {
        if (await records.Store.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } record)
            return (UploadOperations.NotFound, false);
        var (conflict, isEarly) = ((string?)null, false);
        var updated = await records.UpdateAsync(
            record,
            current =>
            {
                (conflict, isEarly) = (null, false);
                var known = VerdictRules.Find(current, given.Processor);
                if (known is { IsAwaited: false })
                    conflict = given.Agrees(known) ? null : "already has another verdict";
                else if (known is null && IsAttempted(current, given.Processor))
                {
                    isEarly = isAbout is null;
                    conflict = isEarly || given is UploadEvent.VerdictMissed || !isAbout!(current) ? "does not wait yet for a verdict" : null;
                }
                else if (current.AwaitedVerdict is null || known is null || isAbout?.Invoke(current) == false)
                    conflict = "does not wait for a verdict";
                else if (known.Deadline <= records.Clock.GetUtcNow())
                    conflict = "waited until its deadline for a verdict";
                return conflict is null && known is not { IsAwaited: false } ? given : null;
            },
            cancellationToken).ConfigureAwait(false);
        if (updated is null)
            return (UploadOperations.NotFound, false);
        return conflict is null
            ? (updated, false)
            : (new UploadError(UploadErrorCodes.Conflict, $"Upload {id} {conflict} of \"{given.Processor}\"."), isEarly);
    }

    private static bool IsAttempted(UploadRecord record, string processor) =>
        record.Status == UploadStatus.Processing && UploadLifecycle.IsAttempted(record) && record.RequiredProcessors.Contains(processor);
}
