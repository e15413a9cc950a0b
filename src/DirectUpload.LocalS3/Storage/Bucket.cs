using System.Collections.Immutable;
using DirectUpload.LocalS3.Cors;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Storage;

/// <summary>A bucket. Readers see one immutable snapshot; writers commit one at a time, which is what makes conditions race-free.</summary>
internal sealed class Bucket
{
    private readonly BucketFolder _folder;
    private readonly BucketReaders _readers;
    private readonly Lock _commit = new();
    private volatile BucketState _state;
    private volatile ImmutableSortedDictionary<string, StoredObject> _objects;
    private long _sequence;
    private bool _deleted;

    public Bucket(string name, BucketFolder folder, BucketState state, BucketFiles files)
    {
        Name = name;
        _folder = folder;
        _readers = new(folder);
        _state = state;
        _objects = files.Objects.ToImmutableSortedDictionary(o => o.Key, o => o, KeyOrder.Utf8);
        _sequence = files.Objects.Select(o => o.Sequence).Concat(files.Uploads.Select(u => u.Stored.Sequence)).DefaultIfEmpty().Max();
        Uploads = new(folder, _commit, files.Uploads);
    }

    public string Name { get; }

    public DateTimeOffset Created => _state.Created;

    public IReadOnlyList<CorsRule>? Cors
    {
        get => _state.Cors;
        set
        {
            lock (_commit)
            {
                var changed = _state with { Cors = value };
                _folder.SaveState(changed);
                _state = changed;
            }
        }
    }

    /// <summary>All objects in the order of their keys' UTF-8 bytes, as of now.</summary>
    public ImmutableSortedDictionary<string, StoredObject> Objects => _objects;

    public BucketUploads Uploads { get; }

    public StoredObject? Find(string key) => _objects.GetValueOrDefault(key);

    public BlobDraft NewBlob()
    {
        lock (_commit)
        {
            RequireNotDeleted();
            return _folder.NewBlob();
        }
    }

    /// <summary>
    /// An object and its bytes, opened as one: they belong together even while the key is overwritten. Null when there is none.
    /// </summary>
    public OpenObject? Open(string key)
    {
        lock (_commit)
        {
            if (Find(key) is not { } stored)
                return null;
            _readers.Enter(stored);
            return new(stored, _folder, _readers);
        }
    }

    /// <summary>Puts received bytes in place as an object, if the condition holds at this very moment.</summary>
    public async Task<StoredObject> CommitAsync(BlobDraft draft, StoredObject stored, WriteCondition condition)
    {
        await draft.Stream.DisposeAsync();
        StoredObject? previous;
        lock (_commit)
        {
            condition.Check(stored.Key, Find(stored.Key));
            stored = stored with { Sequence = ++_sequence };
            previous = Commit(stored);
            draft.Take();
        }
        Forget(previous);
        return stored;
    }

    public void StartUpload(StoredUpload upload)
    {
        lock (_commit)
        {
            RequireNotDeleted();
            Uploads.Add(upload with { Sequence = ++_sequence, KeyWasTaken = Find(upload.Key) is not null });
        }
    }

    /// <summary>Makes an object of an upload's parts, if the condition holds at this very moment. No byte is copied.</summary>
    /// <param name="key">The upload's key.</param>
    /// <param name="uploadId">The upload.</param>
    /// <param name="condition">What must be true of the key.</param>
    /// <param name="assemble">Makes the object of the parts, or refuses.</param>
    /// <returns>Null when there is no such upload.</returns>
    public StoredObject? Complete(string key, string uploadId, WriteCondition condition, Func<PendingUpload, StoredObject> assemble)
    {
        PendingUpload? upload;
        StoredObject stored;
        StoredObject? previous;
        lock (_commit)
        {
            upload = Uploads.Find(key, uploadId);
            if (upload is null)
                return null;
            condition.Check(key, Find(key));
            condition.CheckSince(upload.Stored, Find(key));
            stored = assemble(upload);
            previous = Commit(stored);
            Uploads.End(uploadId);
        }
        Forget(previous);
        Uploads.RemoveParts(upload, upload.Parts.Values.Except(stored.Parts));
        return stored;
    }

    /// <summary>Deletes an object; nothing happens when there is none, unless the condition wants one.</summary>
    public void Delete(string key, WriteCondition condition)
    {
        StoredObject? previous;
        lock (_commit)
        {
            previous = Find(key);
            condition.Check(key, previous);
            if (previous is null)
                return;
            _folder.DeleteObject(key);
            _objects = _objects.Remove(key);
        }
        Forget(previous);
    }

    /// <summary>Closes the bucket for good and removes its folder; false when it still holds objects.</summary>
    public bool TryRemove()
    {
        lock (_commit)
        {
            if (!_objects.IsEmpty)
                return false;
            _deleted = true;
            Uploads.Clear();
            // Uploads in flight lose their files with it, and fail at their commit.
            Directory.Delete(_folder.Path, recursive: true);
            return true;
        }
    }

    /// <summary>The one place where an object comes to be; called under the lock. Tells which object it replaced.</summary>
    private StoredObject? Commit(StoredObject stored)
    {
        RequireNotDeleted();
        var previous = Find(stored.Key);
        _folder.SaveObject(stored);
        _objects = _objects.SetItem(stored.Key, stored);
        return previous;
    }

    private void RequireNotDeleted()
    {
        if (_deleted)
            throw S3Errors.NoSuchBucket(Name);
    }

    private void Forget(StoredObject? previous)
    {
        if (previous is not null)
            _readers.DeleteBytes(previous);
    }
}
