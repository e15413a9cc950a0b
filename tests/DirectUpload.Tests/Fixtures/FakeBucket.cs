using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using DirectUpload.Storage;

namespace DirectUpload.Tests.Fixtures;

public enum BucketOperation
{
    Head,
    OpenRead,
    Copy,
    Delete,
    Put,
    List,
    Abort,
    Begin,
    ListParts,
    Complete,
    SetAcl,
}

/// <summary>One object as the bucket keeps it.</summary>
internal sealed record FakeObject(byte[] Bytes, string ContentType, ObjectSettings? Settings = null, DateTimeOffset LastModified = default)
{
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "S3's ETag is the MD5.")]
    public string ETag { get; } = $"\"{Convert.ToHexStringLower(MD5.HashData(Bytes))}\"";
}

/// <summary>
/// A small honest S3 in memory: ETags are quoted MD5s, reads and copies are pinned to them. It can be told to fail, to hang, to swap an
/// object between two calls, and to be as careless as some servers are.
/// </summary>
internal sealed class FakeBucket : IUploadBucket
{
    private readonly ConcurrentDictionary<string, FakeObject> _objects = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(BucketOperation Verb, string Key)> _calls = new();
    private readonly ConcurrentDictionary<string, string> _types = new();

    /// <summary>Runs before each call; may throw, wait, or change the bucket.</summary>
    public Func<BucketOperation, string, Task> BeforeCall { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Ceph RGW 16 ignores a copy's condition.</summary>
    public bool HonorsCopyCondition { get; init; } = true;

    /// <summary>A server without ranges answers with the whole object.</summary>
    public bool IgnoresRanges { get; init; }

    /// <summary>AWS reports the SHA-256 that it has verified; most others know none.</summary>
    public bool ReportsChecksums { get; init; }

    /// <summary>AWS reports a CRC-64/NVME of each object whose client sends no other checksum.</summary>
    public bool ReportsCrc64Nvme { get; set; }

    /// <summary>AWS refuses to replace a copy that must be new, so a confirm copies first.</summary>
    public bool VerifiesCopies { get; init; } = true;

    /// <summary>AWS computes the checksum that a copy requests.</summary>
    public bool ComputesChecksumsOfCopies { get; init; }

    /// <summary>Encrypted with KMS, an ETag is no hash of the bytes.</summary>
    public bool ETagsAreContentHashes { get; init; } = true;

    public BucketLifecycleRules? Lifecycle { get; private set; }

    public IEnumerable<string> Keys => _objects.Keys;

    /// <summary>Multipart uploads that were begun and not ended, by their ids.</summary>
    public ConcurrentDictionary<string, IncompleteMultipartUpload> Unfinished { get; } = new();

    /// <summary>Their parts, by id and number.</summary>
    public ConcurrentDictionary<(string MultipartId, int Number), byte[]> Parts { get; } = new();

    public FakeObject? this[string key] => _objects.GetValueOrDefault(key);

    public int Count(BucketOperation verb) => _calls.Count(call => call.Verb == verb);

    public void Put(string key, byte[] bytes, string contentType) => _objects[key] = new(bytes, contentType);

    public void Put(string key, string text, DateTimeOffset lastModified) =>
        _objects[key] = new(Encoding.UTF8.GetBytes(text), "text/plain", LastModified: lastModified);

    public void Put(string key, string text, string contentType = "text/plain") => Put(key, Encoding.UTF8.GetBytes(text), contentType);

    /// <summary>Storage is out for one kind of call, until <see cref="StopFailing"/>.</summary>
    public void Fail(params BucketOperation[] verbs) =>
        BeforeCall = (verb, _) => verbs.Contains(verb)
            ? Task.FromException(new HttpRequestException($"{verb}: storage is out"))
            : Task.CompletedTask;

    public void StopFailing() => BeforeCall = (_, _) => Task.CompletedTask;

    public async Task<StoredObject?> HeadAsync(string key, CancellationToken cancellationToken = default)
    {
        await CallAsync(BucketOperation.Head, key, cancellationToken);
        return _objects.TryGetValue(key, out var found) ? Describe(found) : null;
    }

    public async Task<ObjectStart?> ReadStartAsync(
        string key, string eTag, int length, CancellationToken cancellationToken = default)
    {
        await CallAsync(BucketOperation.OpenRead, key, cancellationToken);
        return _objects.TryGetValue(key, out var found) && found.ETag == eTag
            ? new ObjectStart(Describe(found) with { Checksum = null }, [.. found.Bytes.Take(length)])
            : null;
    }

    public async Task<Stream?> OpenReadAsync(
        string key, string eTag, long offset, long length, CancellationToken cancellationToken = default)
    {
        await CallAsync(BucketOperation.OpenRead, key, cancellationToken);
        if (!_objects.TryGetValue(key, out var found) || found.ETag != eTag)
            return null;
        offset.Should().BeInRange(0, found.Bytes.Length - 1, "S3 answers 416 to a range outside of the object");
        length.Should().BeInRange(1, found.Bytes.Length - offset);
        if (IgnoresRanges)
            return new MemoryStream(found.Bytes);
        return new MemoryStream(found.Bytes, (int)offset, (int)length, writable: false);
    }

    public async Task<CopiedObject?> TryCopyAsync(ConditionalCopy copy, CancellationToken cancellationToken = default)
    {
        await CallAsync(BucketOperation.Copy, copy.SourceKey, cancellationToken);
        if (!_objects.TryGetValue(copy.SourceKey, out var source)
            || (copy.SourceETag is { } eTag && HonorsCopyCondition && source.ETag != eTag))
            return null;
        var copied = new FakeObject(source.Bytes, copy.ContentType, copy.Settings);
        if (copy.SourceETag is not null)
            _objects[copy.DestinationKey] = copied;
        else
            _objects.TryAdd(copy.DestinationKey, copied).Should().BeTrue("an attempt has a key of its own");
        return new CopiedObject
        {
            ETag = copied.ETag,
            ETagIsContentHash = ETagsAreContentHashes,
            Checksum = GetChecksum(copied.Bytes, copy.ChecksumAlgorithm),
        };
    }

    public async Task DeleteAsync(string key, CancellationToken cancellationToken = default)
    {
        await CallAsync(BucketOperation.Delete, key, cancellationToken);
        _objects.TryRemove(key, out _);
    }

    public async Task PutAsync(
        string key, string contentType, Stream content, ObjectSettings settings, CancellationToken cancellationToken = default)
    {
        await CallAsync(BucketOperation.Put, key, cancellationToken);
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken);
        _objects[key] = new(bytes.ToArray(), contentType, settings);
    }

    public async Task SetAclAsync(string key, string? versionId, string acl, CancellationToken cancellationToken = default)
    {
        await CallAsync(BucketOperation.SetAcl, key, cancellationToken);
        _objects[key] = _objects[key] with { Settings = (_objects[key].Settings ?? new ObjectSettings()) with { Acl = acl } };
    }

    public async IAsyncEnumerable<string> ListKeysAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var found in ListAsync(prefix, cancellationToken))
            yield return found.Key;
    }

    public async IAsyncEnumerable<ListedObject> ListAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await CallAsync(BucketOperation.List, prefix, cancellationToken);
        foreach (var (key, found) in _objects.Where(it => it.Key.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(it => it.Key, StringComparer.Ordinal))
            yield return new ListedObject(key, found.Bytes.Length, found.LastModified);
    }

    public async IAsyncEnumerable<IncompleteMultipartUpload> ListIncompleteMultipartUploadsAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await CallAsync(BucketOperation.List, prefix, cancellationToken);
        foreach (var unfinished in Unfinished.Values.Where(it => it.Key.StartsWith(prefix, StringComparison.Ordinal)))
            yield return unfinished;
    }

    public async Task<string> CreateMultipartUploadAsync(
        string key, string contentType, ObjectSettings settings, bool partChecksums, CancellationToken cancellationToken = default)
    {
        await CallAsync(BucketOperation.Begin, key, cancellationToken);
        var id = $"parts-{Guid.NewGuid():N}";
        Unfinished[id] = new IncompleteMultipartUpload(key, id, default);
        _types[id] = contentType;
        return id;
    }

    public async Task<IReadOnlyList<StoredPart>?> ListPartsAsync(
        string key, string multipartId, CancellationToken cancellationToken = default)
    {
        await CallAsync(BucketOperation.ListParts, key, cancellationToken);
        return Unfinished.ContainsKey(multipartId) ? GetParts(multipartId) : null;
    }

    public async Task<bool> TryCompleteMultipartUploadAsync(
        string key, string multipartId, IReadOnlyList<StoredPart> parts, bool onlyIfNew, CancellationToken cancellationToken = default)
    {
        await CallAsync(BucketOperation.Complete, key, cancellationToken);
        parts.Should().BeSubsetOf(GetParts(multipartId), "what is completed is what storage has");
        // The object is there before the upload is gone.
        lock (_types)
        {
            if (!Unfinished.ContainsKey(multipartId) || (onlyIfNew && _objects.ContainsKey(key)))
                return false;
            Put(key, [.. parts.SelectMany(part => Parts[(multipartId, part.Number)])], _types[multipartId]);
            return Unfinished.TryRemove(multipartId, out _);
        }
    }

    public async Task AbortMultipartUploadAsync(IncompleteMultipartUpload multipart, CancellationToken cancellationToken = default)
    {
        await CallAsync(BucketOperation.Abort, multipart.Key, cancellationToken);
        Unfinished.TryRemove(multipart.UploadId, out _);
    }

    private StoredObject Describe(FakeObject found) => new()
    {
        ETag = found.ETag,
        Size = found.Bytes.Length,
        ContentType = found.ContentType,
        Checksum = GetChecksum(found.Bytes),
        ETagIsContentHash = ETagsAreContentHashes,
    };

    private UploadChecksum? GetChecksum(byte[] bytes, string? requested = null)
    {
        if (ReportsChecksums || (ComputesChecksumsOfCopies && requested == UploadChecksum.Sha256))
            return new(UploadChecksum.Sha256, Convert.ToBase64String(SHA256.HashData(bytes)), UploadChecksum.FullObject);
        return ReportsCrc64Nvme ? new(UploadChecksum.Crc64Nvme, TestData.ComputeCrc64Nvme(bytes), UploadChecksum.FullObject) : null;
    }

    private List<StoredPart> GetParts(string multipartId) =>
    [
        .. Parts.Where(part => part.Key.MultipartId == multipartId).OrderBy(part => part.Key.Number)
            .Select(part => new StoredPart(part.Key.Number, part.Value.Length, $"\"{part.Key.Number}\"")),
    ];

    public Task SetLifecycleAsync(BucketLifecycleRules lifecycle, CancellationToken cancellationToken = default)
    {
        Lifecycle = lifecycle;
        return Task.CompletedTask;
    }

    private async Task CallAsync(BucketOperation verb, string key, CancellationToken cancellationToken)
    {
        _calls.Enqueue((verb, key));
        await BeforeCall(verb, key);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
