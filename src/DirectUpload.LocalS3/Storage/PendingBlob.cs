namespace DirectUpload.LocalS3.Storage;

/// <summary>Represents bytes that are being received; disposal deletes them unless an object refers to them.</summary>
internal sealed class PendingBlob : IAsyncDisposable
{
    private readonly string _path;
    private bool _isKept;

    public PendingBlob(string folder)
    {
        Name = Guid.NewGuid().ToString("N");
        _path = Path.Combine(folder, Name);
        // The bytes arrive in large blocks from a pooled buffer; a buffer in the stream would only copy them again.
        Stream = new FileStream(_path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
    }

    public string Name { get; }

    public FileStream Stream { get; }

    /// <summary>Keeps the file, because an object now refers to it.</summary>
    public void Keep() => _isKept = true;

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        if (_isKept)
            return;
        try
        {
            File.Delete(_path);
        }
        catch (DirectoryNotFoundException)
        {
            // The bucket was deleted in the meantime, and these bytes with it.
        }
    }
}
