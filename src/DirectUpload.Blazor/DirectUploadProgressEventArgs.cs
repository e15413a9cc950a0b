namespace DirectUpload.Blazor;

/// <summary>Describes the progress of one file.</summary>
public sealed class DirectUploadProgressEventArgs : EventArgs
{
    /// <summary>Gets the id of the upload, or null before the application has granted it.</summary>
    public string? UploadId { get; init; }

    /// <summary>Gets the name of the file.</summary>
    public required string FileName { get; init; }

    /// <summary>Gets the number of bytes that storage has.</summary>
    public required long BytesSent { get; init; }

    /// <summary>Gets the size of the file, in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Gets the part of the file that storage has, from 0 to 1.</summary>
    public double Fraction => Size == 0 ? 1 : (double)BytesSent / Size;

    /// <summary>Gets the speed, in bytes per second, or null while it is not known.</summary>
    public double? BytesPerSecond { get; init; }

    /// <summary>Gets the estimated time until the file is sent, or null while it is not known.</summary>
    public TimeSpan? TimeLeft { get; init; }
}
