using System.Collections.Immutable;
using DirectUpload.LocalS3.Cors;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Storage;

/// <summary>
/// Represents a bucket with immutable snapshots for readers and serialized commits for writers, so conditions are free of races.
/// </summary>
internal sealed class Bucket
{
    private readonly BucketFolder _folder;
    private readonly BucketReaders _readers;
    private readonly Lock _commitLock = new();
    private volatile BucketState _state;
    private volatile BucketContents _contents;
    private bool _isDeleted;

    public Bucket(string name, BucketFolder folder, BucketState state, BucketFiles files)
    {
        Name = name;
        _folder = folder;
        _readers = new(folder);
        _state = state;
        _contents = BucketContents.Create(files.Objects);
        Uploads = new(folder, _commitLock, files.Uploads);
    }

    public string Name { get; }

    public DateTimeOffset Created => _state.Created;

    public IReadOnlyList<CorsRule>? Cors
    {
        get => _state.Cors;
        set => UpdateState(state => state with { Cors = value });
    }

    public VersioningStatus Versioning
    {
        get => _state.Versioning;
        set => UpdateState(state => state with { Versioning = value });
    }

    /// <summary>The current configuration.</summary>
    public BucketState State => _state;

    /// <summary>Changes the configuration.</summary>
    public void UpdateState(Func<BucketState, BucketState> change)
    {
        lock (_commitLock)
        {
            RequireNotDeleted();
            var changed = change(_state);
            _folder.SaveState(changed);
            _state = changed;
        }
    }

    /// <summary>A snapshot of all objects, in the order of their keys' UTF-8 bytes.</summary>
    public ImmutableSortedDictionary<string, StoredObject> Objects => _contents.Objects;

    /// <summary>A snapshot of all versions.</summary>
    public BucketContents Contents => _contents;

    public BucketUploads Uploads { get; }

    /// <summary>Returns the current object; null if the key has no object or its newest version is a delete marker.</summary>
    public StoredObject? Find(string key) => Objects.GetValueOrDefault(key);

    /// <summary>Returns the current object, or a version by its id; throws S3's error if it does not exist.</summary>
    public StoredObject Get(string key, string? versionId = null)
    {
        var contents = _contents;
        if (versionId is null)
            return contents.GetNewest(key) is not { } newest ? throw S3Errors.NoSuchKey(key)
                : newest.IsDeleteMarker ? throw WithDeleteMarker(newest, S3Errors.NoSuchKey(key)) : newest;
        RequireVersionId(versionId);
        var version = contents.Find(key, versionId) ?? throw (Versioning == VersioningStatus.Off
            ? S3Errors.NoSuchKey(key) : S3Errors.NoSuchVersion(key, versionId));
        return version.IsDeleteMarker
            ? throw WithDeleteMarker(version, S3Errors.MethodNotAllowed("GET", "DeleteMarker")).WithHeader("Allow", "DELETE")
            : version;
    }

    public PendingBlob CreateBlob()
    {
        lock (_commitLock)
        {
            RequireNotDeleted();
            return _folder.CreateBlob();
        }
    }

    /// <summary>
    /// Opens an object with its bytes, which stay consistent while the key is overwritten; throws like <see cref="Get"/>.
    /// </summary>
    public ObjectReader OpenRead(string key, string? versionId = null)
    {
        lock (_commitLock)
        {
            var stored = Get(key, versionId);
            _readers.AddReader(stored);
            return new(stored, _folder, _readers);
        }
    }

    /// <summary>Commits received bytes as an object; the check of the condition and the commit are atomic.</summary>
    public async Task<StoredObject> CommitAsync(PendingBlob draft, StoredObject stored, WriteCondition condition)
    {
        await draft.Stream.DisposeAsync();
        StoredObject? replaced;
        lock (_commitLock)
        {
            condition.Check(stored.Key, Find(stored.Key));
            (stored, replaced) = SaveVersion(stored with { Sequence = ChangeSequence.Next() });
            draft.Keep();
        }
        DeleteBytes(replaced);
        return stored;
    }

    /// <summary>Changes an object's attributes, or those of a version; its bytes and its date stay unchanged.</summary>
    public StoredObject UpdateObject(string key, string? versionId, Func<StoredObject, StoredObject> change)
    {
        lock (_commitLock)
        {
            RequireNotDeleted();
            var changed = change(Get(key, versionId)) with { Change = ChangeSequence.Next() };
            _folder.SaveObject(changed);
            _contents = _contents.With(changed);
            return changed;
        }
    }

    public void StartUpload(StoredUpload upload)
    {
        lock (_commitLock)
        {
            RequireNotDeleted();
            Uploads.Add(upload with { Sequence = ChangeSequence.Next(), KeyWasTaken = Find(upload.Key) is not null });
        }
    }

    /// <summary>Creates an object from an upload's parts without a copy; the check of the condition and the commit are atomic.</summary>
    /// <param name="key">The upload's key.</param>
    /// <param name="uploadId">The id of the upload.</param>
    /// <param name="condition">The condition on the key.</param>
    /// <param name="assemble">Creates the object from the parts, or throws.</param>
    /// <returns>The object; null if the upload does not exist.</returns>
    public StoredObject? CompleteUpload(string key, string uploadId, WriteCondition condition, Func<PendingUpload, StoredObject> assemble)
    {
        PendingUpload? upload;
        StoredObject stored;
        StoredObject? replaced;
        lock (_commitLock)
        {
            upload = Uploads.Find(key, uploadId);
            if (upload is null)
                return null;
            condition.Check(key, Find(key));
            condition.CheckUnchangedSince(upload.Stored, Find(key));
            (stored, replaced) = SaveVersion(assemble(upload));
            Uploads.Remove(uploadId);
        }
        DeleteBytes(replaced);
        Uploads.RemoveParts(upload, upload.Parts.Values.Except(stored.Parts));
        return stored;
    }

    /// <summary>Deletes the current object or, with an id, a version.</summary>
    /// <remarks>
    /// Without versioning the object is removed permanently; with versioning a delete marker is added. A version is always removed
    /// permanently.
    /// A missing object is not an error, unless the condition requires one.
    /// </remarks>
    /// <returns>The added delete marker or the deleted version; null if nothing was deleted.</returns>
    public StoredObject? Delete(string key, string? versionId, WriteCondition condition, DateTimeOffset now) =>
        Delete(key, versionId, now, current =>
        {
            condition.Check(key, current);
            return true;
        });

    /// <summary>Deletes the current object as a client would; returns null if it has been replaced or removed.</summary>
    public StoredObject? Expire(StoredObject current, DateTimeOffset now) =>
        Delete(current.Key, null, now, found => ReferenceEquals(found, current));

    /// <summary>Deletes exactly this version or delete marker permanently; returns null if it no longer exists.</summary>
    public StoredObject? ExpireVersion(StoredObject version, DateTimeOffset now) =>
        Delete(version.Key, version.PublicVersionId, now, found => ReferenceEquals(found, version));

    private StoredObject? Delete(string key, string? versionId, DateTimeOffset now, Func<StoredObject?, bool> mayDelete)
    {
        StoredObject? deleted;
        lock (_commitLock)
        {
            RequireNotDeleted();
            if (versionId is null && Versioning != VersioningStatus.Off)
            {
                if (!mayDelete(Find(key)))
                    return null;
                (var marker, deleted) = SaveVersion(StoredObject.CreateDeleteMarker(key, now, ChangeSequence.Next()));
                DeleteBytes(deleted);
                return marker;
            }
            if (versionId is not null)
                RequireVersionId(versionId);
            deleted = _contents.Find(key, versionId ?? VersionId.Null);
            if (!mayDelete(deleted) || deleted is null)
                return null;
            _folder.DeleteObject(deleted);
            _contents = _contents.Without(deleted);
            deleted = deleted with { Change = ChangeSequence.Next() };
        }
        DeleteBytes(deleted);
        return deleted;
    }

    /// <summary>Closes the bucket permanently and removes its folder; returns false if it still contains objects or versions.</summary>
    public bool TryDelete()
    {
        lock (_commitLock)
        {
            if (!_contents.Versions.IsEmpty)
                return false;
            _isDeleted = true;
            Uploads.RemoveAll();
            // Uploads in progress lose their files and fail when they commit.
            Directory.Delete(_folder.Path, recursive: true);
            return true;
        }
    }

    /// <summary>Saves an object or a version; all writes go through this method, under the lock.</summary>
    /// <returns>The object with its version id, and the object that it replaced.</returns>
    private (StoredObject Stored, StoredObject? Replaced) SaveVersion(StoredObject stored)
    {
        RequireNotDeleted();
        stored = stored with
        {
            VersionId = Versioning == VersioningStatus.Enabled ? VersionId.Create(stored.Sequence) : null,
            Change = ChangeSequence.Next(),
        };
        var replaced = _contents.Find(stored.Key, stored.PublicVersionId);
        _folder.SaveObject(stored);
        _contents = _contents.With(stored);
        return (stored, replaced);
    }

    /// <summary>Adds the headers of the delete marker at the requested key to an error.</summary>
    private static S3Exception WithDeleteMarker(StoredObject marker, S3Exception refusal) =>
        refusal.WithHeader("x-amz-delete-marker", "true").WithHeader("x-amz-version-id", marker.PublicVersionId);

    private void RequireVersionId(string versionId)
    {
        if (!VersionId.IsWellFormed(versionId) || (Versioning == VersioningStatus.Off && versionId != VersionId.Null))
            throw S3Errors.InvalidArgument("Invalid version id specified", "versionId", versionId);
    }

    private void RequireNotDeleted()
    {
        if (_isDeleted)
            throw S3Errors.NoSuchBucket(Name);
    }

    private void DeleteBytes(StoredObject? stored)
    {
        if (stored is not null)
            _readers.DeleteBytes(stored);
    }
}
