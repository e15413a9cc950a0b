namespace DirectUpload.Processing;

/// <summary>
/// Thrown by a processor: something that it needs, such as a virus scanner, is out of reach. That says nothing about the upload, and is not held against it: it is tried again, with
/// pauses of up to a minute, for as long as the outage takes.
/// </summary>
public sealed class ProcessorOutageException : Exception
{
    /// <summary>With no word of what is out.</summary>
    public ProcessorOutageException()
        : base("Something that a processor needs is out of reach.")
    {
    }

    /// <summary>Says what is out of reach.</summary>
    public ProcessorOutageException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is out of reach, and how that showed.</summary>
    public ProcessorOutageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
