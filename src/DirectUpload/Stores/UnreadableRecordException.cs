namespace DirectUpload.Stores;

/// <summary>Represents the error that this version of the library cannot read a stored record.</summary>
/// <remarks>
/// A newer version may have written a status that this version does not know, for example. The record stays as it is. Upgrade the
/// application to a version that can read the record, or repair the row; then repeat the call.
/// </remarks>
public sealed class UnreadableRecordException : Exception
{
    /// <summary>Creates the exception with a default message.</summary>
    public UnreadableRecordException()
        : this("A record cannot be read.")
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">The message; it names the record that cannot be read.</param>
    public UnreadableRecordException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">The message; it names the record that cannot be read.</param>
    /// <param name="innerException">The exception that reading the record threw.</param>
    public UnreadableRecordException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception for one record.</summary>
    /// <param name="id">The id of the record, as it is stored.</param>
    /// <param name="fault">The exception that reading the record threw.</param>
    /// <returns>The exception; its message names the record, the cause and the remedy.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="fault"/> is null.</exception>
    public static UnreadableRecordException Create(string id, Exception fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return new(
            $"The record of upload {id} cannot be read by this version of DirectUpload: {fault.Message} "
            + "Upgrade the application, or repair the row.",
            fault);
    }
}
