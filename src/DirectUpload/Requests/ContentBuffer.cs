using DirectUpload.Primitives;

namespace DirectUpload.Requests;

/// <summary>
/// Copies a stream that cannot seek, so that its size is known and it can be sent again: to memory, or to a temporary file.
/// </summary>
internal static class ContentBuffer
{
    private const int MaxMemorySize = 1024 * 1024;
    private const int ChunkSize = 80 * 1024;

    /// <summary>Copies a stream to its end, or until it is longer than allowed.</summary>
    /// <param name="content">The stream.</param>
    /// <param name="maxSize">The maximum size, in bytes.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The copy, which the caller disposes, at its start; longer than the maximum size if the stream is.</returns>
    public static async Task<Stream> CopyAsync(Stream content, long maxSize, CancellationToken cancellationToken)
    {
        Stream copy = new MemoryStream();
        try
        {
            var chunk = new byte[ChunkSize];
            while (copy.Length <= maxSize)
            {
                var read = await content.ReadAsync(chunk, cancellationToken).ConfigureAwait(false);
                if (read == 0)
                    break;
                if (copy is MemoryStream memory && memory.Length + read > MaxMemorySize)
                    copy = await MoveToFileAsync(memory, cancellationToken).ConfigureAwait(false);
                await copy.WriteAsync(chunk.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }

            copy.Position = 0;
            return copy;
        }
        catch
        {
            await copy.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<FileStream> MoveToFileAsync(MemoryStream memory, CancellationToken cancellationToken)
    {
        var file = TemporaryFile.Create();
        try
        {
            memory.Position = 0;
            await memory.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
            return file;
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
