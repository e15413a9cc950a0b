using DirectUpload.Primitives;

namespace DirectUpload.Processing;

/// <summary>Holds the content of an upload in a temporary file, which several processors can read.</summary>
internal sealed class FetchedContent : IDisposable
{
    private readonly FileStream _file;

    private FetchedContent(FileStream file) => _file = file;

    /// <summary>Copies a stream to a file.</summary>
    /// <exception cref="IOException">The stream has another size, or a stream or the file failed.</exception>
    public static async Task<FetchedContent> CopyAsync(Stream content, long size, CancellationToken cancellationToken)
    {
        var file = TemporaryFile.Create();
        try
        {
            await content.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
            await file.FlushAsync(cancellationToken).ConfigureAwait(false);
            return file.Length == size
                ? new FetchedContent(file)
                : throw new IOException($"Storage sent {file.Length} bytes of an object of {size} bytes.");
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Opens a range for reading.</summary>
    /// <returns>A stream that can seek within the range; it fails once the content is disposed.</returns>
    public Stream OpenRange(long offset, long length) =>
        new FileRangeStream(_file.SafeFileHandle, offset, Math.Min(length, _file.Length - offset));

    /// <summary>Deletes the file.</summary>
    public void Dispose() => _file.Dispose();
}
