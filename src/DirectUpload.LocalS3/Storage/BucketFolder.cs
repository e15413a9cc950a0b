using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DirectUpload.LocalS3.Storage;

/// <summary>
/// A bucket's files: <c>bucket.json</c>, one record per object under <c>objects</c> (named by the key's SHA-256, so no key can leave the
/// folder, clash in case or be too long) and the bytes under <c>blobs</c>. A record is renamed into place after its bytes are complete:
/// a killed process leaves the old object or the new one, and at most bytes that nobody names, which <see cref="Load"/> removes.
/// </summary>
internal sealed class BucketFolder(string path)
{
    private const string TemporarySuffix = ".tmp";

    public string Path => path;

    private string Blobs => System.IO.Path.Combine(path, "blobs");

    private string Objects => System.IO.Path.Combine(path, "objects");

    public void Create()
    {
        Directory.CreateDirectory(Blobs);
        Directory.CreateDirectory(Objects);
    }

    public BucketState? LoadState()
    {
        var file = System.IO.Path.Combine(path, "bucket.json");
        return File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllBytes(file), StorageJson.Default.BucketState) : null;
    }

    public void SaveState(BucketState state) =>
        Replace(System.IO.Path.Combine(path, "bucket.json"), JsonSerializer.SerializeToUtf8Bytes(state, StorageJson.Default.BucketState));

    /// <summary>Reads all records, and removes what a killed process left behind.</summary>
    public IReadOnlyList<StoredObject> Load()
    {
        foreach (var leftover in Directory.EnumerateFiles(Objects, "*" + TemporarySuffix))
            File.Delete(leftover);
        var objects = Directory.EnumerateFiles(Objects).Select(Read).ToList();
        var named = objects.Select(o => o.Blob).ToHashSet(StringComparer.Ordinal);
        foreach (var blob in Directory.EnumerateFiles(Blobs).Where(file => !named.Contains(System.IO.Path.GetFileName(file))))
            File.Delete(blob);
        return objects;
    }

    public BlobDraft NewBlob() => new(Blobs);

    public FileStream OpenBlob(string name) =>
        new(BlobPath(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0,
            FileOptions.Asynchronous | FileOptions.SequentialScan);

    public void DeleteBlob(string name) => File.Delete(BlobPath(name));

    public void SaveObject(StoredObject stored) =>
        Replace(ObjectPath(stored.Key), JsonSerializer.SerializeToUtf8Bytes(stored, StorageJson.Default.StoredObject));

    public void DeleteObject(string key) => File.Delete(ObjectPath(key));

    private string BlobPath(string name) => System.IO.Path.Combine(Blobs, name);

    private string ObjectPath(string key) =>
        System.IO.Path.Combine(Objects, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))) + ".json");

    private static StoredObject Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), StorageJson.Default.StoredObject)!;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                $"LocalS3 cannot read '{file}'. Delete that file, which loses its object, or choose another DataDirectory.", e);
        }
    }

    private static void Replace(string file, byte[] content)
    {
        var temporary = file + TemporarySuffix;
        File.WriteAllBytes(temporary, content);
        File.Move(temporary, file, overwrite: true);
    }
}
