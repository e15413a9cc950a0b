namespace DirectUpload.Imaging.Processes;

/// <summary>Indicates that a decoder ended, or was ended, while it worked on an image.</summary>
internal sealed class DecoderDiedException(DecoderDeath death, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Gets a value that indicates whether the image is the reason, and not the machine.</summary>
    public bool IsCausedByImage => death is DecoderDeath.Crashed or DecoderDeath.TimedOut or DecoderDeath.MemoryExceeded;
}

/// <summary>How a decoder ended.</summary>
internal enum DecoderDeath
{
    /// <summary>It ended by itself, or broke the protocol.</summary>
    Crashed,

    /// <summary>It computed until its time was over.</summary>
    TimedOut,

    /// <summary>Its memory grew beyond the limit.</summary>
    MemoryExceeded,

    /// <summary>Its time was over, but the machine let it compute for less than half of it.</summary>
    Starved,

    /// <summary>Something else killed it, such as Linux when the machine has no memory left.</summary>
    Killed,
}
