using DirectUpload.Primitives;
using DirectUpload.Stores;

namespace DirectUpload.Lifecycle;

/// <summary>Decides from the record alone whether its write token has expired.</summary>
internal static class WriteTokenExpiry
{
    /// <summary>Checks whether the write token has expired.</summary>
    /// <remarks>
    /// It expires at the record's WriteTokenExpiresAt; without one, when the upload has been in a terminal status for the lifetime. A later
    /// retry does not make it valid again.
    /// </remarks>
    public static bool IsExpired(UploadRecord record, TimeSpan lifetime, DateTimeOffset now)
    {
        if (record.WriteTokenExpiresAt is { } end)
            return end <= now;
        DateTimeOffset? since = null;
        foreach (var step in record.Transitions)
        {
            if (step.At - since >= lifetime)
                return true;
            since = step.Status.IsTerminal() ? since ?? step.At : null;
        }

        if (since is null && record.Status.IsTerminal())
            since = record.UpdatedAt;
        return now - since >= lifetime;
    }
}
