using System.Security.Cryptography;
using System.Text;
using DirectUpload.LocalS3.Objects;

namespace DirectUpload.LocalS3.Storage;

/// <summary>Reads and writes the files of a bucket.</summary>
/// <remarks>
/// <c>bucket.json</c> contains the configuration. <c>objects</c> contains one record per object or version. Its name is the SHA-256 of the
/// key, so that no key can leave the folder, collide by case or be too long. <c>uploads</c> and <c>parts</c> contain the records of
/// multipart
/// uploads, and <c>blobs</c> contains the bytes. A record is written after its bytes are complete, so a killed process leaves the old
/// object
/// or the new one. It can also leave unreferenced files, which <see cref="Load"/> removes.
/// </remarks>
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

    public void SaveObject(StoredObject stored) => _objects.Save(GetFileName(stored), stored);

    public void DeleteObject(StoredObject stored) => _objects.Delete(GetFileName(stored));

    public void SaveUpload(StoredUpload upload) => _uploads.Save(upload.Id, upload);

    /// <summary>Deletes an upload's record, which ends the upload; the records of its parts can be deleted later.</summary>
    public void DeleteUpload(string uploadId) => _uploads.Delete(uploadId);

    public void SavePart(string uploadId, StoredPart part) => _parts.Save(GetFileName(uploadId, part.Number), new(uploadId, part));

    public void DeletePart(string uploadId, int number) => _parts.Delete(GetFileName(uploadId, number));

    public PendingBlob CreateBlob() => new(Blobs);

    public FileStream OpenBlob(string name) =>
        new(GetBlobPath(name), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0,
            FileOptions.Asynchronous | FileOptions.SequentialScan);

    public void DeleteBlobs(IEnumerable<StoredPart> parts)
    {
        try
        {
            foreach (var part in parts)
                File.Delete(GetBlobPath(part.Blob));
        }
        catch (DirectoryNotFoundException)
        {
            // The bucket was deleted in the meantime, and these bytes with it.
        }
    }

    /// <summary>Reads all records and removes the leftovers of a killed process.</summary>
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
        // The process was killed during the completion. The object exists, so the upload is complete.
        foreach (var completed in objects.Where(o => o.UploadId is not null && uploads.Remove(o.UploadId)))
            DeleteUpload(completed.UploadId!);
        var parts = _parts.Load().ToLookup(part => part.UploadId, StringComparer.Ordinal);
        foreach (var orphan in parts.Where(group => !uploads.ContainsKey(group.Key)).SelectMany(group => group))
            DeletePart(orphan.UploadId, orphan.Part.Number);
        return uploads.Values.Select(upload => new PendingUpload(upload, parts[upload.Id].Select(part => part.Part))).ToList();
    }

    private string GetBlobPath(string name) => System.IO.Path.Combine(Blobs, name);

    private static string GetFileName(StoredObject stored)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stored.Key)));
        return stored.VersionId is null ? key : $"{key}-{stored.VersionId}";
    }

    private static string GetFileName(string uploadId, int number) => $"{uploadId}-{number}";
}

/// <summary>Contains the records of a bucket's folder.</summary>
internal sealed record BucketFiles(IReadOnlyList<StoredObject> Objects, IReadOnlyList<PendingUpload> Uploads);
