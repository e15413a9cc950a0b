using System.Security.Cryptography;
using System.Text;

namespace DirectUpload.LocalS3.Storage;

/// <summary>
/// A bucket's files: <c>bucket.json</c>; one record per object under <c>objects</c>, or per version of it (named by the key's
/// SHA-256, so no key can leave the folder, clash in case or be too long); records of multipart uploads and of their parts under <c>uploads</c> and <c>parts</c>; and the
/// bytes under <c>blobs</c>. A record is written after its bytes are complete: a killed process leaves the old object or the new one, and
/// at most files that nobody names, which <see cref="Load"/> removes.
/// </summary>
internal sealed class BucketFolder(string path)
{
    private readonly RecordFolder<BucketState> _state = new(path, StorageJson.Default.BucketState);
    private readonly RecordFolder<StoredObject> _objects = new(System.IO.Path.Combine(path, "objects"), StorageJson.Default.StoredObject);
    private readonly RecordFolder<StoredUpload> _uploads = new(System.IO.Path.Combine(path, "uploads"), StorageJson.Default.StoredUpload);
    private readonly RecordFolder<UploadedPart> _parts = new(System.IO.Path.Combine(path, "parts"), StorageJson.Default.UploadedPart);

    public string Path => path;

    private string Blobs => System.IO.Path.Combine(path, "blobs");

    public void Create()
    {
        Directory.CreateDirectory(Blobs);
        _objects.Create();
        _uploads.Create();
        _parts.Create();
    }

    public BucketState? LoadState() => _state.Find("bucket");

    public void SaveState(BucketState state) => _state.Save("bucket", state);

    public void SaveObject(StoredObject stored) => _objects.Save(NameOf(stored), stored);

    public void DeleteObject(StoredObject stored) => _objects.Delete(NameOf(stored));

    public void SaveUpload(StoredUpload upload) => _uploads.Save(upload.Id, upload);

    /// <summary>With its record the upload is over; the records of its parts may follow later.</summary>
    public void DeleteUpload(string uploadId) => _uploads.Delete(uploadId);

    public void SavePart(string uploadId, StoredPart part) => _parts.Save(NameOf(uploadId, part.Number), new(uploadId, part));

    public void DeletePart(string uploadId, int number) => _parts.Delete(NameOf(uploadId, number));

    public BlobDraft NewBlob() => new(Blobs);

    public FileStream OpenBlob(string name) =>
        new(BlobPath(name), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0,
            FileOptions.Asynchronous | FileOptions.SequentialScan);

    public void DeleteBlobs(IEnumerable<StoredPart> parts)
    {
        try
        {
            foreach (var part in parts)
                File.Delete(BlobPath(part.Blob));
        }
        catch (DirectoryNotFoundException)
        {
            // The bucket was deleted meanwhile, and these bytes with it.
        }
    }

    /// <summary>Reads all records, and removes what a killed process left behind.</summary>
    public BucketFiles Load()
    {
        var objects = _objects.Load();
        var uploads = LoadUploads(objects);
        var named = objects.SelectMany(o => o.Parts).Concat(uploads.SelectMany(u => u.Parts.Values))
            .Select(part => part.Blob).ToHashSet(StringComparer.Ordinal);
        foreach (var blob in Directory.EnumerateFiles(Blobs).Where(file => !named.Contains(System.IO.Path.GetFileName(file))))
            File.Delete(blob);
        return new(objects, uploads);
    }

    private List<PendingUpload> LoadUploads(IReadOnlyList<StoredObject> objects)
    {
        var uploads = _uploads.Load().ToDictionary(upload => upload.Id, StringComparer.Ordinal);
        // Killed while completing: the object is there, so the upload is over.
        foreach (var completed in objects.Where(o => o.UploadId is not null && uploads.Remove(o.UploadId)))
            DeleteUpload(completed.UploadId!);
        var parts = _parts.Load().ToLookup(part => part.UploadId, StringComparer.Ordinal);
        foreach (var orphan in parts.Where(group => !uploads.ContainsKey(group.Key)).SelectMany(group => group))
            DeletePart(orphan.UploadId, orphan.Part.Number);
        return uploads.Values.Select(upload => new PendingUpload(upload, parts[upload.Id].Select(part => part.Part))).ToList();
    }

    private string BlobPath(string name) => System.IO.Path.Combine(Blobs, name);

    private static string NameOf(StoredObject stored)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stored.Key)));
        return stored.VersionId is null ? key : $"{key}-{stored.VersionId}";
    }

    private static string NameOf(string uploadId, int number) => $"{uploadId}-{number}";
}

/// <summary>All that a bucket's folder holds.</summary>
internal sealed record BucketFiles(IReadOnlyList<StoredObject> Objects, IReadOnlyList<PendingUpload> Uploads);
