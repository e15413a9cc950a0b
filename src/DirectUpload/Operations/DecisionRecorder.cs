using DirectUpload.Lifecycle;
using DirectUpload.Stores;

namespace DirectUpload.Operations;

/// <summary>Stores the decisions that uploads wait for. The worker then continues with the upload.</summary>
/// <remarks>The first decision counts. The deadline decides exactly once, too: its decision and a decision exclude each other.</remarks>
internal sealed class DecisionRecorder(RecordUpdater records)
{
    private static readonly TimeSpan MaxEarliness = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Stores the decision of a processor.</summary>
    /// <remarks>
    /// A service may answer before the attempt that asked it has stored that the upload waits. A decision of that time would be lost with
    /// the attempt, and its next attempt may have another object, so this method waits up to 5 seconds for the attempt.
    /// </remarks>
    /// <param name="id">The upload.</param>
    /// <param name="given">The decision.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The record, unchanged if the same decision was stored before, or the reason why the decision does not count.</returns>
    public async Task<UploadResult<UploadRecord>> GiveAsync(
        UploadId id, UploadEvent.DecisionGiven given, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            var (result, isEarly) = await UpdateAsync(id, given, isAbout: null, cancellationToken).ConfigureAwait(false);
            if (!isEarly || waited >= MaxEarliness)
                return result;
            await Task.Delay(Pause, records.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stores a decision about one object, also before the upload waits: another object gets its own decision.</summary>
    /// <param name="id">The upload.</param>
    /// <param name="given">The decision, or that none can be expected.</param>
    /// <param name="isAbout">Checks whether the decision is about the final object of a record.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The record, or the reason why the decision does not count.</returns>
    public async Task<UploadResult<UploadRecord>> GiveAboutAsync(
        UploadId id, UploadEvent.Decision given, Func<UploadRecord, bool> isAbout, CancellationToken cancellationToken) =>
        (await UpdateAsync(id, given, isAbout, cancellationToken).ConfigureAwait(false)).Result;

    private async Task<(UploadResult<UploadRecord> Result, bool IsEarly)> UpdateAsync(
        UploadId id, UploadEvent.Decision given, Func<UploadRecord, bool>? isAbout, CancellationToken cancellationToken)
    {
        if (await records.Store.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } record)
            return (UploadOperations.NotFound, false);
        var outcome = default(Outcome);
        var updated = await records.UpdateAsync(
            record,
            current => (outcome = Check(current, given, isAbout)).IsNew ? given : null,
            cancellationToken).ConfigureAwait(false);
        if (updated is null)
            return (UploadOperations.NotFound, false);
        return outcome.Conflict is { } conflict
            ? (new UploadError(UploadErrorCodes.Conflict, $"Upload {id} {conflict} of \"{given.Processor}\"."), outcome.IsEarly)
            : (updated, false);
    }

    private Outcome Check(UploadRecord record, UploadEvent.Decision given, Func<UploadRecord, bool>? isAbout)
    {
        var known = DecisionRules.Find(record, given.Processor);
        if (known is { IsAwaited: false })
            return given.Agrees(known) ? default : new("already has another decision");
        if (known is null && IsAttempted(record, given.Processor))
        {
            return given is UploadEvent.DecisionGiven && isAbout?.Invoke(record) == true
                ? Outcome.New
                : new("does not wait yet for a decision", IsEarly: isAbout is null);
        }

        if (known is null || record.AwaitedDecision is null || isAbout?.Invoke(record) == false)
            return new("does not wait for a decision");
        return known.Deadline <= records.Clock.GetUtcNow() ? new("waited until its deadline for a decision") : Outcome.New;
    }

    private static bool IsAttempted(UploadRecord record, string processor) =>
        record.Status == UploadStatus.Processing && UploadLifecycle.IsAttempted(record) && record.RequiredProcessors.Contains(processor);

    /// <summary>What follows from a decision; nothing if it repeats another one.</summary>
    private readonly record struct Outcome(string? Conflict = null, bool IsEarly = false, bool IsNew = false)
    {
        public static Outcome New { get; } = new(IsNew: true);
    }
}
