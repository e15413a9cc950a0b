using System.Text;
using DirectUpload.LocalS3.Checksums;
using DirectUpload.LocalS3.Multipart;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Tests.Storage;

/// <summary>Multipart uploads on disk. What a kill leaves at each point is laid out by hand; KilledServerTests really kills.</summary>
public sealed class BucketUploadsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ObjectStore _store;

    public BucketUploadsTests()
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
        RemainingFiles().Should().Be("2 blobs, 1 objects, 0 uploads, 0 parts");
    }

    [Fact]
    public async Task Completing_keeps_only_the_listed_parts()
    {
        var id = Start("a");
        foreach (var number in new[] { 1, 2, 3 })
            await PutPartAsync("a", id, number, $"{number}");
        Complete("a", id, 1, 3);
        (await ReadAsync("a")).Should().Be("13");
        RemainingFiles().Should().Be("2 blobs, 1 objects, 0 uploads, 0 parts");
    }

    [Fact]
    public async Task A_kill_after_the_object_write_removes_the_upload()
    {
        var id = Start("a");
        await PutPartAsync("a", id, 1, "one");
        await PutPartAsync("a", id, 2, "left out");
        var records = Directory.GetFiles(Folder("uploads")).Concat(Directory.GetFiles(Folder("parts")))
            .ToDictionary(f => f, File.ReadAllText);
        Complete("a", id, 1);
        foreach (var (file, text) in records)
            File.WriteAllText(file, text);

        Reopen();

        Bucket.Uploads.Find("a", id).Should().BeNull();
        (await ReadAsync("a")).Should().Be("one");
        RemainingFiles().Should().Be("1 blobs, 1 objects, 0 uploads, 0 parts");
    }

    [Fact]
    public async Task A_kill_before_the_object_write_keeps_the_upload()
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
    public async Task A_kill_after_an_abort_leaves_no_parts()
    {
        var id = Start("a");
        await PutPartAsync("a", id, 1, "one");
        File.Delete(Directory.GetFiles(Folder("uploads")).Single());
        Reopen();
        RemainingFiles().Should().Be("0 blobs, 0 objects, 0 uploads, 0 parts");
    }

    [Fact]
    public async Task A_part_sent_after_an_abort_leaves_no_files()
    {
        var id = Start("a");
        await using (var draft = Bucket.CreateBlob())
        {
            Bucket.Uploads.Abort("a", id);
            await FluentActions.Awaiting(() => Bucket.Uploads.PutPartAsync("a", id, draft, Describe(1, draft, "late")))
                .Should().ThrowAsync<S3Exception>().Where(e => e.Code == "NoSuchUpload");
        }
        RemainingFiles().Should().Be("0 blobs, 0 objects, 0 uploads, 0 parts");
    }

    [Fact]
    public async Task One_of_many_completions_or_aborts_succeeds()
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
    public async Task A_delete_does_not_disturb_a_multipart_reader()
    {
        var id = Start("a");
        foreach (var number in Enumerable.Range(1, 50))
            await PutPartAsync("a", id, number, $"{number},");
        Complete("a", id);
        var open = Bucket.OpenRead("a");
        var again = Bucket.OpenRead("a");
        Bucket.Delete("a", null, WriteCondition.None, DateTimeOffset.UnixEpoch);
        (await new StreamReader(open.OpenRead()).ReadToEndAsync()).Should().Be(string.Concat(Enumerable.Range(1, 50).Select(n => $"{n},")));
        open.Dispose();
        _folder.Blobs().Should().HaveCount(50, "one still reads");
        again.Dispose();
        _folder.Blobs().Should().BeEmpty();
    }

    [Fact]
    public async Task Deleting_a_bucket_deletes_its_uploads()
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
        Id = UploadReference.CreateId(),
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
        await using var draft = Bucket.CreateBlob();
        await draft.Stream.WriteAsync(Encoding.UTF8.GetBytes(text));
        await Bucket.Uploads.PutPartAsync(key, id, draft, Describe(number, draft, text));
    }

    private static StoredPart Describe(int number, PendingBlob draft, string text) =>
        new() { Number = number, Blob = draft.Name, Size = text.Length, ETag = "00", LastModified = DateTimeOffset.UnixEpoch };

    private StoredObject? Complete(string key, string id, params int[] numbers) =>
        Bucket.CompleteUpload(key, id, WriteCondition.None, upload =>
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
        using var open = Bucket.OpenRead(key);
        return await new StreamReader(open.OpenRead()).ReadToEndAsync();
    }

    private string RemainingFiles() => $"{_folder.Blobs().Length} blobs, " +
        string.Join(", ", new[] { "objects", "uploads", "parts" }.Select(kind => $"{Directory.GetFiles(Folder(kind)).Length} {kind}"));

    private string Folder(string kind) => Path.Combine(_folder.Path, "buckets", "uploads", kind);

    private void Reopen()
    {
        _store.Dispose();
        _store = ObjectStore.Open(_folder.Path, TimeProvider.System);
    }
}
