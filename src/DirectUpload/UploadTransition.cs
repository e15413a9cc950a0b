namespace DirectUpload;

/// <summary>Represents a transition of an upload to another status.</summary>
/// <param name="Status">The new status.</param>
/// <param name="At">The time of the transition, in UTC.</param>
public sealed record UploadTransition(UploadStatus Status, DateTimeOffset At);
