namespace DirectUpload.Client.Reading;

/// <summary>The bytes of one source, while an upload lasts.</summary>
internal abstract class SourceBytes : IAsyncDisposable
{
    public abstract long Length { get; }

    /// <summary>Null when nobody knows.</summary>
    public virtual DateTimeOffset? LastWriteTime => null;

    /// <summary>Whether any of them can be read at any time, from many sides at once; else they come once, in order.</summary>
    public virtual bool CanSeek => true;

    /// <summary>Reads up to as many bytes as there is room for; 0 at the end.</summary>
    public abstract ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Whether they are no longer what they were when they were opened, as far as can be seen.</summary>
    public virtual bool HaveChanged() => false;

    public abstract ValueTask DisposeAsync();

    /// <summary>Fills the buffer.</summary>
    public async ValueTask ReadExactlyAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (buffer.Length > 0)
        {
            var read = await ReadAsync(offset, buffer, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                throw Changed($"The source ended after {offset} bytes instead of {Length}.");
            offset += read;
            buffer = buffer[read..];
        }
    }

    public static DirectUploadException Changed(string what) => new(UploadErrorCodes.SourceChanged, $"{what} Upload it anew.");
}
