using DirectUpload.Client.Reading;

namespace DirectUpload.Client;

/// <summary>Where the bytes come from. Holds nothing open: a file is opened when an upload begins.</summary>
public abstract class UploadSource
{
    private protected UploadSource(string? fileName) => FileName = fileName;

    internal string? FileName { get; }

    /// <summary>A file. Parts are read from it side by side; while it is uploaded, it must not be written.</summary>
    /// <param name="path">Where it is.</param>
    public static UploadSource FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new FileSource(path);
    }

    /// <summary>
    /// A stream, from where it stands to its end. One that can seek is read again for retries. One that can't is read once: what goes in parts of up to 64 MiB is kept in memory part by part
    /// (<see cref="DirectUploadClientOptions.PartsInFlight"/> times the part's size), and anything else in a temporary file that only its owner may read.
    /// </summary>
    /// <param name="stream">The stream; it is not closed, and nobody else may read it meanwhile.</param>
    /// <param name="fileName">The file's own name, unless the request has one.</param>
    /// <param name="length">How many bytes will come, if the stream can't say; null has it written to a temporary file first, because the application must know.</param>
    public static UploadSource FromStream(Stream stream, string? fileName = null, long? length = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
            throw new ArgumentException("The stream can't be read.", nameof(stream));
        ArgumentOutOfRangeException.ThrowIfNegative(length ?? 0, nameof(length));
        return new StreamSource(stream, fileName, length);
    }

    internal abstract ValueTask<SourceBytes> OpenAsync(CancellationToken cancellationToken);
}
