using DirectUpload.Stores;

namespace DirectUpload.Lifecycle;

/// <summary>Computes the next action of a ready upload: to clean up, to replace older uploads, or to delete an unattached one.</summary>
internal static class ReadySchedule
{
    /// <summary>Specifies when a replacement is completed; until then, a list of a store may lag behind writes.</summary>
    private static readonly TimeSpan ReplacementDelay = TimeSpan.FromSeconds(10);

    /// <summary>Schedules an upload that has become ready.</summary>
    public static UploadRecord Begin(UploadRecord record, TimeSpan? unattachedRetention, DateTimeOffset now)
    {
        var ready = record with { AttachBy = record.Association is null ? record.AttachBy ?? now + unattachedRetention : null };
        return ready with { NextActionAt = ready.IsReplacing ? now : GetNextActionAt(ready) };
    }

    /// <summary>Schedules an upload that was attached; it no longer expires.</summary>
    public static UploadRecord Attach(UploadRecord record, DateTimeOffset now)
    {
        var attached = record with { AttachBy = null };
        if (record.Status != UploadStatus.Ready)
            return attached;
        var next = record.AttachBy is { } end && record.NextActionAt == end ? GetCleanUpAfter(record, end) : record.NextActionAt;
        return attached with { NextActionAt = record.IsReplacing ? Earlier(next, now + ReplacementDelay) : next };
    }

    /// <summary>Schedules an upload that was detached.</summary>
    /// <remarks>
    /// The time of an upload that is not ready starts when it becomes ready, unless it is to be deleted at once.
    /// </remarks>
    public static UploadRecord Detach(UploadRecord record, TimeSpan? unattachedRetention, DateTimeOffset now)
    {
        if (record.Status != UploadStatus.Ready)
            return record with { AttachBy = unattachedRetention == TimeSpan.Zero && !record.IsTerminal ? now : null };
        if (unattachedRetention is not { } time)
            return record with { AttachBy = null };
        // A pending action is taken now: if its time were replaced, Attach would not know that the staging object must still be deleted.
        return record with { AttachBy = now + time, NextActionAt = record.NextActionAt is null ? now + time : now };
    }

    /// <summary>Schedules an upload that has replaced the older ones. Whether its staging object was deleted is unknown.</summary>
    public static UploadRecord EndReplacement(UploadRecord record, DateTimeOffset now) => record with
    {
        IsReplacing = false,
        NextActionAt = record.Status == UploadStatus.Ready
            ? GetCleanUpAfter(record, now) ?? (GetCleanUpAt(record) is null ? null : now)
            : now,
    };

    /// <summary>Gets the next action, unless older uploads must be replaced first.</summary>
    public static DateTimeOffset? GetNextActionAt(UploadRecord ready) => Earlier(GetCleanUpAt(ready), ready.AttachBy);

    /// <summary>Gets the earlier of two times; null stands for never.</summary>
    public static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    // The staging object of a ready upload is deleted once no presigned URL can write it again. In-place finalization has no staging
    // object.
    private static DateTimeOffset? GetCleanUpAt(UploadRecord ready) => ready.FinalKey == ready.StagingKey ? null : ready.GrantExpiresAt;

    // The staging object is deleted twice: when the grant ends, and when a late PUT must have ended.
    private static DateTimeOffset? GetCleanUpAfter(UploadRecord ready, DateTimeOffset time)
    {
        if (GetCleanUpAt(ready) is not { } first)
            return null;
        if (time < first)
            return first;
        var second = first + LifecyclePolicy.UploadGracePeriod;
        return time < second ? second : null;
    }
}
