using DirectUpload.Stores;

namespace DirectUpload.Benchmarks;

/// <summary>Puts records into a status without the event that leads to it.</summary>
internal static class RecordTransitions
{
    public static UploadRecord TransitionTo(this UploadRecord record, UploadStatus status, DateTimeOffset now) =>
        record with { Status = status, UpdatedAt = now, Transitions = [.. record.Transitions, new UploadTransition(status, now)] };
}
