namespace DirectUpload.Records;

/// <summary>
/// A stored record cannot be read by this version of the library, such as one whose status a newer version has written. The record is kept as it is; the call works again once a
/// version runs that can read it, or the row was repaired.
/// </summary>
public sealed class UnreadableRecordException : Exception
{
    /// <summary>Creates the exception.</summary>
    public UnreadableRecordException()
        : this("A record cannot be read.")
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">What cannot be read.</param>
    public UnreadableRecordException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">What cannot be read.</param>
    /// <param name="innerException">What reading it threw.</param>
    public UnreadableRecordException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception for one record.</summary>
    /// <param name="id">The record's id, as it is stored.</param>
    /// <param name="fault">What reading it threw.</param>
    public static UnreadableRecordException Of(string id, Exception fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return new($"The record of upload {id} cannot be read by this version of DirectUpload: {fault.Message} Upgrade the application, or repair the row.", fault);
    }
}
