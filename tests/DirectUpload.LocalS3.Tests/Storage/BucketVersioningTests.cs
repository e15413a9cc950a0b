using System.Text;
using CsCheck;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Tests.Storage;

/// <summary>Versions on disk and in memory.</summary>
public sealed class BucketVersioningTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ObjectStore _store;

    public BucketVersioningTests()
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
    public async Task Versions_and_their_order_survive_a_restart()
    {
        await PutAsync("a", "before");
        Bucket.Versioning = VersioningStatus.Enabled;
        await PutAsync("a", "first");
        Delete("a");
        await PutAsync("a", "second");
        var before = Listed();
        Reopen();
        Listed().Should().Equal(before).And.HaveCount(4);
        Bucket.Versioning.Should().Be(VersioningStatus.Enabled);
        (await ReadAsync("a", null), await ReadAsync("a", "null")).Should().Be(("second", "before"));
        await PutAsync("a", "third");
        Listed()[0].Should().Be($"{Bucket.Find("a")!.VersionId} False", "what is written after a restart is newer than all before");
    }

    [Fact]
    public async Task Deleting_a_version_deletes_only_its_bytes()
    {
        Bucket.Versioning = VersioningStatus.Enabled;
        var first = await PutAsync("a", "first");
        await PutAsync("a", "second");
        Delete("a");
        _folder.Blobs().Should().HaveCount(2, "a delete marker deletes nothing");
        Delete("a", first.VersionId);
        _folder.Blobs().Should().ContainSingle();
        Reopen();
        Bucket.Find("a").Should().BeNull();
        Listed().Should().HaveCount(2);
    }

    /// <summary>A model that knows nothing of files or immutable maps: a list of versions, newest first.</summary>
    [Fact]
    public void Any_sequence_of_writes_matches_the_list_model() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2]).Array[1, 40].Sample((steps) =>
        {
            var bucket = $"b{Guid.NewGuid():N}";
            _store.TryCreate(bucket, null);
            var real = _store.Get(bucket);
            var model = new List<(string Key, string Id, bool Marker)>();
            foreach (var (what, which) in steps)
                Apply(real, model, what, $"k{which}");
            var listed = real.Contents.Versions.Values.SelectMany(v => v).Select(v => (v.Key, v.PublicVersionId, v.IsDeleteMarker));
            var current = model.GroupBy(m => m.Key).Where(g => !g.First().Marker).Select(g => g.Key).Order();
            return listed.SequenceEqual(model.OrderBy(m => m.Key, StringComparer.Ordinal)) && real.Objects.Keys.SequenceEqual(current);
        }, iter: 100, threads: 1);

    private static void Apply(Bucket real, List<(string Key, string Id, bool Marker)> model, int what, string key)
    {
        switch (what)
        {
            case 0:
                real.Versioning = real.Versioning == VersioningStatus.Enabled ? VersioningStatus.Suspended : VersioningStatus.Enabled;
                break;
            case 1 when real.Contents.Versions.TryGetValue(key, out var versions):
                var oldest = versions[^1];
                if (real.Versioning == VersioningStatus.Off && oldest.VersionId is not null)
                    break;
                real.Delete(key, oldest.PublicVersionId, WriteCondition.None, DateTimeOffset.UnixEpoch);
                model.RemoveAll(m => m.Key == key && m.Id == oldest.PublicVersionId);
                break;
            case 2 when real.Versioning != VersioningStatus.Off:
                var marker = real.Delete(key, null, WriteCondition.None, DateTimeOffset.UnixEpoch)!;
                model.RemoveAll(m => m.Key == key && m.Id == marker.PublicVersionId);
                model.Insert(0, (key, marker.PublicVersionId, true));
                break;
            case 3:
                var stored = PutAsync(real, key, "x").GetAwaiter().GetResult();
                model.RemoveAll(m => m.Key == key && m.Id == stored.PublicVersionId);
                model.Insert(0, (key, stored.PublicVersionId, false));
                break;
        }
    }

    private Task<StoredObject> PutAsync(string key, string text) => PutAsync(Bucket, key, text);

    private static async Task<StoredObject> PutAsync(Bucket bucket, string key, string text)
    {
        await using var draft = bucket.CreateBlob();
        await draft.Stream.WriteAsync(Encoding.UTF8.GetBytes(text));
        return await bucket.CommitAsync(draft, new()
        {
            Key = key,
            Parts = [new() { Number = 1, Blob = draft.Name, Size = text.Length, ETag = "e", LastModified = DateTimeOffset.UnixEpoch }],
            Size = text.Length,
            ETag = "e",
            LastModified = DateTimeOffset.UnixEpoch,
            Attributes = new(),
        }, WriteCondition.None);
    }

    private void Delete(string key, string? versionId = null) =>
        Bucket.Delete(key, versionId, WriteCondition.None, DateTimeOffset.UnixEpoch);

    private List<string> Listed() =>
        Bucket.Contents.Versions.Values.SelectMany(v => v).Select(v => $"{v.PublicVersionId} {v.IsDeleteMarker}").ToList();

    private async Task<string> ReadAsync(string key, string? versionId)
    {
        using var open = Bucket.OpenRead(key, versionId);
        return await new StreamReader(open.OpenRead()).ReadToEndAsync();
    }

    private void Reopen()
    {
        _store.Dispose();
        _store = ObjectStore.Open(_folder.Path, TimeProvider.System);
    }
}
