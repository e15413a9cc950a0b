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
        var decision = default(Decision);
        var updated = await records.UpdateAsync(
            record,
            current => (decision = Decide(current, given, isAbout)).IsNew ? given : null,
            cancellationToken).ConfigureAwait(false);
        if (updated is null)
            return (UploadOperations.NotFound, false);
        return decision.Conflict is { } conflict
            ? (new UploadError(UploadErrorCodes.Conflict, $"Upload {id} {conflict} of \"{given.Processor}\"."), decision.IsEarly)
            : (updated, false);
    }

    private Decision Decide(UploadRecord record, UploadEvent.Verdict given, Func<UploadRecord, bool>? isAbout)
    {
        var known = VerdictRules.Find(record, given.Processor);
        if (known is { IsAwaited: false })
            return given.Agrees(known) ? default : new("already has another verdict");
        if (known is null && IsAttempted(record, given.Processor))
        {
            return given is UploadEvent.VerdictGiven && isAbout?.Invoke(record) == true
                ? Decision.New
                : new("does not wait yet for a verdict", IsEarly: isAbout is null);
        }

        if (known is null || record.AwaitedVerdict is null || isAbout?.Invoke(record) == false)
            return new("does not wait for a verdict");
        return known.Deadline <= records.Clock.GetUtcNow() ? new("waited until its deadline for a verdict") : Decision.New;
    }

    private static bool IsAttempted(UploadRecord record, string processor) =>
        record.Status == UploadStatus.Processing && UploadLifecycle.IsAttempted(record) && record.RequiredProcessors.Contains(processor);

    /// <summary>What follows from a verdict; nothing if it repeats another one.</summary>
    private readonly record struct Decision(string? Conflict = null, bool IsEarly = false, bool IsNew = false)
    {
        public static Decision New { get; } = new(IsNew: true);
    }
}
