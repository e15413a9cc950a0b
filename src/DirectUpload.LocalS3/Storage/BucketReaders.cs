using DirectUpload.LocalS3.Objects;

namespace DirectUpload.LocalS3.Storage;

/// <summary>Counts the readers of each object and keeps its files until the last reader has finished.</summary>
/// <remarks>A reader opens the files one by one. The next start removes files that a killed process did not delete.</remarks>
internal sealed class BucketReaders(BucketFolder folder)
{
    // The list itself is the key: it stays the same when another attribute of the object changes.
    private readonly Dictionary<IReadOnlyList<StoredPart>, int> _readerCounts = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<IReadOnlyList<StoredPart>> _pendingDeletes = new(ReferenceEqualityComparer.Instance);

    public void AddReader(StoredObject stored)
    {
        lock (_readerCounts)
            _readerCounts[stored.Parts] = _readerCounts.GetValueOrDefault(stored.Parts) + 1;
    }

    public void RemoveReader(StoredObject stored)
    {
        lock (_readerCounts)
        {
            if (--_readerCounts[stored.Parts] > 0)
                return;
            _readerCounts.Remove(stored.Parts);
            if (!_pendingDeletes.Remove(stored.Parts))
                return;
        }
        folder.DeleteBlobs(stored.Parts);
    }

    /// <summary>Deletes the bytes of an object that the bucket no longer contains, now or after its last reader.</summary>
    public void DeleteBytes(StoredObject stored)
    {
        lock (_readerCounts)
        {
            if (_readerCounts.ContainsKey(stored.Parts))
            {
                _pendingDeletes.Add(stored.Parts);
                return;
            }
        }
        folder.DeleteBlobs(stored.Parts);
    }
}
