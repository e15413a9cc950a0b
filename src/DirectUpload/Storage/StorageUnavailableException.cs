namespace DirectUpload.Storage;

/// <summary>
/// Reports that storage could not be reached, did not answer in time, or asked to be called less often. The failure is transient: nothing was concluded from it, and the same call works later.
/// </summary>
public sealed class StorageUnavailableException : IOException
{
    /// <summary>Creates the exception with a general message.</summary>
    public StorageUnavailableException()
        : base("Storage is unavailable.")
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">Which call failed, and how. It holds no URL and no signature.</param>
    public StorageUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">Which call failed, and how. It holds no URL and no signature.</param>
    /// <param name="innerException">What the AWS SDK or the network threw.</param>
    public StorageUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
