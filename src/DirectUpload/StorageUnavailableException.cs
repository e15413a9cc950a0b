namespace DirectUpload;

/// <summary>Represents an error that occurs when storage cannot be reached, does not respond in time, or throttles requests.</summary>
/// <remarks>The failure is transient: retry the same call later. No upload changes its status because of this error.</remarks>
public sealed class StorageUnavailableException : IOException
{
    /// <summary>Initializes a new instance with a default message.</summary>
    public StorageUnavailableException()
        : base("Storage is unavailable.")
    {
    }

    /// <summary>Initializes a new instance with a message.</summary>
    /// <param name="message">The message: which call failed, and how. It must not contain URLs or signatures.</param>
    public StorageUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance with a message and the exception that caused it.</summary>
    /// <param name="message">The message: which call failed, and how. It must not contain URLs or signatures.</param>
    /// <param name="innerException">The exception of the AWS SDK or the network.</param>
    public StorageUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
