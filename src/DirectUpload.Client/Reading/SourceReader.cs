namespace DirectUpload.Client.Reading;

/// <summary>Reads the bytes of one source during an upload.</summary>
internal abstract class SourceReader : IAsyncDisposable
{
    public abstract long Length { get; }

    /// <summary>Gets the time of the last write, or null if it is unknown.</summary>
    public virtual DateTimeOffset? LastWriteTime => null;

    /// <summary>Gets whether the source supports parallel reads at any offset; otherwise it is read once, in order.</summary>
    public virtual bool CanSeek => true;

    /// <summary>Reads up to the buffer's length; returns 0 at the end.</summary>
    public abstract ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Returns whether the source has visibly changed since it was opened.</summary>
    public virtual bool HasChanged() => false;

    public abstract ValueTask DisposeAsync();

    /// <summary>Fills the buffer.</summary>
    public async ValueTask ReadExactlyAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (buffer.Length > 0)
        {
            var read = await ReadAsync(offset, buffer, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                throw SourceChanged($"The source ended after {offset} bytes instead of {Length}.");
            offset += read;
            buffer = buffer[read..];
        }
    }

    public static DirectUploadException SourceChanged(string what) =>
        new(FileUploadErrorCodes.SourceChanged, $"{what} Upload the file again.");
}
