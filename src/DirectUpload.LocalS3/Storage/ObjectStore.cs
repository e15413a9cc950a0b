using System.Collections.Concurrent;
using DirectUpload.LocalS3.Cors;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Storage;

/// <summary>All buckets in one folder, which it holds alone.</summary>
internal sealed class ObjectStore : IDisposable
{
    private readonly string _buckets;
    private readonly FileStream _lock;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, Bucket> _byName = new(StringComparer.Ordinal);
    private readonly Lock _change = new();

    private ObjectStore(string directory, FileStream exclusive, TimeProvider clock)
    {
        _buckets = Path.Combine(directory, "buckets");
        _lock = exclusive;
        _clock = clock;
    }

    public IEnumerable<Bucket> Buckets => _byName.Values.OrderBy(bucket => bucket.Name, StringComparer.Ordinal);

    public static ObjectStore Open(string directory, TimeProvider clock)
    {
        Directory.CreateDirectory(directory);
        var store = new ObjectStore(directory, Lock(directory), clock);
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

    /// <summary>Creates a bucket; false when there is one of that name, which is left as it is.</summary>
    public bool TryCreate(string name, IReadOnlyList<CorsRule>? cors)
    {
        lock (_change)
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
        lock (_change)
        {
            var bucket = Get(name);
            if (!bucket.TryRemove())
                throw new S3Exception(409, "BucketNotEmpty", "The bucket you tried to delete is not empty" +
                    (bucket.Versioning == Versioning.Off ? "" : ". You must delete all versions in the bucket.")).With("BucketName", name);
            _byName.TryRemove(name, out _);
        }
    }

    public void Dispose() => _lock.Dispose();

    private void Load()
    {
        Directory.CreateDirectory(_buckets);
        foreach (var path in Directory.EnumerateDirectories(_buckets))
        {
            var folder = new BucketFolder(path);
            folder.Create();
            // Without its state a bucket was killed while being created or deleted; either way it is empty.
            var state = folder.LoadState() ?? new BucketState(_clock.GetUtcNow(), null);
            var name = Path.GetFileName(path);
            _byName[name] = new Bucket(name, folder, state, folder.Load());
        }
    }

    private static FileStream Lock(string directory)
    {
        var file = Path.Combine(directory, ".lock");
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new IOException(
                $"LocalS3 cannot use '{directory}': another LocalS3 is running on it. Stop that one, " +
                "or set LocalS3Options.DataDirectory.", e);
        }
    }
}
