using DirectUpload.Stores;
using static DirectUpload.Lifecycle.UploadEvent;

namespace DirectUpload.Lifecycle;

/// <summary>Decides how a record changes when an event happens to its upload.</summary>
/// <remarks>Only this class sets statuses and the times of the next action, of the purge and of notifications.</remarks>
internal static class UploadLifecycle
{
    private const string NoAttemptReported = "No attempt ended: each time the process crashed, or did not renew its lease.";

    /// <summary>Completes a new record, which is requested: its next action is due when a late PUT must have ended.</summary>
    /// <returns>The record itself, which no one else has yet.</returns>
    public static UploadRecord Begin(UploadRecord requested, DateTimeOffset grantExpiresAt) =>
        requested.Begin(grantExpiresAt, grantExpiresAt + LifecyclePolicy.UploadGracePeriod);

    /// <summary>Applies an event to a record.</summary>
    /// <returns>The changed copy, to be stored by compare-and-set.</returns>
    /// <exception cref="InvalidOperationException">
    /// <see cref="UploadTransitions"/> does not allow the event in the record's status.
    /// </exception>
    public static UploadRecord Apply(UploadRecord record, UploadEvent happened, DateTimeOffset now, LifecyclePolicy policy)
    {
        if (UploadTransitions.Find(record.Status, happened.GetType()) is not { } rule)
        {
            throw new InvalidOperationException(
                $"Upload {record.Id} is {record.Status}; the event {happened.GetType().Name} is not allowed in this status.");
        }

        var changed = rule.To is { } status ? TransitionTo(record, status, now) : record;
        return happened switch
        {
            MultipartBegun begun => changed with { Parts = record.Parts! with { MultipartId = begun.MultipartId } },
            GrantExtended grant => changed with
            {
                GrantExpiresAt = grant.ExpiresAt,
                NextActionAt = IsAttempted(record) ? record.NextActionAt : grant.ExpiresAt + LifecyclePolicy.UploadGracePeriod,
            },
            ObjectArrived stored =>
                changed with
                {
                    Size = stored.Size,
                    ETag = stored.ETag,
                    VersionId = stored.VersionId,
                    StoredChecksum = stored.Checksum,
                    NextActionAt = now,
                },
            ChecksumStated stated => changed with { ChecksumCrc64Nvme = stated.Crc64Nvme },
            Rejected rejected => changed with { Error = rejected.Reason, NextActionAt = now },
            Aborted aborted => changed with { Error = aborted.Reason ?? record.Error, NextActionAt = now },
            Expired expired => changed with { NextActionAt = expired.MayHaveObject ? now : now + LifecyclePolicy.UploadGracePeriod },
            // A failed upload has replaced no others.
            Deleted deleted => changed with
            {
                Error = deleted.Reason ?? record.Error,
                IsReplacing = record.IsReplacing && record.Status == UploadStatus.Ready,
                NextActionAt = now,
            },
            ProcessingStarted started => BeginAttempt(changed, started.FinalKey, now, policy),
            CopyStarted started => BeginAttempt(changed, started.FinalKey, now, policy),
            ObjectNotFound => changed with
            {
                NextActionAt = record.GrantExpiresAt + LifecyclePolicy.UploadGracePeriod,
                FailedAttempts = 0,
            },
            CopyInterrupted interrupted => changed with
            {
                NextActionAt = now + interrupted.Delay,
                FailedAttempts = 0,
                LastError = interrupted.Error ?? record.LastError,
            },
            ProcessingContinued => changed with { NextActionAt = now + policy.Lease },
            TypeDetected detected => changed with
            {
                ContentType = detected.ContentType,
                DeclaredContentType = record.SentContentType,
                FinalKey = detected.FinalKey,
                // A decision was about the object at the earlier key.
                Decisions = [],
            },
            LeaseRenewed => changed with { NextActionAt = now + policy.Lease },
            ProcessingInterrupted interrupted => changed with
            {
                NextActionAt = now + interrupted.Delay,
                FailedAttempts = Math.Max(record.FailedAttempts - 1, 0),
                LastError = interrupted.Error ?? record.LastError,
            },
            ProcessorFailed failed => changed with { NextActionAt = now + failed.Delay, LastError = failed.Error },
            ProcessingGivenUp givenUp => changed with
            {
                NextActionAt = changed.UpdatedAt + policy.FailedRetention,
                LastError = givenUp.Error ?? record.LastError ?? NoAttemptReported,
                Error = new UploadError(
                    "processing-failed",
                    $"Processing failed {record.FailedAttempts} times and was given up. Upload the file again, or request a retry."),
            },
            Completed completed => ReadySchedule.Begin(changed, completed.UnattachedRetention, now) with
            {
                ETag = completed.ETag,
                VersionId = completed.VersionId,
                StoredChecksum = completed.Checksum,
                Properties = completed.Properties,
                Variants = completed.Variants,
                FailedAttempts = 0,
                LastError = null,
            },
            DecisionAwaited awaited => DecisionRules.Await(changed, awaited),
            DecisionGiven given => DecisionRules.Decide(changed, given, now),
            DecisionMissed missed => DecisionRules.Expire(changed, missed.Processor, now),
            ProgressReported reported => changed with { Progress = reported.Progress },
            Retried => changed with { NextActionAt = now, FailedAttempts = 0, Error = null },
            Attached attached => ReadySchedule.Attach(
                changed with
                {
                    Association = attached.Association,
                    AttachedAt = record.Association == attached.Association ? record.AttachedAt ?? now : now,
                    IsReplacing = attached.Replaces || (record.IsReplacing && record.Association == attached.Association),
                },
                now),
            ReplacementEnded => ReadySchedule.EndReplacement(changed, now),
            Detached detached => ReadySchedule.Detach(changed with
            {
                Association = null,
                AttachedAt = null,
                IsReplacing = false,
            }, detached.UnattachedRetention, now),
            Erased => PersonalData.Erase(changed) with { NextActionAt = now },
            Postponed postponed => changed with { NextActionAt = postponed.Until },
            LeasedEarly => changed with
            {
                NextActionAt = record.Status == UploadStatus.Failed
                    ? record.UpdatedAt + policy.FailedRetention
                    : ReadySchedule.GetNextActionAt(record),
            },
            ObjectsDeleted deletion => ApplyDeletion(changed, deletion, now, policy),
            ReadTokenReplaced read => changed with { ReadTokenHash = read.Hash, ReadTokenExpiresAt = read.ExpiresAt },
            WriteTokenReplaced write => changed with { WriteTokenHash = write.Hash, WriteTokenExpiresAt = write.ExpiresAt },
            _ => throw new InvalidOperationException($"The event {happened.GetType().Name} is not implemented."),
        };
    }

    /// <summary>Checks whether a terminal record's next action is due; false when it was leased early.</summary>
    public static bool IsDue(UploadRecord record, DateTimeOffset now, LifecyclePolicy policy) => record.Status switch
    {
        UploadStatus.Failed => now >= record.UpdatedAt + policy.FailedRetention,
        UploadStatus.Ready => record.IsReplacing || ReadySchedule.GetNextActionAt(record) <= now,
        _ => true,
    };

    /// <summary>Checks whether an attempt holds the lease of a record, or did when its process crashed.</summary>
    public static bool IsAttempted(UploadRecord record) =>
        (record.Status == UploadStatus.Processing && record.AwaitedDecision is null)
        || record is { Status: UploadStatus.Requested, FailedAttempts: > 0 };

    /// <summary>Gets the status that callers see: while a confirm verifies the copy, the upload is processed for them.</summary>
    public static UploadStatus GetReportedStatus(UploadRecord record) => IsAttempted(record) ? UploadStatus.Processing : record.Status;

    private static UploadRecord BeginAttempt(
        UploadRecord record, string finalKey, DateTimeOffset now, LifecyclePolicy policy) => record with
        {
            NextActionAt = now + policy.Lease,
            Attempts = record.Attempts + 1,
            FailedAttempts = record.FailedAttempts + 1,
            FinalKey = finalKey,
            // A decision is about the object of one attempt.
            Decisions = record.KeepsFinalObject ? record.Decisions : [],
        };

    // Until the grace period ends, a client may write the staging key again. Then the objects are deleted again, and the record may be
    // purged.
    private static UploadRecord ApplyDeletion(UploadRecord record, ObjectsDeleted deletion, DateTimeOffset now, LifecyclePolicy policy)
    {
        var quietAt = record.GrantExpiresAt + LifecyclePolicy.UploadGracePeriod;
        // The record of an erased owner is purged as soon as the event handlers were notified.
        if (now >= quietAt && deletion.HasPendingNotifications && PersonalData.IsErased(record))
            quietAt = now + LifecyclePolicy.UploadGracePeriod;
        var isLast = (deletion.BegunAt ?? now) >= quietAt;
        return record with
        {
            NextActionAt = record is { Status: UploadStatus.Deleted, IsReplacing: true }
                ? now
                : ReadySchedule.Earlier(isLast ? null : quietAt, record.Status == UploadStatus.Ready ? record.AttachBy : null),
            PurgeAt = isLast && record.Status != UploadStatus.Ready ? now + GetRecordRetention(record, deletion, policy) : record.PurgeAt,
            NotifyAt = deletion is { HasPendingNotifications: true, QueueNotifications: true } ? now : record.NotifyAt,
        };
    }

    // A client can create thousands of records without objects at no cost, and support does not need them. Of an erased owner nothing is
    // kept.
    private static TimeSpan GetRecordRetention(UploadRecord record, ObjectsDeleted deletion, LifecyclePolicy policy) =>
        (record is { Status: UploadStatus.Aborted or UploadStatus.Expired, Size: null } || PersonalData.IsErased(record))
        && !deletion.HasPendingNotifications
            ? TimeSpan.Zero
            : policy.RecordRetention;

    private static UploadRecord TransitionTo(UploadRecord record, UploadStatus status, DateTimeOffset now)
    {
        var transitions = TransitionHistory.Add(record.Transitions, status, now);
        return record with
        {
            Status = status,
            // The time of the transition itself, which is unique among the transitions of this upload.
            UpdatedAt = transitions[^1].At,
            Transitions = transitions,
            Progress = null,
            NotifyAt = UploadTransitions.ShouldNotify(record.Status, status) ? transitions[^1].At : record.NotifyAt,
        };
    }
}
