using System.Security.Cryptography;
using System.Text;
using DirectUpload.Stores;
using DirectUpload.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Tests.Operations;

/// <summary>Content of the application passes the same rules as a client's, and a failure leaves neither an object nor an upload.</summary>
public sealed class ContentStorerTests
{
    private const int MiB = 1024 * 1024;

    private static readonly UploadCaller Ada = new() { Owner = "ada" };

    public static TheoryData<int, bool> Sizes => new MatrixTheoryData<int, bool>(
        [1, 7919, (80 * 1024) - 1, 80 * 1024, MiB - 1, MiB, MiB + 1, (3 * MiB) + 17], [true, false]);

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Store_AnyStream_IsReadyWithTheSameBytes(int size, bool canSeek)
    {
        await using var host = new UploadHost();
        var text = CreateText(size);
        using var stream = canSeek ? new MemoryStream(text) : (Stream)new ForwardStream(text);

        var upload = (await host.Service.StoreAsync(stream, CreateRequest(), Ada)).GetValueOrThrow();

        upload.Status.Should().Be(UploadStatus.Ready);
        (upload.Size, upload.Owner, upload.ContentType).Should().Be((size, "ada", "text/plain"));
        (await GetObjectAsync(host, upload)).Bytes.Should().Equal(text);
        stream.CanRead.Should().BeTrue("the caller disposes its stream");
        await host.RunWorkerAtAsync(TimeSpan.FromDays(1));
        host.Bucket.Keys.Should().ContainSingle("the staging object is deleted");
    }

    [Fact]
    public async Task Store_PositionInTheMiddle_StoresTheRest()
    {
        await using var host = new UploadHost();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("header: hello")) { Position = 8 };

        var upload = (await host.Service.StoreAsync(stream, CreateRequest(5), Ada)).GetValueOrThrow();

        (await GetObjectAsync(host, upload)).Bytes.Should().Equal("hello"u8.ToArray());
        upload.Size.Should().Be(5);
    }

    [Theory]
    [InlineData(5, 6, true)]
    [InlineData(5, 4, true)]
    [InlineData(5, 6, false)]
    [InlineData(5, 4, false)]
    [InlineData(3_000_000, 2_000_000, false)]
    public async Task Store_SizeDiffersFromDeclared_IsMismatchBeforeAnythingIsSent(int size, int declared, bool canSeek)
    {
        await using var host = new UploadHost();
        using var stream = canSeek ? new MemoryStream(CreateText(size)) : (Stream)new ForwardStream(CreateText(size));

        var stored = await host.Service.StoreAsync(stream, CreateRequest(declared), Ada);

        stored.Error!.Code.Should().Be(UploadErrorCodes.Mismatch);
        await ShouldHaveNothingAsync(host);
        host.Bucket.Count(BucketOperation.Put).Should().Be(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Store_LongerThanTheProfileAllows_IsTooLargeAndStopsReading(bool canSeek)
    {
        await using var host = new UploadHost(profile: notes => notes.MaxSize = 100_000);
        using var endless = new ForwardStream(CreateText(8 * MiB));
        using var seekable = new MemoryStream(CreateText(8 * MiB));

        var stored = await host.Service.StoreAsync(canSeek ? seekable : endless, CreateRequest(), Ada);

        stored.Error!.Code.Should().Be(UploadErrorCodes.TooLarge);
        stored.Error.Message.Should().Contain("100,000");
        endless.BytesRead.Should().BeLessThan(300_000);
        await ShouldHaveNothingAsync(host);
    }

    [Fact]
    public async Task Store_ExactlyTheMaximum_IsReady()
    {
        await using var host = new UploadHost(profile: notes => notes.MaxSize = 100_000);

        var stored = await host.Service.StoreAsync(new ForwardStream(CreateText(100_000)), CreateRequest(), Ada);

        stored.GetValueOrThrow().Status.Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task Store_Above5GiB_IsTooLargeWithAdvice()
    {
        await using var host = new UploadHost(profile: notes =>
        {
            notes.MaxSize = 100L * 1024 * MiB;
            notes.UploadMethod = UploadMethod.Multipart;
        });
        using var stream = new ForwardStream([1]);

        var stored = await host.Service.StoreAsync(stream, CreateRequest((5L * 1024 * MiB) + 1), Ada);

        stored.Error!.Code.Should().Be(UploadErrorCodes.TooLarge);
        stored.Error.Message.Should().Contain("DirectUpload.Client");
        stream.BytesRead.Should().Be(0);
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "unknown profile", UploadErrorCodes.UnknownProfile },
        { "type", UploadErrorCodes.TypeNotAllowed },
        { "file name", UploadErrorCodes.InvalidRequest },
        { "declared too large", UploadErrorCodes.TooLarge },
        { "declared too small", UploadErrorCodes.TooSmall },
        { "checksum of nothing", UploadErrorCodes.InvalidRequest },
        { "owner", UploadErrorCodes.NotAuthorized },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Store_InvalidRequest_IsRefusedWithoutReadingTheStream(string kind, string code)
    {
        await using var host = new UploadHost();
        using var stream = new ForwardStream(CreateText(10));
        var request = kind switch
        {
            "unknown profile" => CreateRequest() with { Profile = "none" },
            "type" => CreateRequest() with { ContentType = "video/mp4", FileName = "a.mp4" },
            "file name" => CreateRequest() with { FileName = "../a" },
            "declared too large" => CreateRequest(100 * MiB),
            "declared too small" => CreateRequest(0),
            "checksum of nothing" => CreateRequest() with { ChecksumSha256 = "abc" },
            _ => CreateRequest(),
        };
        var caller = kind == "owner" ? new UploadCaller { Owner = "a\u0000" } : Ada;

        var stored = await host.Service.StoreAsync(stream, request, caller);

        stored.Error!.Code.Should().Be(code);
        stream.BytesRead.Should().Be(0);
        await ShouldHaveNothingAsync(host);
    }

    [Fact]
    public async Task Store_AuthorizerAndQuota_AreApplied()
    {
        var sizes = new List<long?>();
        await using var host = new UploadHost(
            profile: notes => notes.MaxStoredBytesPerOwner = 15,
            configure: services => services.AddDirectUploads().AddAuthorizer(context =>
            {
                sizes.Add(context.Request.Size);
                return context.Caller.Owner == "eve" ? UploadAuthorization.Deny("no") : UploadAuthorization.Allow;
            }));

        var refused = await host.Service.StoreAsync(
            new ForwardStream(CreateText(10)), CreateRequest(), new UploadCaller { Owner = "eve" });
        var first = await host.Service.StoreAsync(new ForwardStream(CreateText(10)), CreateRequest(), Ada);
        var second = await host.Service.StoreAsync(new ForwardStream(CreateText(10)), CreateRequest(), Ada);

        refused.Error!.Code.Should().Be(UploadErrorCodes.NotAuthorized);
        first.GetValueOrThrow().Status.Should().Be(UploadStatus.Ready);
        second.Error!.Code.Should().Be(UploadErrorCodes.QuotaExceeded);
        sizes.Should().Equal(10, 10, 10);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Store_Checksum_IsComputedAndChecked(bool isRequired, bool isDeclared)
    {
        await using var host = new UploadHost(profile: notes => notes.RequireChecksum = isRequired);
        var text = CreateText(2 * MiB);
        var checksum = Convert.ToBase64String(SHA256.HashData(text));

        var stored = await host.Service.StoreAsync(
            new ForwardStream(text), CreateRequest() with { ChecksumSha256 = isDeclared ? checksum : null }, Ada);

        (await host.Store.FindAsync(stored.GetValueOrThrow().Id))!.ChecksumSha256.Should().Be(checksum);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Store_WrongChecksum_IsMismatchBeforeAnythingIsSent(bool canSeek)
    {
        await using var host = new UploadHost();
        var wrong = Convert.ToBase64String(SHA256.HashData("other"u8));

        var stored = await host.Service.StoreAsync(
            canSeek ? new MemoryStream(CreateText(10)) : new ForwardStream(CreateText(10)),
            CreateRequest() with { ChecksumSha256 = wrong }, Ada);

        stored.Error!.Code.Should().Be(UploadErrorCodes.Mismatch);
        await ShouldHaveNothingAsync(host);
    }

    [Fact]
    public async Task Store_ContentOfAnotherType_IsRejected()
    {
        await using var host = new UploadHost(profile: notes => notes.ContentTypes.Remove("text/html"));

        var stored = await host.Service.StoreAsync(
            new MemoryStream("<!DOCTYPE html><html><script>alert(1)</script></html>"u8.ToArray()),
            CreateRequest() with { FileName = "a.png", ContentType = "image/png" }, Ada);

        stored.Error!.Code.Should().Be(UploadErrorCodes.Mismatch);
        host.Bucket.Keys.Should().BeEmpty();
        (await ListAsync(host)).Should().ContainSingle().Which.Status.Should().Be(UploadStatus.Rejected);
    }

    [Fact]
    public async Task Store_ProfileWithProcessor_IsLeftToTheWorker()
    {
        await using var host = ProcessingHost.Create(context => context.SetProperty("seen", "yes"));

        var upload = (await host.Service.StoreAsync(new ForwardStream(CreateText(10)), CreateRequest(), Ada)).GetValueOrThrow();
        await host.Worker.RunOnceAsync();

        upload.Status.Should().Be(UploadStatus.Uploaded);
        var ready = (await host.Store.FindAsync(upload.Id))!;
        ready.Status.Should().Be(UploadStatus.Ready);
        ready.Properties.Should().Contain("seen", "yes");
    }

    public static TheoryData<UploadMethod, bool, UploadMethod?> Methods => new MatrixTheoryData<UploadMethod, bool, UploadMethod?>(
        Enum.GetValues<UploadMethod>(), [true, false],
        [null, UploadMethod.Put, UploadMethod.Post, UploadMethod.Multipart]);

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Store_AnyMethodAndPlace_SendsOnePut(UploadMethod method, bool inPlace, UploadMethod? requested)
    {
        // A form can't be finalized in place.
        inPlace &= method != UploadMethod.Post;
        var settings = new ObjectSettings { CacheControl = "no-cache", Tags = { ["team"] = "a" } };
        await using var host = new UploadHost(options: it => it.Profiles["reports"] = new UploadProfile
        {
            ContentTypes = { "text/plain" },
            UploadMethod = method,
            MultipartThreshold = 0,
            FinalizeInPlace = inPlace,
            ObjectSettings = settings,
        });

        var upload = (await host.Service.StoreAsync(
            new ForwardStream(CreateText(100)),
            CreateRequest() with { Profile = "reports", Method = requested, PartSize = 5 * MiB, UsePartChecksums = true },
            Ada)).GetValueOrThrow();

        upload.Status.Should().Be(UploadStatus.Ready);
        (host.Bucket.Count(BucketOperation.Put), host.Bucket.Count(BucketOperation.Begin)).Should().Be((1, 0));
        var stored = await GetObjectAsync(host, upload);
        stored.Settings!.CacheControl.Should().Be("no-cache");
        stored.Settings.Tags.Should().Contain("team", "a");
        stored.Settings.ContentDisposition.Should().Contain("note.txt");
    }

    public static TheoryData<bool, int> ReadFailures => new MatrixTheoryData<bool, int>([true, false], [0, 5, 2 * MiB]);

    [Theory]
    [MemberData(nameof(ReadFailures))]
    public async Task Store_StreamFails_RethrowsAndLeavesNothing(bool canSeek, int failAt)
    {
        await using var host = new UploadHost();
        var failure = new IOException("the disk is gone");
        using var inner = new ForwardStream(CreateText(3 * MiB), failAt, failure);
        using var stream = canSeek ? new SeekableView(inner, 3 * MiB) : (Stream)inner;

        var thrown = await host.Awaiting(it => it.Service.StoreAsync(stream, CreateRequest(), Ada)).Should().ThrowAsync<IOException>();

        thrown.Which.Should().BeSameAs(failure);
        await ShouldBeAbortedAsync(host);
        inner.IsDisposed.Should().BeFalse();
    }

    [Fact]
    public async Task Store_StreamEndsBeforeItsLength_ThrowsAndAborts()
    {
        await using var host = new UploadHost();
        using var stream = new SeekableView(new ForwardStream(CreateText(100)), 200);

        await host.Awaiting(it => it.Service.StoreAsync(stream, CreateRequest(), Ada)).Should().ThrowAsync<EndOfStreamException>();

        await ShouldBeAbortedAsync(host);
    }

    [Theory]
    [InlineData(BucketOperation.Put)]
    [InlineData(BucketOperation.Head)]
    [InlineData(BucketOperation.Copy)]
    [InlineData(BucketOperation.OpenRead)]
    public async Task Store_StorageUnavailable_ThrowsAndTheWorkerCleansUp(BucketOperation broken)
    {
        await using var host = new UploadHost(new FakeBucket { VerifiesCopies = broken != BucketOperation.Head });
        host.Bucket.BeforeCall = (verb, _) => verb == broken || verb == BucketOperation.Delete
            ? Task.FromException(new StorageUnavailableException("out"))
            : Task.CompletedTask;

        await host.Awaiting(it => it.Service.StoreAsync(new ForwardStream(CreateText(10)), CreateRequest(), Ada))
            .Should().ThrowAsync<StorageUnavailableException>();
        host.Bucket.StopFailing();
        await host.RunWorkerAtAsync(TimeSpan.FromSeconds(1));

        await ShouldBeAbortedAsync(host);
    }

    [Fact]
    public async Task Store_ObjectArrivesAfterTheAbort_IsDeletedWhenTheGrantEnds()
    {
        await using var host = new UploadHost();
        string? key = null;
        host.Bucket.BeforeCall = (verb, written) => verb == BucketOperation.Put
            ? Task.FromException(new StorageUnavailableException(key = written))
            : Task.CompletedTask;
        await host.Awaiting(it => it.Service.StoreAsync(new ForwardStream(CreateText(10)), CreateRequest(), Ada))
            .Should().ThrowAsync<StorageUnavailableException>();
        host.Bucket.StopFailing();

        host.Bucket.Put(key!, "late");
        await host.RunWorkerAtAsync(TimeSpan.FromDays(2));

        host.Bucket.Keys.Should().BeEmpty();
    }

    [Theory]
    [InlineData("read")]
    [InlineData("put")]
    [InlineData("confirm")]
    public async Task Store_Canceled_ThrowsAndAborts(string when)
    {
        await using var host = new UploadHost();
        using var canceling = new CancellationTokenSource();
        using var stream = new ForwardStream(CreateText(10))
        {
            BeforeRead = token => when == "read" ? CancelAsync(token) : Task.CompletedTask,
        };
        host.Bucket.BeforeCall = (verb, _) =>
            (verb, when) is (BucketOperation.Put, "put") or (BucketOperation.Copy, "confirm")
                ? CancelAsync(canceling.Token)
                : Task.CompletedTask;

        await host.Awaiting(it => it.Service.StoreAsync(stream, CreateRequest(), Ada, canceling.Token))
            .Should().ThrowAsync<OperationCanceledException>();

        await ShouldBeAbortedAsync(host);

        async Task CancelAsync(CancellationToken token)
        {
            await canceling.CancelAsync();
            token.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task Store_RecordStoreFailsAtTheEnd_UploadExpiresWithItsGrant()
    {
        var store = new FaultInjectingStore();
        await using var host = new UploadHost(store: store);
        host.Bucket.BeforeCall = (verb, _) =>
        {
            if (verb == BucketOperation.Put)
            {
                store.IsUnavailable = true;
                throw new StorageUnavailableException("out");
            }

            return Task.CompletedTask;
        };

        await host.Awaiting(it => it.Service.StoreAsync(new ForwardStream(CreateText(10)), CreateRequest(), Ada))
            .Should().ThrowAsync<StorageUnavailableException>("the first failure is reported");
        (store.IsUnavailable, host.Bucket.BeforeCall) = (false, (_, _) => Task.CompletedTask);
        await host.RunWorkerAtAsync(TimeSpan.FromDays(2));

        (await ListAsync(host)).Should().OnlyContain(upload => upload.Status == UploadStatus.Expired);
        host.Bucket.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task Store_UnreadableStream_Throws()
    {
        await using var host = new UploadHost();
        var closed = new MemoryStream();
        await closed.DisposeAsync();

        await host.Awaiting(it => it.Service.StoreAsync(closed, CreateRequest(), Ada)).Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task Store_LargeStream_LeavesNoTemporaryFile()
    {
        await using var host = new UploadHost();
        var before = TemporaryFiles();

        await host.Service.StoreAsync(new ForwardStream(CreateText(3 * MiB)), CreateRequest(), Ada);
        await host.Awaiting(it => it.Service.StoreAsync(
            new ForwardStream(CreateText(3 * MiB), 2 * MiB, new IOException()), CreateRequest(), Ada)).Should().ThrowAsync<IOException>();

        TemporaryFiles().Should().BeSubsetOf(before);

        static string[] TemporaryFiles() => Directory.GetFiles(Path.GetTempPath(), "directupload-*");
    }

    private static byte[] CreateText(int size) =>
        Encoding.ASCII.GetBytes(string.Create(size, 0, static (text, _) =>
        {
            for (var at = 0; at < text.Length; at++)
                text[at] = at % 61 == 60 ? '\n' : (char)('a' + (at * 31 % 26));
        }));

    private static UploadRequest CreateRequest(long? size = null) => UploadHost.Request with { Size = size };

    private static async Task<FakeObject> GetObjectAsync(UploadHost host, Upload upload) =>
        host.Bucket[(await host.Store.FindAsync(upload.Id))!.FinalKey]!;

    private static ValueTask<List<UploadRecord>> ListAsync(UploadHost host) => host.Store.ListAllAsync().ToListAsync();

    private static async Task ShouldHaveNothingAsync(UploadHost host)
    {
        (await ListAsync(host)).Should().BeEmpty();
        host.Bucket.Keys.Should().BeEmpty();
    }

    // A stream that can't seek is read before a record exists.
    private static async Task ShouldBeAbortedAsync(UploadHost host)
    {
        foreach (var upload in await ListAsync(host))
            upload.Status.Should().BeOneOf(UploadStatus.Aborted, UploadStatus.Deleted);
        host.Bucket.Keys.Should().BeEmpty();
    }

    /// <summary>A stream that can seek to its start, before the first read.</summary>
    private sealed class SeekableView(Stream inner, long length) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            Position += read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new InvalidOperationException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
