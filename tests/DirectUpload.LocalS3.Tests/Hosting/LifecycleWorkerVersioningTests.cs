using System.Text;
using DirectUpload.LocalS3.Hosting;
using DirectUpload.LocalS3.Lifecycle;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.LocalS3.Tests.Hosting;

/// <summary>Rules for what is not the current object: old versions, lone delete markers, uploads that nobody completed.</summary>
public sealed class LifecycleWorkerVersioningTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2030, 1, 15, 10, 30, 0, TimeSpan.Zero));
    private readonly TemporaryFolder _folder = new();
    private readonly ObjectStore _store;
    private readonly LifecycleWorker _worker;

    public LifecycleWorkerVersioningTests()
    {
        _store = ObjectStore.Open(_folder.Path, _clock);
        _store.TryCreate("uploads", null);
        _worker = new(_store, _clock, new EventPublisher(new(), _clock, outbox: null), NullLogger.Instance);
    }

    private Bucket Bucket => _store.Get("uploads");

    private IEnumerable<string> Versions =>
        Bucket.Contents.Versions.Values.SelectMany(v => v).Select(v => v.IsDeleteMarker ? "marker" : v.ETag);

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_old_version_expires_unless_it_is_retained()
    {
        Configure(NoncurrentAfterADay("<NewerNoncurrentVersions>1</NewerNoncurrentVersions>"));
        foreach (var body in new[] { "one", "two", "three" })
            await PutAsync(body);

        After(hours: 37).Should().Equal("three", "two", "one");
        After(hours: 1).Should().Equal("three", "two");
        _folder.Blobs().Should().HaveCount(2);
    }

    [Fact]
    public async Task Noncurrent_days_start_with_the_next_version()
    {
        Configure(NoncurrentAfterADay(""));
        await PutAsync("one");
        _clock.Advance(TimeSpan.FromDays(30));
        await PutAsync("two");

        After(hours: 37).Should().Equal("two", "one");
        After(hours: 1).Should().Equal("two");
    }

    [Fact]
    public async Task Expiration_adds_a_marker_that_expires_when_alone()
    {
        Configure("<Expiration><Days>1</Days></Expiration>" + NoncurrentAfterADay(""));
        await PutAsync("one");

        After(hours: 38).Should().Equal("marker", "one");
        After(hours: 48).Should().Equal("marker");
        After(hours: 24).Should().BeEmpty();
        _folder.Blobs().Should().BeEmpty();
    }

    [Fact]
    public async Task A_rule_removes_a_lone_delete_marker()
    {
        Configure("<Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration>");
        await PutAsync("one");
        var first = Bucket.Find("a")!.VersionId;
        Bucket.Delete("a", null, WriteCondition.None, _clock.GetUtcNow());

        After(hours: 0).Should().Equal("marker", "one");
        Bucket.Delete("a", first, WriteCondition.None, _clock.GetUtcNow());
        After(hours: 0).Should().BeEmpty();
    }

    [Fact]
    public void An_incomplete_upload_is_aborted()
    {
        Configure("<AbortIncompleteMultipartUpload><DaysAfterInitiation>1</DaysAfterInitiation></AbortIncompleteMultipartUpload>");
        Bucket.StartUpload(new()
        {
            Id = "id",
            Key = "a",
            Initiated = _clock.GetUtcNow(),
            Attributes = new(),
            Checksum = new("CRC64NVME", "FULL_OBJECT", IsAsked: false),
        });

        After(hours: 37);
        Bucket.Uploads.GetOrdered().Should().ContainSingle();
        After(hours: 1);
        Bucket.Uploads.GetOrdered().Should().BeEmpty();
    }

    private void Configure(string actions)
    {
        Bucket.Versioning = VersioningStatus.Enabled;
        var rules = LifecycleConfigurationXml.Parse(Encoding.UTF8.GetBytes(
            $"<LifecycleConfiguration><Rule><Filter/><Status>Enabled</Status>{actions}</Rule></LifecycleConfiguration>"));
        Bucket.UpdateState(state => state with { Lifecycle = rules });
    }

    private static string NoncurrentAfterADay(string more) =>
        $"<NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays>{more}</NoncurrentVersionExpiration>";

    private List<string> After(int hours)
    {
        _clock.Advance(TimeSpan.FromHours(hours));
        _worker.ApplyRules();
        return Versions.ToList();
    }

    private async Task PutAsync(string body)
    {
        await using var draft = Bucket.CreateBlob();
        await draft.Stream.WriteAsync(Encoding.UTF8.GetBytes(body));
        await Bucket.CommitAsync(draft, new()
        {
            Key = "a",
            Parts = [new() { Number = 1, Blob = draft.Name, Size = body.Length, ETag = body, LastModified = _clock.GetUtcNow() }],
            Size = body.Length,
            ETag = body,
            LastModified = _clock.GetUtcNow(),
            Attributes = new(),
        }, WriteCondition.None);
    }
}
