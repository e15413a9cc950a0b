using DirectUpload.Client.Reading;

namespace DirectUpload.Client;

/// <summary>Provides the bytes of an upload; a file is opened when the upload begins.</summary>
public abstract class FileUploadSource
{
    private protected FileUploadSource(string? fileName) => FileName = fileName;

    internal string? FileName { get; }

    /// <summary>Creates a source that reads a file; its parts are read in parallel.</summary>
    /// <param name="path">The file's path. The file must not be written during the upload.</param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty or null.</exception>
    public static FileUploadSource FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new FileSource(path);
    }

    /// <summary>Creates a source that reads a stream from its current position to its end.</summary>
    /// <remarks>
    /// A seekable stream is read again for retries. Another stream is read once: parts of up to 64 MiB are kept in memory
    /// (<see cref="DirectUploadClientOptions.PartsInFlight"/> times the part's size), and all else in a temporary file that only its owner
    /// may read.
    /// </remarks>
    /// <param name="stream">The stream; the client does not close it, and no other code may read it during the upload.</param>
    /// <param name="fileName">The file's name, unless the request has one.</param>
    /// <param name="length">
    /// The number of bytes, if the stream does not report it; null writes such a stream to a temporary file first, because the application
    /// must know the size.
    /// </param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">The stream can't be read.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public static FileUploadSource FromStream(Stream stream, string? fileName = null, long? length = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
            throw new ArgumentException("The stream can't be read.", nameof(stream));
        ArgumentOutOfRangeException.ThrowIfNegative(length ?? 0, nameof(length));
        return new StreamSource(stream, fileName, length);
    }

    internal abstract ValueTask<SourceReader> OpenAsync(CancellationToken cancellationToken);
}
