namespace DirectUpload.Records;

/// <summary>
/// The record store cannot be used at the moment: its engine does not answer, is overloaded, gave up on a lock, or is out of space. Nothing is known about the effect of the call;
/// the same call can be repeated later. Stores throw it for every such failure of their engine, and for nothing else; a single record that cannot be read is an <see cref="UnreadableRecordException"/>.
/// </summary>
public sealed class RecordStoreUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    public RecordStoreUnavailableException()
        : this("The record store is unavailable.")
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">Names the engine and what it reported.</param>
    public RecordStoreUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and what the engine threw.</summary>
    /// <param name="message">Names the engine and what it reported.</param>
    /// <param name="innerException">What the engine threw; null when a time limit ended the call.</param>
    public RecordStoreUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
