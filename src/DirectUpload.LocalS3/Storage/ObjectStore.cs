using System.Collections.Concurrent;
using DirectUpload.LocalS3.Cors;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Storage;

/// <summary>Contains all buckets of one folder, which one store uses exclusively.</summary>
internal sealed class ObjectStore : IDisposable
{
    private readonly string _buckets;
    private readonly FileStream _folderLock;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, Bucket> _byName = new(StringComparer.Ordinal);
    private readonly Lock _changeLock = new();

    private ObjectStore(string directory, FileStream exclusive, TimeProvider clock)
    {
        _buckets = Path.Combine(directory, "buckets");
        _folderLock = exclusive;
        _clock = clock;
    }

    public IEnumerable<Bucket> Buckets => _byName.Values.OrderBy(bucket => bucket.Name, StringComparer.Ordinal);

    public static ObjectStore Open(string directory, TimeProvider clock)
    {
        Directory.CreateDirectory(directory);
        var store = new ObjectStore(directory, AcquireFolderLock(directory), clock);
        try
        {
            store.Load();
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    public Bucket? Find(string name) => _byName.GetValueOrDefault(name);

    public Bucket Get(string name) => Find(name) ?? throw S3Errors.NoSuchBucket(name);

    /// <summary>Creates a bucket; returns false if it already exists and leaves it unchanged.</summary>
    public bool TryCreate(string name, IReadOnlyList<CorsRule>? cors)
    {
        lock (_changeLock)
        {
            if (_byName.ContainsKey(name))
                return false;
            var folder = new BucketFolder(Path.Combine(_buckets, name));
            var state = new BucketState(_clock.GetUtcNow(), cors);
            folder.Create();
            folder.SaveState(state);
            _byName[name] = new Bucket(name, folder, state, new([], []));
            return true;
        }
    }

    public void Delete(string name)
    {
        lock (_changeLock)
        {
            var bucket = Get(name);
            if (!bucket.TryDelete())
                throw new S3Exception(409, "BucketNotEmpty", "The bucket you tried to delete is not empty" +
                    (bucket.Versioning == VersioningStatus.Off ? "" : ". You must delete all versions in the bucket.")).WithDetail(
                        "BucketName", name);
            _byName.TryRemove(name, out _);
        }
    }

    public void Dispose() => _folderLock.Dispose();

    private void Load()
    {
        Directory.CreateDirectory(_buckets);
        foreach (var path in Directory.EnumerateDirectories(_buckets))
        {
            var folder = new BucketFolder(path);
            folder.Create();
            // A folder without a state belongs to a process that was killed while it created or deleted the bucket. It is empty in both
            // cases.
            var state = folder.LoadState() ?? new BucketState(_clock.GetUtcNow(), null);
            var name = Path.GetFileName(path);
            _byName[name] = new Bucket(name, folder, state, folder.Load());
        }
    }

    private static FileStream AcquireFolderLock(string directory)
    {
        var file = Path.Combine(directory, ".lock");
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new IOException(
                $"LocalS3 cannot use '{directory}': another LocalS3 server uses this folder. Stop that server, " +
                "or set LocalS3Options.DataDirectory.", e);
        }
    }
}
