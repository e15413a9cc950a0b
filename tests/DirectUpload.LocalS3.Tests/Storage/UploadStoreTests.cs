using System.Text;
using DirectUpload.LocalS3.Checksums;
using DirectUpload.LocalS3.Multipart;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Tests.Storage;

/// <summary>Multipart uploads on disk. What a kill leaves at each point is laid out by hand; KilledServerTests really kills.</summary>
public sealed class UploadStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ObjectStore _store;

    public UploadStoreTests()
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
    public async Task An_upload_and_its_parts_survive_a_restart()
    {
        var id = Start("a");
        await PutPartAsync("a", id, 2, "two");
        await PutPartAsync("a", id, 1, "once");
        await PutPartAsync("a", id, 1, "one");
        Reopen();
        Bucket.Uploads.Get("a", id).Parts.Keys.Should().Equal(1, 2);
        _folder.Blobs().Should().HaveCount(2, "a part that is replaced loses its bytes");
        Complete("a", id);
        (await ReadAsync("a")).Should().Be("onetwo");
        Reopen();
        (await ReadAsync("a")).Should().Be("onetwo");
        Left().Should().Be("2 blobs, 1 objects, 0 uploads, 0 parts");
    }

    [Fact]
    public async Task Completing_keeps_only_the_parts_that_are_listed()
    {
        var id = Start("a");
        foreach (var number in new[] { 1, 2, 3 })
            await PutPartAsync("a", id, number, $"{number}");
        Complete("a", id, 1, 3);
        (await ReadAsync("a")).Should().Be("13");
        Left().Should().Be("2 blobs, 1 objects, 0 uploads, 0 parts");
    }

    [Fact]
    public async Task Killed_after_the_object_was_written_the_upload_is_over()
    {
        var id = Start("a");
        await PutPartAsync("a", id, 1, "one");
        await PutPartAsync("a", id, 2, "left out");
        var records = Directory.GetFiles(Folder("uploads")).Concat(Directory.GetFiles(Folder("parts"))).ToDictionary(f => f, File.ReadAllText);
        Complete("a", id, 1);
        foreach (var (file, text) in records)
            File.WriteAllText(file, text);

        Reopen();

        Bucket.Uploads.Find("a", id).Should().BeNull();
        (await ReadAsync("a")).Should().Be("one");
        Left().Should().Be("1 blobs, 1 objects, 0 uploads, 0 parts");
    }

    [Fact]
    public async Task Until_the_object_is_written_the_upload_goes_on()
    {
        var id = Start("a");
        await PutPartAsync("a", id, 1, "one");
        Directory.Delete(Folder("objects"));
        FluentActions.Invoking(() => Complete("a", id)).Should().Throw<IOException>();

        Reopen();

        Bucket.Uploads.Get("a", id).Parts.Should().HaveCount(1);
        Complete("a", id);
        (await ReadAsync("a")).Should().Be("one");
    }

    [Fact]
    public async Task Killed_after_the_abort_the_parts_are_removed()
    {
        var id = Start("a");
        await PutPartAsync("a", id, 1, "one");
        File.Delete(Directory.GetFiles(Folder("uploads")).Single());
        Reopen();
        Left().Should().Be("0 blobs, 0 objects, 0 uploads, 0 parts");
    }

    [Fact]
    public async Task A_part_that_arrives_after_the_abort_leaves_nothing()
    {
        var id = Start("a");
        await using (var draft = Bucket.NewBlob())
        {
            Bucket.Uploads.Abort("a", id);
            await FluentActions.Awaiting(() => Bucket.Uploads.PutPartAsync("a", id, draft, Describe(1, draft, "late")))
                .Should().ThrowAsync<S3Exception>().Where(e => e.Code == "NoSuchUpload");
        }
        Left().Should().Be("0 blobs, 0 objects, 0 uploads, 0 parts");
    }

    [Fact]
    public async Task Of_many_that_complete_or_abort_the_same_upload_one_does()
    {
        var id = Start("a");
        await PutPartAsync("a", id, 1, "one");
        var ended = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() =>
        {
            try
            {
                if (i % 2 == 0)
                    return Complete("a", id) is not null;
                Bucket.Uploads.Abort("a", id);
                return true;
            }
            catch (S3Exception e) when (e.Code == "NoSuchUpload")
            {
                return false;
            }
        })));
        ended.Count(won => won).Should().Be(1);
    }

    [Fact]
    public async Task A_reader_of_many_parts_is_not_disturbed_by_a_delete()
    {
        var id = Start("a");
        foreach (var number in Enumerable.Range(1, 50))
            await PutPartAsync("a", id, number, $"{number},");
        Complete("a", id);
        var open = Bucket.Open("a");
        var again = Bucket.Open("a");
        Bucket.Delete("a", null, WriteCondition.None, DateTimeOffset.UnixEpoch);
        (await new StreamReader(open.Read()).ReadToEndAsync()).Should().Be(string.Concat(Enumerable.Range(1, 50).Select(n => $"{n},")));
        open.Dispose();
        _folder.Blobs().Should().HaveCount(50, "one still reads");
        again.Dispose();
        _folder.Blobs().Should().BeEmpty();
    }

    [Fact]
    public async Task A_bucket_with_nothing_but_an_upload_is_deleted_and_the_upload_with_it()
    {
        var bucket = Bucket;
        var id = Start("a");
        await PutPartAsync("a", id, 1, "one");
        _store.Delete("uploads");
        FluentActions.Invoking(() => bucket.Uploads.Get("a", id)).Should().Throw<S3Exception>().Which.Code.Should().Be("NoSuchUpload");
        FluentActions.Invoking(() => bucket.StartUpload(Upload("b"))).Should().Throw<S3Exception>().Which.Code.Should().Be("NoSuchBucket");
    }

    private static StoredUpload Upload(string key) => new()
    {
        Id = UploadReference.NewId(),
        Key = key,
        Initiated = DateTimeOffset.UnixEpoch,
        Attributes = new(),
        Checksum = new("CRC64NVME", StoredChecksum.FullObject, IsAsked: false),
    };

    private string Start(string key)
    {
        var upload = Upload(key);
        Bucket.StartUpload(upload);
        return upload.Id;
    }

    private async Task PutPartAsync(string key, string id, int number, string text)
    {
        await using var draft = Bucket.NewBlob();
        await draft.Stream.WriteAsync(Encoding.UTF8.GetBytes(text));
        await Bucket.Uploads.PutPartAsync(key, id, draft, Describe(number, draft, text));
    }

    private static StoredPart Describe(int number, BlobDraft draft, string text) =>
        new() { Number = number, Blob = draft.Name, Size = text.Length, ETag = "00", LastModified = DateTimeOffset.UnixEpoch };

    private StoredObject? Complete(string key, string id, params int[] numbers) => Bucket.Complete(key, id, WriteCondition.None, upload =>
    {
        var parts = upload.Parts.Values.Where(part => numbers.Length == 0 || numbers.Contains(part.Number)).ToList();
        return new()
        {
            Key = key,
            Parts = parts,
            Size = parts.Sum(part => part.Size),
            ETag = "e",
            LastModified = DateTimeOffset.UnixEpoch,
            Attributes = new(),
            UploadId = id,
        };
    });

    private async Task<string> ReadAsync(string key)
    {
        using var open = Bucket.Open(key);
        return await new StreamReader(open.Read()).ReadToEndAsync();
    }

    private string Left() => $"{_folder.Blobs().Length} blobs, " +
        string.Join(", ", new[] { "objects", "uploads", "parts" }.Select(kind => $"{Directory.GetFiles(Folder(kind)).Length} {kind}"));

    private string Folder(string kind) => Path.Combine(_folder.Path, "buckets", "uploads", kind);

    private void Reopen()
    {
        _store.Dispose();
        _store = ObjectStore.Open(_folder.Path, TimeProvider.System);
    }
}
