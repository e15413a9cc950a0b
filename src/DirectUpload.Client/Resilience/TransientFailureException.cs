namespace DirectUpload.Client.Resilience;

/// <summary>Represents a failure that a retry may resolve; it never leaves the library.</summary>
/// <param name="detail">The description of the failure.</param>
/// <param name="cause">The cause.</param>
/// <param name="retryAfter">The delay that the server requested, or null.</param>
internal sealed class TransientFailureException(
    string detail, Exception? cause = null, TimeSpan? retryAfter = null) : Exception(detail, cause)
{
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromMinutes(2);

    public TimeSpan? RetryAfter => retryAfter > MaxRetryAfter ? MaxRetryAfter : retryAfter;

    public DirectUploadException ToException() =>
        new(
            FileUploadErrorCodes.Interrupted,
            $"The upload was interrupted, and every retry failed: {Message} Storage keeps the bytes that have arrived; "
            + "resume the upload later.",
            this);
}
