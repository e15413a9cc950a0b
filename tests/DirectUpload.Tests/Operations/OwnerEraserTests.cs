using System.Collections;
using System.Reflection;
using DirectUpload.Processing;
using DirectUpload.Stores;
using DirectUpload.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Tests.Operations;

/// <summary>Every text of a person carries the same mark, so that a record is searched for it as a whole.</summary>
public sealed class OwnerEraserTests
{
    private const string Mark = "xq7Jd9";

    private static readonly string Checksum = Convert.ToBase64String(new byte[32]);

    private static readonly UploadCaller Ada = new()
    {
        Owner = "ada",
        Actor = $"{Mark}-actor",
        RemoteAddress = $"{Mark}-address",
        UserAgent = $"{Mark}-agent",
        MayAssociate = true,
    };

    private static readonly UploadRequest Marked = UploadHost.Request with
    {
        FileName = $"{Mark}.txt",
        Metadata = new Dictionary<string, string> { [$"{Mark}-name"] = $"{Mark}-value" },
        Association = new($"{Mark}-type", $"{Mark}-id", $"{Mark}-kind"),
    };

    public static TheoryData<UploadStatus> Statuses => [.. Enum.GetValues<UploadStatus>()];

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Erase_EveryStatus_DeletesObjectsAndScrubsTheRecord(UploadStatus status)
    {
        await using var host = CreateHost();
        var grant = await CreateAsync(host, status);
        FindMark(await host.GetRecordAsync(grant)).Should().NotBeEmpty("the test has something to erase");

        (await host.Service.EraseOwnerAsync("ada")).Should().Be(1);

        var record = await host.GetRecordAsync(grant);
        FindMark(record).Should().BeEmpty();
        record.Status.Should().Be(status switch
        {
            UploadStatus.Ready or UploadStatus.Failed => UploadStatus.Deleted,
            UploadStatus.Requested or UploadStatus.Uploaded or UploadStatus.Processing => UploadStatus.Aborted,
            _ => status,
        });
        (record.ChecksumCrc64Nvme, record.StoredChecksum).Should().Be((null, null));
        (record.ChecksumSha256, record.AttachedAt, record.AttachBy, record.IsReplacing).Should().Be((null, null, null, false));
        host.Bucket.Keys.Should().BeEmpty();
        (await host.Service.EraseOwnerAsync("ada")).Should().Be(0, "there is nothing left to erase");

        await host.RunWorkerForAsync(TimeSpan.FromMinutes(80));
        (await host.Store.FindAsync(grant.Record.Id)).Should().BeNull("the record is purged once no grant is valid");
    }

    [Fact]
    public async Task Erase_OtherOwners_AreUntouched()
    {
        await using var host = CreateHost();
        foreach (var owner in new[] { "Ada", "ada ", "bob", null })
        {
            var other = await host.GrantAsync(Marked with { Association = null }, owner);
            host.Bucket.Put(other.Record.StagingKey, UploadHost.Text);
            (await host.ConfirmAsync(other)).Succeeded.Should().BeTrue();
        }

        var before = await host.Store.ListAllAsync().ToListAsync();
        var keys = host.Bucket.Keys.ToList();
        await CreateAsync(host, UploadStatus.Ready);

        (await host.Service.EraseOwnerAsync("ada")).Should().Be(1);

        foreach (var record in before)
            (await host.Store.FindAsync(record.Id)).Should().BeSameAs(record);
        host.Bucket.Keys.Should().BeEquivalentTo(keys);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Erase_NoOwner_Throws(string? owner)
    {
        await using var host = CreateHost();
        await host.Service.Awaiting(it => it.EraseOwnerAsync(owner!)).Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task Erase_ManyPages_ErasesAll()
    {
        await using var host = CreateHost();
        for (var number = 0; number < 250; number++)
            await host.GrantAsync(Marked with { Association = null });

        (await host.Service.EraseOwnerAsync("ada")).Should().Be(250);

        (await host.Store.ListAllAsync().ToListAsync()).Should().OnlyContain(record => FindMark(record).Count == 0);
    }

    [Fact]
    public async Task Erase_PendingMultipart_IsAborted()
    {
        await using var host = CreateHost(notes => notes.UploadMethod = UploadMethod.Multipart);
        var grant = await host.GrantAsync(Marked with { Association = null });
        host.Bucket.Unfinished.Should().NotBeEmpty();

        await host.Service.EraseOwnerAsync("ada");

        host.Bucket.Unfinished.Should().BeEmpty();
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Aborted);
    }

    [Theory]
    [InlineData(UploadStatus.Requested)]
    [InlineData(UploadStatus.Ready)]
    public async Task Erase_PutArrivesAfterwards_IsDeletedByTheWorker(UploadStatus status)
    {
        await using var host = CreateHost();
        var grant = await CreateAsync(host, status);
        await host.Service.EraseOwnerAsync("ada");
        host.Bucket.Put(grant.Record.StagingKey, $"{Mark} arrives late");

        (await host.ConfirmAsync(grant)).Succeeded.Should().BeFalse();
        await host.RunWorkerForAsync(TimeSpan.FromMinutes(80));

        host.Bucket.Keys.Should().BeEmpty();
        (await host.Store.FindAsync(grant.Record.Id)).Should().BeNull();
    }

    [Fact]
    public async Task Erase_StorageUnavailable_ThrowsAndCanBeRepeated()
    {
        await using var host = CreateHost();
        for (var number = 0; number < 40; number++)
            await CreateAsync(host, UploadStatus.Ready);
        var deletions = 0;
        host.Bucket.BeforeCall = (operation, _) => operation == BucketOperation.Delete && Interlocked.Increment(ref deletions) > 30
            ? throw new HttpRequestException("Storage is unavailable.")
            : Task.CompletedTask;

        await host.Service.Awaiting(it => it.EraseOwnerAsync("ada")).Should().ThrowAsync<HttpRequestException>();
        host.Bucket.Keys.Should().NotBeEmpty();
        host.Bucket.StopFailing();
        (await host.Service.EraseOwnerAsync("ada")).Should().BeInRange(1, 39, "some were erased before");

        host.Bucket.Keys.Should().BeEmpty();
        (await host.Store.ListAllAsync().ToListAsync()).Should().OnlyContain(record => FindMark(record).Count == 0);
    }

    [Fact]
    public async Task Erase_Interrupted_IsCompletedByTheWorker()
    {
        await using var host = CreateHost();
        await CreateAsync(host, UploadStatus.Ready);
        host.Bucket.Fail(BucketOperation.Delete);
        await host.Service.Awaiting(it => it.EraseOwnerAsync("ada")).Should().ThrowAsync<HttpRequestException>();
        host.Bucket.StopFailing();

        await host.RunWorkerForAsync(TimeSpan.FromMinutes(80));

        host.Bucket.Keys.Should().BeEmpty();
        (await host.Store.ListAllAsync().CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Erase_DuringProcessing_LeavesNothing()
    {
        UploadHost? host = null;
        var erased = 0;
        host = ProcessingHost.Create(async (context, ending) =>
        {
            erased = await host!.Service.EraseOwnerAsync("ada", CancellationToken.None);
            context.SetProperty($"{Mark}-property", $"{Mark}-found");
            await context.PutVariantAsync("late.txt", "text/plain", new MemoryStream([1]), CancellationToken.None);
            return ProcessingResult.Accept;
        });
        await using (host)
        {
            var grant = await host.GrantAsync(Marked with { Association = null });
            host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text);
            await host.ConfirmAsync(grant);
            await host.RunWorkerForAsync(TimeSpan.FromMinutes(10));

            erased.Should().Be(1);
            var record = await host.GetRecordAsync(grant);
            (record.Status, FindMark(record).Count).Should().Be((UploadStatus.Aborted, 0));
            host.Bucket.Keys.Should().BeEmpty();
        }
    }

    /// <summary>Event handlers are notified of the deletion first; the record of an old upload does not stay for its retention.</summary>
    [Fact]
    public async Task Erase_WithEventHandler_PurgesTheRecordAfterTheNotification()
    {
        var notified = new List<Upload>();
        await using var host = CreateHost(configure: services => services
            .AddDirectUploads().AddEventHandler("test", _ => new DeletionHandler(notified.Add)));
        var grant = await CreateAsync(host, UploadStatus.Ready);
        await host.RunWorkerForAsync(TimeSpan.FromMinutes(80));
        notified.Clear();

        await host.Service.EraseOwnerAsync("ada");
        (await host.Store.FindAsync(grant.Record.Id)).Should().NotBeNull("the handler is not notified yet");
        await host.RunWorkerForAsync(TimeSpan.FromMinutes(70));

        notified.Select(upload => (upload.Status, upload.FileName)).Should().Equal((UploadStatus.Deleted, string.Empty));
        (await host.Store.FindAsync(grant.Record.Id)).Should().BeNull();
    }

    private static UploadHost CreateHost(
        Action<UploadProfile>? profile = null, Action<IServiceCollection>? configure = null) => new(
        profile: notes =>
        {
            notes.MaxPendingUploadsPerOwner = null;
            profile?.Invoke(notes);
        },
        options: it => it.MaxRequestsPerMinutePerOwner = null,
        configure: configure);

    private static async Task<UploadGrant> CreateAsync(UploadHost host, UploadStatus status)
    {
        var granted = await host.Service.RequestAsync(Marked, Ada);
        granted.Error.Should().BeNull();
        var grant = granted.Value!;
        host.Bucket.Put(grant.Record.StagingKey, UploadHost.Text);
        if (status != UploadStatus.Requested)
            (await host.ConfirmAsync(grant)).Value!.Status.Should().Be(UploadStatus.Ready);
        var record = await host.GetRecordAsync(grant);
        await host.Store.TryUpdateAsync((status is UploadStatus.Requested or UploadStatus.Ready
            ? record
            : record.TransitionTo(status, host.Clock.GetUtcNow())) with
        {
            Properties = new Dictionary<string, string> { [$"{Mark}-property"] = $"{Mark}-found" },
            LastError = $"{Mark}-last",
            Error = new UploadError($"{Mark}-code", $"{Mark}-message"),
            ChecksumSha256 = Checksum,
            ChecksumCrc64Nvme = "rosUhgp5mIg=",
            StoredChecksum = new UploadChecksum("CRC64NVME", "rosUhgp5mIg=", "FULL_OBJECT"),
        });
        return grant;
    }

    // All texts of a record, in every property and collection, except for the keys.
    private static List<string> FindMark(UploadRecord record) =>
    [
        .. GetTexts(record).Where(text => text.Contains(Mark, StringComparison.OrdinalIgnoreCase)),
    ];

    private static IEnumerable<string> GetTexts(object? value) => value switch
    {
        null => [],
        string text => [text],
        IEnumerable many => many.Cast<object?>().SelectMany(GetTexts),
        _ when value.GetType().IsPrimitive || value.GetType().IsEnum || value is DateTimeOffset or UploadId or UploadTokenHash => [],
        _ => value.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(property => property.GetIndexParameters().Length == 0 && property.Name != "EqualityContract")
            .SelectMany(property => GetTexts(property.GetValue(value))),
    };

    private sealed class DeletionHandler(Action<Upload> notify) : IUploadEventHandler
    {
        public Task OnDeletedAsync(Upload upload, CancellationToken cancellationToken)
        {
            notify(upload);
            return Task.CompletedTask;
        }
    }
}
