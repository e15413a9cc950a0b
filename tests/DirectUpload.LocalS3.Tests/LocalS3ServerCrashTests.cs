using System.Collections.Concurrent;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Tests;

/// <summary>
/// A real server process under load, killed again and again. What it had answered must be there after each kill, what it had not
/// answered must be there as a whole or not at all, and no file may be left that nothing names. Another test's server could be given the
/// port of one that was killed, and answer for it.
/// </summary>
[Collection(nameof(NonParallelCollection))]
public sealed class LocalS3ServerCrashTests : IDisposable
{
    private const int Kills = 25;
    private const int Writers = 3;
    private static readonly byte[] FullPart = new byte[5 * 1024 * 1024];

    private readonly TemporaryFolder _folder = new();

    /// <summary>What a key may hold: what was answered last, and what was asked for after that.</summary>
    private readonly ConcurrentDictionary<string, string?[]> _expected = new();

    /// <summary>Parts that were answered, of uploads that nobody ended; null for an upload whose end was asked for.</summary>
    private readonly ConcurrentDictionary<string, string[]?> _uploads = new();

    private readonly ConcurrentBag<string> _ended = [];
    private int _written;
    private int _acknowledged;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Kills_under_load_lose_no_acknowledged_write()
    {
        var random = new Random(7);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var server = await LocalS3Process.StartAsync(_folder.Path);
            var load = Enumerable.Range(0, Writers).SelectMany(i => new[]
            {
                Task.Run(() => UntilKilledAsync(() => PutAsync(server.S3, $"put-{i}"))),
                Task.Run(() => UntilKilledAsync(() => UploadAsync(server.S3, $"upload-{i}"))),
            }).ToList();
            // By what was answered, not by the clock: a machine may be busy.
            for (var enough = _acknowledged + random.Next(0, 30); _acknowledged < enough && !load.Exists(writer => writer.IsCompleted);)
                await Task.Delay(1);
            await Task.Delay(random.Next(0, 15));
            server.Kill();
            await Task.WhenAll(load);
            await VerifyAsync();
        }
        _ended.Should().NotBeEmpty("otherwise no upload was completed or aborted");
    }

    private static async Task UntilKilledAsync(Func<Task> work)
    {
        try
        {
            while (true)
                await work();
        }
        catch (Exception e) when (e is not AmazonS3Exception { ErrorCode: not null })
        {
            // Killed. A refusal in S3's words would be a fault.
        }
    }

    private async Task PutAsync(AmazonS3Client s3, string key) => await WriteAsync(key, body =>
        s3.PutObjectAsync(new PutObjectRequest { BucketName = "uploads", Key = key, ContentBody = body }));

    /// <summary>An upload that is left alone, aborted or completed, in turn.</summary>
    private async Task UploadAsync(AmazonS3Client s3, string key)
    {
        var end = Interlocked.Increment(ref _written) % 4;
        var id = (await s3.InitiateMultipartUploadAsync("uploads", key)).UploadId;
        _uploads[id] = [];
        await WriteAsync(key, async body =>
        {
            var parts = new List<PartETag>();
            byte[][] bytes = end == 0 ? [FullPart, Encoding.UTF8.GetBytes(body)] : [Encoding.UTF8.GetBytes(body)];
            foreach (var part in bytes)
            {
                var sent = await s3.UploadPartAsync(new UploadPartRequest
                {
                    BucketName = "uploads",
                    Key = key,
                    UploadId = id,
                    PartNumber = parts.Count + 1,
                    InputStream = new MemoryStream(part),
                });
                parts.Add(new(parts.Count + 1, sent.ETag));
                _uploads[id] = [.. parts.Select(p => p.ETag.Trim('"'))];
            }
            if (end == 1)
                return;
            _uploads[id] = null;
            if (end == 2)
                await s3.AbortMultipartUploadAsync("uploads", key, id);
            else
                await s3.CompleteMultipartUploadAsync(new() { BucketName = "uploads", Key = key, UploadId = id, PartETags = parts });
            _ended.Add(id);
        }, keepsBody: end is 0 or 3);
    }

    private async Task WriteAsync(string key, Func<string, Task> write, bool keepsBody = true)
    {
        var body = string.Concat(Enumerable.Repeat($"{Interlocked.Increment(ref _written)},", 5000));
        var before = _expected.GetOrAdd(key, [null]);
        _expected[key] = keepsBody ? [.. before, body] : before;
        await write(body);
        Interlocked.Increment(ref _acknowledged);
        _expected[key] = keepsBody ? [body] : before;
    }

    /// <summary>Opens the folder as the next server would, and looks at everything.</summary>
    private async Task VerifyAsync()
    {
        using var store = ObjectStore.Open(_folder.Path, TimeProvider.System);
        if (store.Find("uploads") is not { } bucket)
            return;
        foreach (var (key, allowed) in _expected)
        {
            var found = await ReadAsync(bucket, key);
            allowed.Should().Contain(found, $"{key} holds what was answered last or asked for after it");
            _expected[key] = [found];
        }
        var pending = bucket.Uploads.GetOrdered().ToDictionary(u => u.Stored.Id);
        foreach (var (id, parts) in _uploads.Where(u => u.Value is not null))
            pending.Should().ContainKey(id).WhoseValue.Parts.Values.Select(p => p.ETag).Take(parts!.Length).Should().Equal(parts);
        pending.Keys.Should().NotIntersectWith(_ended);
        NamesNothingElse(bucket, pending.Values);
    }

    private void NamesNothingElse(Bucket bucket, Dictionary<string, PendingUpload>.ValueCollection pending)
    {
        var named = bucket.Objects.Values.SelectMany(o => o.Parts).Concat(pending.SelectMany(u => u.Parts.Values));
        _folder.Blobs().Select(Path.GetFileName).Should().BeEquivalentTo(named.Select(p => p.Blob));
        Files("objects").Should().HaveCount(bucket.Objects.Count);
        Files("uploads").Should().HaveCount(pending.Count);
        Files("parts").Should().HaveCount(pending.Sum(u => u.Parts.Count));
    }

    private string[] Files(string kind) => Directory.GetFiles(Path.Combine(_folder.Path, "buckets", "uploads", kind));

    private static async Task<string?> ReadAsync(Bucket bucket, string key)
    {
        if (bucket.Find(key) is null)
            return null;
        using var open = bucket.OpenRead(key);
        var text = await new StreamReader(open.OpenRead()).ReadToEndAsync();
        return text.TrimStart('\0');
    }
}
