using System.Collections.Immutable;
using DirectUpload.LocalS3.Cors;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Storage;

/// <summary>A bucket. Readers see one immutable snapshot; writers commit one at a time, which is what makes conditions race-free.</summary>
internal sealed class Bucket
{
    private readonly BucketFolder _folder;
    private readonly Lock _commit = new();
    private volatile BucketState _state;
    private volatile ImmutableSortedDictionary<string, StoredObject> _objects;
    private bool _deleted;

    public Bucket(string name, BucketFolder folder, BucketState state, IEnumerable<StoredObject> objects)
    {
        Name = name;
        _folder = folder;
        _state = state;
        _objects = objects.ToImmutableSortedDictionary(o => o.Key, o => o, KeyOrder.Utf8);
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

    public StoredObject? Find(string key) => _objects.GetValueOrDefault(key);

    public BlobDraft NewBlob()
    {
        lock (_commit)
            return _deleted ? throw S3Errors.NoSuchBucket(Name) : _folder.NewBlob();
    }

    /// <summary>
    /// An object and its bytes, opened as one: they belong together even while the key is overwritten. Null when there is none.
    /// </summary>
    public OpenObject? Open(string key)
    {
        while (true)
        {
            if (Find(key) is not { } stored)
                return null;
            try
            {
                return new(stored, _folder.OpenBlob(stored.Blob));
            }
            catch (FileNotFoundException) when (!ReferenceEquals(Find(key), stored))
            {
                // Overwritten between the look and the opening: look again.
            }
        }
    }

    /// <summary>Puts received bytes in place as an object, if the condition holds at this very moment.</summary>
    public async Task<StoredObject> CommitAsync(BlobDraft draft, StoredObject stored, WriteCondition condition)
    {
        await draft.Stream.DisposeAsync();
        StoredObject? previous;
        lock (_commit)
        {
            if (_deleted)
                throw S3Errors.NoSuchBucket(Name);
            previous = Find(stored.Key);
            condition.Check(stored.Key, previous);
            _folder.SaveObject(stored);
            draft.Take();
            _objects = _objects.SetItem(stored.Key, stored);
        }
        if (previous is not null)
            _folder.DeleteBlob(previous.Blob);
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
        _folder.DeleteBlob(previous.Blob);
    }

    /// <summary>Closes the bucket for good and removes its folder; false when it still holds objects.</summary>
    public bool TryRemove()
    {
        lock (_commit)
        {
            if (!_objects.IsEmpty)
                return false;
            _deleted = true;
            // Uploads in flight lose their files with it, and fail at their commit.
            Directory.Delete(_folder.Path, recursive: true);
            return true;
        }
    }
}

/// <summary>An object with its bytes opened for reading.</summary>
internal sealed record OpenObject(StoredObject Stored, FileStream Content) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
