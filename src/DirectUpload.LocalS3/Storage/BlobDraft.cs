namespace DirectUpload.LocalS3.Storage;

/// <summary>Bytes that are being received. Unless an object takes them over, disposing removes them.</summary>
internal sealed class BlobDraft : IAsyncDisposable
{
    private readonly string _path;
    private bool _taken;

    public BlobDraft(string folder)
    {
        Name = Guid.NewGuid().ToString("N");
        _path = Path.Combine(folder, Name);
        // The bytes come in large pieces from a pooled buffer, a second one inside the stream would only copy them again.
        Stream = new FileStream(_path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
    }

    public string Name { get; }

    public FileStream Stream { get; }

    /// <summary>An object names these bytes from now on.</summary>
    public void Take() => _taken = true;

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        if (_taken)
            return;
        try
        {
            File.Delete(_path);
        }
        catch (DirectoryNotFoundException)
        {
            // The bucket was deleted meanwhile, and these bytes with it.
        }
    }
}
