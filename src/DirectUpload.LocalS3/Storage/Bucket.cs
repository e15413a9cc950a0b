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
    private volatile BucketContents _contents;
    private bool _deleted;

    public Bucket(string name, BucketFolder folder, BucketState state, BucketFiles files)
    {
        Name = name;
        _folder = folder;
        _readers = new(folder);
        _state = state;
        _contents = BucketContents.Of(files.Objects);
        Uploads = new(folder, _commit, files.Uploads);
    }

    public string Name { get; }

    public DateTimeOffset Created => _state.Created;

    public IReadOnlyList<CorsRule>? Cors
    {
        get => _state.Cors;
        set => Change(state => state with { Cors = value });
    }

    public Versioning Versioning
    {
        get => _state.Versioning;
        set => Change(state => state with { Versioning = value });
    }

    /// <summary>What is configured, as of now.</summary>
    public BucketState State => _state;

    /// <summary>Changes what is configured.</summary>
    public void Change(Func<BucketState, BucketState> change)
    {
        lock (_commit)
        {
            RequireNotDeleted();
            var changed = change(_state);
            _folder.SaveState(changed);
            _state = changed;
        }
    }

    /// <summary>All objects in the order of their keys' UTF-8 bytes, as of now.</summary>
    public ImmutableSortedDictionary<string, StoredObject> Objects => _contents.Objects;

    /// <summary>All versions of everything, as of now.</summary>
    public BucketContents Contents => _contents;

    public BucketUploads Uploads { get; }

    /// <summary>The current object; null when there is none, or when it was deleted.</summary>
    public StoredObject? Find(string key) => Objects.GetValueOrDefault(key);

    /// <summary>The current object, or a version of it by its id; refuses as S3 does when there is none.</summary>
    public StoredObject Get(string key, string? versionId = null)
    {
        var contents = _contents;
        if (versionId is null)
            return contents.Newest(key) is not { } newest ? throw S3Errors.NoSuchKey(key)
                : newest.IsDeleteMarker ? throw Telling(newest, S3Errors.NoSuchKey(key)) : newest;
        RequireVersionId(versionId);
        var version = contents.Find(key, versionId) ?? throw (Versioning == Versioning.Off
            ? S3Errors.NoSuchKey(key) : S3Errors.NoSuchVersion(key, versionId));
        return version.IsDeleteMarker
            ? throw Telling(version, S3Errors.MethodNotAllowed("GET", "DeleteMarker")).WithHeader("Allow", "DELETE")
            : version;
    }

    public BlobDraft NewBlob()
    {
        lock (_commit)
        {
            RequireNotDeleted();
            return _folder.NewBlob();
        }
    }

    /// <summary>
    /// An object and its bytes, opened as one: they belong together even while the key is overwritten. Refuses as <see cref="Get"/> does.
    /// </summary>
    public OpenObject Open(string key, string? versionId = null)
    {
        lock (_commit)
        {
            var stored = Get(key, versionId);
            _readers.Enter(stored);
            return new(stored, _folder, _readers);
        }
    }

    /// <summary>Puts received bytes in place as an object, if the condition holds at this very moment.</summary>
    public async Task<StoredObject> CommitAsync(BlobDraft draft, StoredObject stored, WriteCondition condition)
    {
        await draft.Stream.DisposeAsync();
        StoredObject? replaced;
        lock (_commit)
        {
            condition.Check(stored.Key, Find(stored.Key));
            (stored, replaced) = Commit(stored with { Sequence = Sequence.Next() });
            draft.Take();
        }
        Forget(replaced);
        return stored;
    }

    /// <summary>Changes what is kept about an object, or a version of it; its bytes and its date stay.</summary>
    public StoredObject Change(string key, string? versionId, Func<StoredObject, StoredObject> change)
    {
        lock (_commit)
        {
            RequireNotDeleted();
            var changed = change(Get(key, versionId)) with { Change = Sequence.Next() };
            _folder.SaveObject(changed);
            _contents = _contents.With(changed);
            return changed;
        }
    }

    public void StartUpload(StoredUpload upload)
    {
        lock (_commit)
        {
            RequireNotDeleted();
            Uploads.Add(upload with { Sequence = Sequence.Next(), KeyWasTaken = Find(upload.Key) is not null });
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
        StoredObject? replaced;
        lock (_commit)
        {
            upload = Uploads.Find(key, uploadId);
            if (upload is null)
                return null;
            condition.Check(key, Find(key));
            condition.CheckSince(upload.Stored, Find(key));
            (stored, replaced) = Commit(assemble(upload));
            Uploads.End(uploadId);
        }
        Forget(replaced);
        Uploads.RemoveParts(upload, upload.Parts.Values.Except(stored.Parts));
        return stored;
    }

    /// <summary>
    /// Deletes the current object: for good where no versions are kept, else by a delete marker on top. With an id, deletes that version
    /// for good. Nothing happens when there is none, unless the condition wants one.
    /// </summary>
    /// <returns>The delete marker that was added, or the version that was deleted; null when nothing was there to delete.</returns>
    public StoredObject? Delete(string key, string? versionId, WriteCondition condition, DateTimeOffset now) => Delete(key, versionId, now, current =>
    {
        condition.Check(key, current);
        return true;
    });

    /// <summary>Deletes the current object as a client would; null when another has taken its place, or it has gone.</summary>
    public StoredObject? Expire(StoredObject current, DateTimeOffset now) => Delete(current.Key, null, now, found => ReferenceEquals(found, current));

    /// <summary>Deletes this very version, or delete marker, for good; null when it has gone.</summary>
    public StoredObject? ExpireVersion(StoredObject version, DateTimeOffset now) =>
        Delete(version.Key, version.PublicVersionId, now, found => ReferenceEquals(found, version));

    private StoredObject? Delete(string key, string? versionId, DateTimeOffset now, Func<StoredObject?, bool> mayDelete)
    {
        StoredObject? deleted;
        lock (_commit)
        {
            RequireNotDeleted();
            if (versionId is null && Versioning != Versioning.Off)
            {
                if (!mayDelete(Find(key)))
                    return null;
                (var marker, deleted) = Commit(StoredObject.DeleteMarker(key, now, Sequence.Next()));
                Forget(deleted);
                return marker;
            }
            if (versionId is not null)
                RequireVersionId(versionId);
            deleted = _contents.Find(key, versionId ?? VersionId.Null);
            if (!mayDelete(deleted) || deleted is null)
                return null;
            _folder.DeleteObject(deleted);
            _contents = _contents.Without(deleted);
            deleted = deleted with { Change = Sequence.Next() };
        }
        Forget(deleted);
        return deleted;
    }

    /// <summary>Closes the bucket for good and removes its folder; false when it still holds objects, or versions of them.</summary>
    public bool TryRemove()
    {
        lock (_commit)
        {
            if (!_contents.Versions.IsEmpty)
                return false;
            _deleted = true;
            Uploads.Clear();
            // Uploads in flight lose their files with it, and fail at their commit.
            Directory.Delete(_folder.Path, recursive: true);
            return true;
        }
    }

    /// <summary>The one place where an object, or a version of it, comes to be; called under the lock.</summary>
    /// <returns>It, with the id of its version, and the object that it replaced.</returns>
    private (StoredObject Stored, StoredObject? Replaced) Commit(StoredObject stored)
    {
        RequireNotDeleted();
        stored = stored with { VersionId = Versioning == Versioning.Enabled ? VersionId.New(stored.Sequence) : null, Change = Sequence.Next() };
        var replaced = _contents.Find(stored.Key, stored.PublicVersionId);
        _folder.SaveObject(stored);
        _contents = _contents.With(stored);
        return (stored, replaced);
    }

    /// <summary>A refusal tells the delete marker that stands where the object was looked for.</summary>
    private static S3Exception Telling(StoredObject marker, S3Exception refusal) =>
        refusal.WithHeader("x-amz-delete-marker", "true").WithHeader("x-amz-version-id", marker.PublicVersionId);

    private void RequireVersionId(string versionId)
    {
        if (!VersionId.IsWellFormed(versionId) || (Versioning == Versioning.Off && versionId != VersionId.Null))
            throw S3Errors.InvalidArgument("Invalid version id specified", "versionId", versionId);
    }

    private void RequireNotDeleted()
    {
        if (_deleted)
            throw S3Errors.NoSuchBucket(Name);
    }

    private void Forget(StoredObject? stored)
    {
        if (stored is not null)
            _readers.DeleteBytes(stored);
    }
}
