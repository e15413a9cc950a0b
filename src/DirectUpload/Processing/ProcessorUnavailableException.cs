namespace DirectUpload.Processing;

/// <summary>Indicates that a service that a processor needs, such as a virus scanner, is unavailable.</summary>
/// <remarks>
/// The failure does not count as an attempt. The worker retries with delays of up to a minute, until the service is available again.
/// </remarks>
public sealed class ProcessorUnavailableException : Exception
{
    /// <summary>Initializes the exception with a default message.</summary>
    public ProcessorUnavailableException()
        : base("A service that a processor needs is unavailable.")
    {
    }

    /// <summary>Initializes the exception with a message that names the unavailable service.</summary>
    /// <param name="message">The message; it appears in the log.</param>
    public ProcessorUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes the exception with a message and the exception that caused it.</summary>
    /// <param name="message">The message; it appears in the log.</param>
    /// <param name="innerException">The exception that the service or its client threw.</param>
    public ProcessorUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
