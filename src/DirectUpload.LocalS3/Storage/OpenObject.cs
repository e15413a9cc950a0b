namespace DirectUpload.LocalS3.Storage;

/// <summary>An object that is being read: it stays whole until it is disposed, whatever happens to its key.</summary>
internal sealed class OpenObject(StoredObject stored, BucketFolder folder, BucketReaders readers) : IDisposable
{
    public StoredObject Stored => stored;

    public Stream Read() => Read(0, stored.Size);

    /// <summary>The bytes from <paramref name="first"/> on.</summary>
    public Stream Read(long first, long length) => new PartsStream(stored.Parts, folder, first, length);

    public void Dispose() => readers.Leave(stored);
}
