using System.Text;
using CsCheck;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Tests.Storage;

public sealed class ObjectStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ObjectStore _store;

    public ObjectStoreTests()
    {
        _store = ObjectStore.Open(_folder.Path, TimeProvider.System);
        _store.TryCreate("uploads", null);
    }

    private Bucket Bucket => _store.Get("uploads");

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Objects_and_buckets_survive_a_restart()
    {
        await PutAsync("../a/é\t?", "hello");
        Reopen();
        (await ReadAsync("../a/é\t?")).Should().Be("hello");
        Bucket.Cors.Should().BeNull();
    }

    [Fact]
    public async Task Case_and_path_like_keys_are_distinct_safe_objects()
    {
        string[] keys = ["a", "A", "../a", "../../../../../../tmp/a", "/a", "a/", "//a", ".", "..", "CON", "a\\b", new string('x', 1024)];
        foreach (var key in keys)
            await PutAsync(key, key);
        Reopen();
        foreach (var key in keys)
            (await ReadAsync(key)).Should().Be(key);
        Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Should().HaveCount((keys.Length * 2) + 2);
    }

    [Fact]
    public async Task An_uncommitted_blob_leaves_no_files()
    {
        await using (var draft = Bucket.CreateBlob())
            await draft.Stream.WriteAsync("half"u8.ToArray());
        _folder.Blobs().Should().BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_kill_during_a_write_leaves_the_old_object_intact(bool recordWasBegun)
    {
        await PutAsync("a", "old");
        var bucket = Path.Combine(_folder.Path, "buckets", "uploads");
        File.WriteAllText(Path.Combine(bucket, "blobs", Guid.NewGuid().ToString("N")), "the new bytes, not yet named");
        if (recordWasBegun)
            File.WriteAllText(Directory.GetFiles(Path.Combine(bucket, "objects")).Single() + ".tmp", "{ half a rec");

        Reopen();

        (await ReadAsync("a")).Should().Be("old");
        _folder.Blobs().Should().ContainSingle();
        Directory.GetFiles(Path.Combine(bucket, "objects")).Should().ContainSingle();
    }

    [Fact]
    public async Task Overwriting_and_deleting_remove_the_old_bytes()
    {
        await PutAsync("a", "one");
        await PutAsync("a", "two");
        _folder.Blobs().Should().ContainSingle();
        Bucket.Delete("a", null, WriteCondition.None, DateTimeOffset.UnixEpoch);
        _folder.Blobs().Should().BeEmpty();
        Reopen();
        Bucket.Find("a").Should().BeNull();
    }

    [Fact]
    public async Task Expire_does_not_remove_a_newer_object()
    {
        await PutAsync("a", "old");
        var old = Bucket.Find("a")!;
        await PutAsync("a", "new");
        Bucket.Expire(old, DateTimeOffset.UnixEpoch).Should().BeNull();
        (await ReadAsync("a")).Should().Be("new");
        Bucket.Expire(Bucket.Find("a")!, DateTimeOffset.UnixEpoch)!.Key.Should().Be("a");
        Bucket.Find("a").Should().BeNull();
    }

    [Fact]
    public async Task One_of_64_create_only_writers_succeeds()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(async () =>
        {
            try
            {
                await PutAsync("a", $"{i}", new WriteCondition(true, null));
                return $"{i}";
            }
            catch (S3Exception e) when (e.Status == 412)
            {
                return null;
            }
        })));
        (await ReadAsync("a")).Should().Be(results.Single(r => r is not null));
        _folder.Blobs().Should().ContainSingle();
    }

    [Fact]
    public async Task A_reader_sees_one_version_during_an_overwrite()
    {
        await PutAsync("a", Text(0));
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(async () =>
        {
            for (var i = 1; i <= 300; i++)
                await PutAsync("a", Text(i));
            await stop.CancelAsync();
        });
        while (!stop.IsCancellationRequested)
        {
            using var open = Bucket.OpenRead("a");
            var text = await new StreamReader(open.OpenRead()).ReadToEndAsync();
            text.Should().Be(Text(int.Parse(text.AsSpan(0, text.IndexOf(',', StringComparison.Ordinal)))));
            open.Stored.ETag.Should().Be(text[..text.IndexOf(',', StringComparison.Ordinal)]);
        }
        await writer;

        static string Text(int i) => string.Concat(Enumerable.Repeat($"{i},", 2000));
    }

    [Fact]
    public async Task If_match_compares_with_the_current_object()
    {
        await FluentActions.Awaiting(() => PutAsync("a", "x", new WriteCondition(false, "1"))).Should().ThrowAsync<S3Exception>()
            .Where(e => e.Status == 404);
        await PutAsync("a", "1,x");
        await FluentActions.Awaiting(() => PutAsync("a", "x", new WriteCondition(false, "2"))).Should().ThrowAsync<S3Exception>()
            .Where(e => e.Status == 412);
        await PutAsync("a", "2,y", new WriteCondition(false, "1"));
        (await ReadAsync("a")).Should().Be("2,y");
    }

    [Fact]
    public async Task A_write_to_a_deleted_bucket_is_refused()
    {
        var bucket = Bucket;
        await using var draft = bucket.CreateBlob();
        _store.Delete("uploads");
        await FluentActions.Awaiting(() => bucket.CommitAsync(draft, Describe("a", draft, 0, ""), WriteCondition.None))
            .Should().ThrowAsync<S3Exception>().Where(e => e.Code == "NoSuchBucket");
    }

    [Fact]
    public async Task A_bucket_with_objects_is_not_deleted()
    {
        await PutAsync("a", "x");
        ((Action)(() => _store.Delete("uploads"))).Should().Throw<S3Exception>().Which.Code.Should().Be("BucketNotEmpty");
    }

    [Fact]
    public void Two_servers_cannot_share_a_folder() =>
        ((Action)(() => ObjectStore.Open(_folder.Path, TimeProvider.System))).Should().Throw<IOException>()
            .WithMessage("*another LocalS3*DataDirectory*");

    [Fact]
    public void Keys_are_ordered_by_their_utf8_bytes() =>
        Gen.Select(Rune, Rune, Gen.String[Gen.Char['a', 'c'], 0, 2]).Sample((x, y, common) =>
        {
            var (a, b) = (common + x, common + y);
            var expected = Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b));
            return Math.Sign(Utf8KeyComparer.Instance.Compare(a, b)) == Math.Sign(expected);
        });

    private static readonly Gen<string> Rune =
        // Every length of UTF-8, and both sides of the surrogates, where UTF-16 sorts otherwise.
        Gen.OneOf(Gen.Int[1, 0x7FF], Gen.Int[0x800, 0xD7FF], Gen.Int[0xE000, 0xFFFF], Gen.Int[0x10000, 0x10FFFF])
            .Select(char.ConvertFromUtf32);

    private async Task PutAsync(string key, string content, WriteCondition? condition = null)
    {
        await using var draft = Bucket.CreateBlob();
        await draft.Stream.WriteAsync(Encoding.UTF8.GetBytes(content));
        await Bucket.CommitAsync(draft, Describe(key, draft, content.Length, content.Split(',')[0]), condition ?? WriteCondition.None);
    }

    private static StoredObject Describe(string key, PendingBlob draft, long size, string etag) =>
        new()
        {
            Key = key,
            Parts = [new() { Number = 1, Blob = draft.Name, Size = size, ETag = etag, LastModified = DateTimeOffset.UnixEpoch }],
            Size = size,
            ETag = etag,
            LastModified = DateTimeOffset.UnixEpoch,
            Attributes = new(),
        };

    private async Task<string> ReadAsync(string key)
    {
        using var open = Bucket.OpenRead(key);
        return await new StreamReader(open.OpenRead()).ReadToEndAsync();
    }

    private void Reopen()
    {
        _store.Dispose();
        _store = ObjectStore.Open(_folder.Path, TimeProvider.System);
    }
}
