namespace DirectUpload.LocalS3.Storage;

/// <summary>
/// Who reads which object's bytes: its files, which a reader opens one by one, stay until the last reader has gone. What a killed process could
/// not delete in time, the next start removes.
/// </summary>
internal sealed class BucketReaders(BucketFolder folder)
{
    // By the list itself: it stays the same when something else about an object changes.
    private readonly Dictionary<IReadOnlyList<StoredPart>, int> _reading = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<IReadOnlyList<StoredPart>> _doomed = new(ReferenceEqualityComparer.Instance);

    public void Enter(StoredObject stored)
    {
        lock (_reading)
            _reading[stored.Parts] = _reading.GetValueOrDefault(stored.Parts) + 1;
    }

    public void Leave(StoredObject stored)
    {
        lock (_reading)
        {
            if (--_reading[stored.Parts] > 0)
                return;
            _reading.Remove(stored.Parts);
            if (!_doomed.Remove(stored.Parts))
                return;
        }
        folder.DeleteBlobs(stored.Parts);
    }

    /// <summary>Deletes the bytes of an object that is no longer in the bucket, now or when its last reader leaves.</summary>
    public void DeleteBytes(StoredObject stored)
    {
        lock (_reading)
        {
            if (_reading.ContainsKey(stored.Parts))
            {
                _doomed.Add(stored.Parts);
                return;
            }
        }
        folder.DeleteBlobs(stored.Parts);
    }
}
