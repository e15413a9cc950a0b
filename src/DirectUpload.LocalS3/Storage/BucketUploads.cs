using System.Collections.Immutable;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Storage;

/// <summary>Contains a bucket's multipart uploads in progress.</summary>
/// <remarks>It changes under the bucket's lock, so no part can be added to an upload that is being completed or aborted.</remarks>
internal sealed class BucketUploads
{
    private readonly BucketFolder _folder;
    private readonly Lock _commitLock;
    private volatile ImmutableDictionary<string, PendingUpload> _byId;
    private volatile ImmutableSortedSet<StoredUpload> _listed;

    public BucketUploads(BucketFolder folder, Lock commit, IEnumerable<PendingUpload> uploads)
    {
        _folder = folder;
        _commitLock = commit;
        _byId = uploads.ToImmutableDictionary(upload => upload.Stored.Id, StringComparer.Ordinal);
        _listed = _byId.Values.Select(upload => upload.Stored).ToImmutableSortedSet(ListingOrder.Uploads);
    }

    /// <summary>A snapshot in S3's order: by key and then by age, which is the order of the ids.</summary>
    public ImmutableSortedSet<StoredUpload> Listed => _listed;

    /// <summary>Returns a snapshot with the parts, in the same order.</summary>
    public IEnumerable<PendingUpload> GetOrdered()
    {
        var byId = _byId;
        return byId.Values.OrderBy(upload => upload.Stored, ListingOrder.Uploads);
    }

    public PendingUpload? Find(string key, string id) =>
        _byId.TryGetValue(id, out var upload) && upload.Stored.Key == key ? upload : null;

    public PendingUpload Get(string key, string id) => Find(key, id) ?? throw S3Errors.NoSuchUpload(id);

    /// <summary>Adds an upload; the caller holds the lock.</summary>
    public void Add(StoredUpload upload)
    {
        _folder.SaveUpload(upload);
        _byId = _byId.SetItem(upload.Id, new PendingUpload(upload, []));
        _listed = _listed.Add(upload);
    }

    /// <summary>Commits received bytes as a part and replaces a part with the same number.</summary>
    public async Task PutPartAsync(string key, string id, PendingBlob draft, StoredPart part)
    {
        await draft.Stream.DisposeAsync();
        StoredPart? previous;
        lock (_commitLock)
        {
            var upload = Get(key, id);
            previous = upload.Parts.GetValueOrDefault(part.Number);
            _folder.SavePart(id, part);
            draft.Keep();
            _byId = _byId.SetItem(id, upload with { Parts = upload.Parts.SetItem(part.Number, part) });
        }
        if (previous is not null)
            _folder.DeleteBlobs([previous]);
    }

    public void Abort(string key, string id)
    {
        PendingUpload upload;
        lock (_commitLock)
        {
            upload = Get(key, id);
            Remove(id);
        }
        RemoveParts(upload, upload.Parts.Values);
    }

    /// <summary>Aborts an upload like <see cref="Abort"/>, without an error if it no longer exists.</summary>
    public void TryAbort(string key, string id)
    {
        lock (_commitLock)
        {
            if (Find(key, id) is not null)
                Abort(key, id);
        }
    }

    /// <summary>Removes an upload; the caller holds the lock.</summary>
    public void Remove(string id)
    {
        _folder.DeleteUpload(id);
        if (_byId.TryGetValue(id, out var removed))
            _listed = _listed.Remove(removed.Stored);
        _byId = _byId.Remove(id);
    }

    /// <summary>Removes all uploads when the bucket is deleted; the caller holds the lock.</summary>
    public void RemoveAll()
    {
        _byId = _byId.Clear();
        _listed = _listed.Clear();
    }

    /// <summary>Deletes the records of all parts of a finished upload, and the bytes of parts that no object uses.</summary>
    public void RemoveParts(PendingUpload upload, IEnumerable<StoredPart> unused)
    {
        foreach (var number in upload.Parts.Keys)
            _folder.DeletePart(upload.Stored.Id, number);
        _folder.DeleteBlobs(unused);
    }
}
