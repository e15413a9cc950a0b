using DirectUpload.LocalS3.Objects;

namespace DirectUpload.LocalS3.Storage;

/// <summary>Reads an object, whose bytes stay available until the reader is disposed, even if the key changes.</summary>
internal sealed class ObjectReader(StoredObject stored, BucketFolder folder, BucketReaders readers) : IDisposable
{
    public StoredObject Stored => stored;

    public Stream OpenRead() => OpenRead(0, stored.Size);

    /// <summary>Opens the bytes that start at <paramref name="first"/>.</summary>
    public Stream OpenRead(long first, long length) => new PartsStream(stored.Parts, folder, first, length);

    public void Dispose() => readers.RemoveReader(stored);
}
