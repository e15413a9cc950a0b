namespace DirectUpload.LocalS3.Storage;

/// <summary>
/// Who reads which object: its files, which a reader opens one by one, stay until the last reader has gone. What a killed process could
/// not delete in time, the next start removes.
/// </summary>
internal sealed class BucketReaders(BucketFolder folder)
{
    private readonly Dictionary<StoredObject, int> _reading = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<StoredObject> _doomed = new(ReferenceEqualityComparer.Instance);

    public void Enter(StoredObject stored)
    {
        lock (_reading)
            _reading[stored] = _reading.GetValueOrDefault(stored) + 1;
    }

    public void Leave(StoredObject stored)
    {
        lock (_reading)
        {
            if (--_reading[stored] > 0)
                return;
            _reading.Remove(stored);
            if (!_doomed.Remove(stored))
                return;
        }
        folder.DeleteBlobs(stored.Parts);
    }

    /// <summary>Deletes the bytes of an object that is no longer in the bucket, now or when its last reader leaves.</summary>
    public void DeleteBytes(StoredObject stored)
    {
        lock (_reading)
        {
            if (_reading.ContainsKey(stored))
            {
                _doomed.Add(stored);
                return;
            }
        }
        folder.DeleteBlobs(stored.Parts);
    }
}
