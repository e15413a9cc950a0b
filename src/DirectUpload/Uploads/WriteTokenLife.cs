namespace DirectUpload.Uploads;

/// <summary>How long a write token opens, read from the record alone.</summary>
internal static class WriteTokenLife
{
    /// <summary>Whether it is over: at the time that the record names, or once the upload was in a terminal status for the lifetime. A retry afterwards does not revive it.</summary>
    public static bool IsOver(UploadRecord record, TimeSpan lifetime, DateTimeOffset now)
    {
        if (record.WriteTokenExpiresAt is { } end)
            return end <= now;
        DateTimeOffset? since = null;
        foreach (var step in record.Audit.Transitions)
        {
            if (step.At - since >= lifetime)
                return true;
            since = step.Status.IsSettled() ? since ?? step.At : null;
        }

        if (since is null && record.Status.IsSettled())
            since = record.UpdatedAt;
        return now - since >= lifetime;
    }
}
