namespace DirectUpload;

/// <summary>Represents the decision of one processor about an upload, or the wait for it.</summary>
/// <param name="Processor">The name of the processor.</param>
/// <param name="Deadline">
/// The time, in UTC, until which the upload waits for the decision; null when the upload does not wait for it.
/// </param>
/// <param name="DecidedAt">The time of the decision, in UTC; null while the upload waits.</param>
/// <param name="Rejection">The reason for which the processor rejected the content; null when it did not.</param>
/// <param name="DecidedBy">Who made the decision; null if the call named no one, and for a decision of the deadline.</param>
/// <remarks>A record has decisions only if a processor returned <see cref="Processing.ProcessingResult.Pending"/>.</remarks>
public sealed record UploadDecision(
    string Processor, DateTimeOffset? Deadline = null, DateTimeOffset? DecidedAt = null, UploadError? Rejection = null,
    string? DecidedBy = null)
{
    /// <summary>Gets whether the upload waits for the decision.</summary>
    /// <value>True until the decision is made, by a call or at the deadline.</value>
    public bool IsAwaited => DecidedAt is null;
}
