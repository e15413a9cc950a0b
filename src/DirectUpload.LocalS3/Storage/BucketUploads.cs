using System.Collections.Immutable;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Storage;

/// <summary>A bucket's multipart uploads in progress. It changes under the bucket's own lock: a part never slips into an upload that ends.</summary>
internal sealed class BucketUploads
{
    private readonly BucketFolder _folder;
    private readonly Lock _commit;
    private volatile ImmutableDictionary<string, PendingUpload> _byId;

    public BucketUploads(BucketFolder folder, Lock commit, IEnumerable<PendingUpload> uploads)
    {
        _folder = folder;
        _commit = commit;
        _byId = uploads.ToImmutableDictionary(upload => upload.Stored.Id, StringComparer.Ordinal);
    }

    /// <summary>As of now; in S3's order, by key and then by age, which the ids sort by.</summary>
    public IEnumerable<PendingUpload> InOrder() => _byId.Values
        .OrderBy(upload => upload.Stored.Key, KeyOrder.Utf8).ThenBy(upload => upload.Stored.Id, StringComparer.Ordinal);

    public PendingUpload? Find(string key, string id) =>
        _byId.TryGetValue(id, out var upload) && upload.Stored.Key == key ? upload : null;

    public PendingUpload Get(string key, string id) => Find(key, id) ?? throw S3Errors.NoSuchUpload(id);

    /// <summary>Called under the lock.</summary>
    public void Add(StoredUpload upload)
    {
        _folder.SaveUpload(upload);
        _byId = _byId.SetItem(upload.Id, new PendingUpload(upload, []));
    }

    /// <summary>Puts received bytes in place as a part; a part of the same number is replaced.</summary>
    public async Task PutPartAsync(string key, string id, BlobDraft draft, StoredPart part)
    {
        await draft.Stream.DisposeAsync();
        StoredPart? previous;
        lock (_commit)
        {
            var upload = Get(key, id);
            previous = upload.Parts.GetValueOrDefault(part.Number);
            _folder.SavePart(id, part);
            draft.Take();
            _byId = _byId.SetItem(id, upload with { Parts = upload.Parts.SetItem(part.Number, part) });
        }
        if (previous is not null)
            _folder.DeleteBlobs([previous]);
    }

    public void Abort(string key, string id)
    {
        PendingUpload upload;
        lock (_commit)
        {
            upload = Get(key, id);
            End(id);
        }
        RemoveParts(upload, upload.Parts.Values);
    }

    /// <summary>As <see cref="Abort"/>; nothing happens when it has ended meanwhile.</summary>
    public void TryAbort(string key, string id)
    {
        lock (_commit)
        {
            if (Find(key, id) is not null)
                Abort(key, id);
        }
    }

    /// <summary>Called under the lock: from here on there is no such upload.</summary>
    public void End(string id)
    {
        _folder.DeleteUpload(id);
        _byId = _byId.Remove(id);
    }

    /// <summary>Called under the lock, when the bucket is deleted.</summary>
    public void Clear() => _byId = _byId.Clear();

    /// <summary>After the end: the records of all parts, and the bytes of those that are in no object.</summary>
    public void RemoveParts(PendingUpload upload, IEnumerable<StoredPart> unused)
    {
        foreach (var number in upload.Parts.Keys)
            _folder.DeletePart(upload.Stored.Id, number);
        _folder.DeleteBlobs(unused);
    }
}
