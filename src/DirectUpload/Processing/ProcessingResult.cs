namespace DirectUpload.Processing;

/// <summary>Represents a processor's decision about an upload's content: accepted, rejected with a reason, or not made yet.</summary>
public sealed class ProcessingResult
{
    private ProcessingResult(UploadError? rejection, DateTimeOffset? pendingUntil = null) =>
        (Rejection, PendingUntil) = (rejection, pendingUntil);

    /// <summary>Gets the result that accepts the content.</summary>
    /// <value>The result without a <see cref="Rejection"/>.</value>
    public static ProcessingResult Accept { get; } = new(null);

    /// <summary>Gets the reason for the rejection.</summary>
    /// <value>The code and the detail of the rejection; null when the content is not rejected.</value>
    public UploadError? Rejection { get; }

    /// <summary>Gets the time until which the upload waits for a decision that is made elsewhere.</summary>
    /// <value>The time, in UTC; null when the decision is made.</value>
    public DateTimeOffset? PendingUntil { get; }

    /// <summary>Creates a result that leaves the decision to <see cref="IDirectUploadService.CompleteProcessingAsync"/>.</summary>
    /// <param name="until">
    /// The deadline of the decision. If it passes, the upload is rejected, or accepted if the profile's
    /// <see cref="UploadProfile.AcceptWithoutDecision"/> is set.
    /// </param>
    /// <returns>The result with the time as <see cref="PendingUntil"/>.</returns>
    /// <remarks>
    /// The upload keeps the status <c>processing</c>, and its content is not served. It takes no worker and no lease while it waits. The
    /// later processors of the profile run after the decision, on the same object; this processor does not run again.
    /// </remarks>
    public static ProcessingResult Pending(DateTimeOffset until) => new(null, until.ToUniversalTime());

    /// <summary>Creates a result that rejects the content.</summary>
    /// <param name="code">A stable code for programs, lower-case and hyphenated, such as <c>infected</c>.</param>
    /// <param name="detail">What is wrong and what to do, in a sentence or two. The client receives it.</param>
    /// <returns>The result with the <see cref="Rejection"/>.</returns>
    /// <exception cref="ArgumentException">The code or the detail is null, empty or white space.</exception>
    /// <remarks>The objects of a rejected upload are deleted.</remarks>
    public static ProcessingResult Reject(string code, string detail)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        ArgumentException.ThrowIfNullOrWhiteSpace(detail);
        return new ProcessingResult(new UploadError(code, detail));
    }
}
