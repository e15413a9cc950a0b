namespace DirectUpload.Client;

/// <summary>Something that another try may mend. It never leaves the library.</summary>
/// <param name="detail">What happened.</param>
/// <param name="cause">Why.</param>
/// <param name="retryAfter">When to try again, if the other side has said so.</param>
internal sealed class TransientFault(string detail, Exception? cause = null, TimeSpan? retryAfter = null) : Exception(detail, cause)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    public TimeSpan? RetryAfter => retryAfter > LongestWait ? LongestWait : retryAfter;

    public DirectUploadException GiveUp() =>
        new(UploadErrorCodes.Interrupted, $"The upload was interrupted, and trying again has not helped: {Message} Nothing that has arrived is lost; go on later.", this);
}
