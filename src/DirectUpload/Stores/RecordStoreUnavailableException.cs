namespace DirectUpload.Stores;

/// <summary>Represents the error that the record store is unavailable.</summary>
/// <remarks>
/// The engine does not respond, is overloaded, gave up waiting for a lock, or is out of space. The call may or may not have had its effect;
/// it can be repeated later. Stores throw this exception for every such failure of their engine and for nothing else. A single record that
/// cannot be read is an <see cref="UnreadableRecordException"/>.
/// </remarks>
public sealed class RecordStoreUnavailableException : Exception
{
    /// <summary>Creates the exception with a default message.</summary>
    public RecordStoreUnavailableException()
        : this("The record store is unavailable.")
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">The message; it names the engine and what the engine reported.</param>
    public RecordStoreUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and the exception of the engine.</summary>
    /// <param name="message">The message; it names the engine and what the engine reported.</param>
    /// <param name="innerException">The exception of the engine; null when a time limit ended the call.</param>
    public RecordStoreUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
