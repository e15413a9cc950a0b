using System.Text;
using System.Text.Json;
using DirectUpload.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DirectUpload.AspNetCore.Tests.Operations;

/// <summary>
/// Counts the calls to the record store and to S3 that each HTTP operation makes. Each case runs twice: with endpoints for every profile,
/// and with endpoints that are limited to some, whose filter reads the record first. Both must make the same calls.
/// </summary>
public sealed class OperationCostTests(LocalS3Fixture server) : IClassFixture<LocalS3Fixture>, IAsyncLifetime
{
    private const int PartSize = 5 * 1024 * 1024;
    private const string TwoParts = """{"from":1,"to":2}""";

    private static readonly byte[] Picture = TestFiles.Png();
    private static readonly TestUploadRequest Film = new()
    {
        Profile = "film",
        FileName = "film.bin",
        ContentType = "application/octet-stream",
        Size = PartSize + 11,
    };

    // Operation, calls to the record store, calls to S3.
    private static readonly (string Operation, Preparation Prepare, string Store, string S3)[] Table =
    [
        ("request", RequestAsync(TestUploadRequest.FromPicture(Picture)), "Add 1", ""),
        // One call for all totals, after the record is added: of two requests for the last place one is refused at least.
        ("request, quota", RequestAsync(new() { Profile = "one-at-a-time" }), "Add 1, GetUsage 1", ""),
        ("request, parts", RequestAsync(Film), "Add 1, GetUsage 1, TryUpdate 1", "CreateMultipartUpload 1"),
        ("confirm", async (test, client) => test.Confirm(client, await test.SendAsync(client), 200),
            "Find 1, TryUpdate 2", "CopyObject 1, GetObject 1"),
        // Only the first confirm copies. It takes a lease for that, gives it back, and looks once more.
        ("confirm, no file", async (test, client) => test.Confirm(client, await test.GrantAsync(client), 409),
            "Find 2, TryUpdate 2", "CopyObject 1, HeadObject 1"),
        // The second read distinguishes a file that has not arrived from an upload that another caller ended, and whose object it deleted.
        ("confirm again, no file", async (test, client) => test.Confirm(client, await test.ConfirmTooEarlyAsync(client), 409),
            "Find 2", "HeadObject 1"),
        ("confirm, again", async (test, client) => test.Confirm(client, await test.MakeReadyAsync(client), 200), "Find 1", ""),
        // The end of content that is not recognized is not read: an archive there would change nothing.
        ("confirm, parts", async (test, client) => test.Confirm(client, await test.SendPartsAsync(client), 200),
            "Find 1, TryUpdate 2", "CompleteMultipartUpload 1, CopyObject 1, GetObject 1, ListParts 1"),
        ("confirm, parts with ETags", async (test, client) => test.Confirm(client, await test.SendPartsAsync(client), 200, test.eTags),
            "Find 1, TryUpdate 2", "CompleteMultipartUpload 1, CopyObject 1, GetObject 1, ListParts 1"),
        ("check", async (test, client) => test.Get(client, await test.GrantAsync(client), "", 200), "Find 1", ""),
        ("renew", async (test, client) => test.Post(client, await test.GrantAsync(client), "/renew", null, 200),
            "Find 1, TryUpdate 1", ""),
        ("sign parts", async (test, client) => test.Post(client, await test.GrantAsync(client, Film), "/parts", TwoParts, 200),
            "Find 1", ""),
        ("list parts", async (test, client) => test.Get(client, await test.SendPartsAsync(client), "/parts", 200),
            "Find 1", "ListParts 1"),
        ("abort", async (test, client) => test.Delete(client, await test.SendAsync(client)),
            "Find 1, TryUpdate 2", "DeleteObject 2"),
        ("abort, parts", async (test, client) => test.Delete(client, await test.SendPartsAsync(client)),
            "Find 1, TryUpdate 2", "AbortMultipartUpload 1, DeleteObject 2, ListMultipartUploads 1"),
        ("delete", async (test, client) => test.Delete(client, await test.MakeReadyAsync(client)),
            "Find 1, TryUpdate 2", "DeleteObject 2"),
        ("content", async (test, client) => test.Get(client, await test.MakeReadyAsync(client), "/content", 302), "Find 1", ""),
        ("content, streamed", async (test, client) => test.Get(test.ForStreams(), await test.MakeReadyAsync(client), "/content", 200),
            "Find 1", "GetObject 1, HeadObject 1"),
        ("events", async (test, client) => test.Get(client, await test.MakeReadyAsync(client), "/events", 200), "Find 1", ""),
    ];

    // Brings an upload to the state before the operation, and returns the operation.
    private delegate Task<Func<Task>> Preparation(OperationCostTests test, UploadClient client);

    private readonly S3CallCounter storageCalls = new();
    private readonly Dictionary<int, string> eTags = [];
    private CountingStore storeCalls = null!;
    private UploadApp app = null!;
    private bool isLimited;

    public static TheoryData<string, bool> Operations
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var row in Table)
            {
                data.Add(row.Operation, false);
                data.Add(row.Operation, true);
            }

            return data;
        }
    }

    public async ValueTask InitializeAsync()
    {
        var services = new ServiceCollection();
        services.AddDirectUploads(options => options.Bucket = server.Bucket).UseInMemoryStore();
        (var store, storeCalls) = CountingStore.Wrap(services.BuildServiceProvider().GetRequiredService<IUploadRecordStore>());
        var s3 = server.Access.CreateClient(http: new HandlerClientFactory(storageCalls));
        app = await UploadApp.StartAsync(s3, server.Bucket, new()
        {
            Services = services => services.Replace(ServiceDescriptor.Singleton(store)),
            Map = Map,
        });
        await WarmUpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        storageCalls.Dispose();
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Operation_MakesOnlyTheseCalls(string operation, bool limited)
    {
        var row = Table.Single(row => row.Operation == operation);
        isLimited = limited;
        var act = await row.Prepare(this, app.ClientOf(limited ? "/limited" : "/uploads"));
        storeCalls.Reset();
        storageCalls.Reset();

        await act();

        (storeCalls.Summary, storageCalls.Summary).Should().Be((row.Store, row.S3), "these are the calls of {0}", operation);
    }

    private static void Map(WebApplication app)
    {
        app.MapDirectUploads("/uploads").AllowAnonymous();
        app.MapDirectUploads("/uploads-streamed", options => options.ContentDelivery = ContentDelivery.Stream).AllowAnonymous();
        app.MapDirectUploads("/limited", Limit).AllowAnonymous();
        app.MapDirectUploads("/limited-streamed", options =>
        {
            Limit(options);
            options.ContentDelivery = ContentDelivery.Stream;
        }).AllowAnonymous();

        static void Limit(DirectUploadEndpointOptions options) => options.Profiles.UnionWith(["picture", "film", "one-at-a-time"]);
    }

    // The first uploads of a process find out whether the bucket exists, whether it keeps versions, and whether it verifies copies.
    private async Task WarmUpAsync()
    {
        await MakeReadyAsync(app.Client);
        (await app.Client.DeleteAsync(await SendAsync(app.Client))).ShouldBe(204);
        (await app.Client.ConfirmAsync(await GrantAsync(app.Client))).ShouldBeProblem(409, "not-uploaded");
    }

    private UploadClient ForStreams() => app.ClientOf(isLimited ? "/limited-streamed" : "/uploads-streamed");

    private static Preparation RequestAsync(TestUploadRequest wanted) =>
        (_, client) => Task.FromResult<Func<Task>>(async () => (await client.RequestAsync(wanted)).ShouldBe(201));

    private Task<Grant> GrantAsync(UploadClient client, TestUploadRequest? wanted = null) =>
        client.GrantAsync(wanted ?? TestUploadRequest.FromPicture(Picture));

    private async Task<Grant> SendAsync(UploadClient client)
    {
        var grant = await GrantAsync(client);
        (await new StorageClient(server.Http).UploadAsync(grant, Picture)).ShouldBe(200);
        return grant;
    }

    private async Task<Grant> ConfirmTooEarlyAsync(UploadClient client)
    {
        var grant = await GrantAsync(client);
        (await client.ConfirmAsync(grant)).ShouldBeProblem(409, "not-uploaded");
        return grant;
    }

    private async Task<Grant> MakeReadyAsync(UploadClient client)
    {
        var grant = await SendAsync(client);
        (await client.ConfirmAsync(grant)).ShouldBe(200);
        return grant;
    }

    private async Task<Grant> SendPartsAsync(UploadClient client)
    {
        var grant = await GrantAsync(client, Film);
        foreach (var part in grant.Upload.GetProperty("parts").EnumerateArray())
        {
            var (number, size) = (part.GetProperty("partNumber").GetInt32(), part.GetProperty("size").GetInt32());
            var sent = await new StorageClient(server.Http).PutAsync(part.GetProperty("url").GetString()!, [], new byte[size]);
            eTags[number] = sent.ShouldBe(200).Header("etag")!;
        }

        return grant;
    }

    private Func<Task> Confirm(UploadClient client, Grant grant, int status, Dictionary<int, string>? sent = null) => sent is null
        ? async () => (await client.ConfirmAsync(grant)).Code.Should().Be(status)
        : Post(client, grant, "/confirm", ToJson(sent), status);

    private static string ToJson(Dictionary<int, string> sent) =>
        JsonSerializer.Serialize(new { parts = sent.Select(part => new { partNumber = part.Key, etag = part.Value }) });

    private Func<Task> Post(UploadClient client, Grant grant, string path, string? json, int status) => async () =>
    {
        using var content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        (await client.SendAsync(HttpMethod.Post, $"/{grant.Id}{path}", grant.WriteToken, content)).Code.Should().Be(status);
    };

    private Func<Task> Get(UploadClient client, Grant grant, string path, int status) =>
        async () => (await client.SendAsync(HttpMethod.Get, $"/{grant.Id}{path}", grant.WriteToken)).Code.Should().Be(status);

    private Func<Task> Delete(UploadClient client, Grant grant) => async () => (await client.DeleteAsync(grant)).Code.Should().Be(204);
}
