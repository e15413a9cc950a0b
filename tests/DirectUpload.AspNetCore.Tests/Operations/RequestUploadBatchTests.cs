using System.Buffers;
using System.Text;
using System.Text.Json;
using DirectUpload.AspNetCore.Http;
using DirectUpload.AspNetCore.Operations;
using DirectUpload.AspNetCore.Tests.Authorization;
using DirectUpload.AspNetCore.Tests.StorageFailures;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Tests.Operations;

public sealed class RequestUploadBatchTests(UploadAppFixture host) : IClassFixture<UploadAppFixture>
{
    private static readonly JsonSerializerOptions Unescaped = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private const string Good = """{"profile":"picture","fileName":"good.png","contentType":"image/png","size":1000}""";
    private const string OneAtATime = """{"profile":"one-at-a-time","fileName":"a.png","contentType":"image/png","size":1000}""";

    /// <summary>Each kind of body that a single request is refused for.</summary>
    public static TheoryData<string> RefusedBodies =>
    [
        "null", "17", "\"text\"", "[]", "true", "{}", """{"profile":1}""", """{"metadata":{"a":null}}""",
        Good.Replace("1000", "\"1000\""), Good.Replace("1000", "1.5"), Good.Replace("1000", "99999999999999999999"),
        Good.Replace(",\"size\":1000", ""), Good.Replace("picture", ""), Good.Replace("picture", "nonsense"),
        Good.Replace("good.png", ""), Good.Replace("good.png", "a/b.png"), Good.Replace("good.png", new string('a', 256)),
        Good.Replace("image/png", "text/html"), Good.Replace("image/png", "png"),
        Good.Replace("1000", "1"), Good.Replace("1000", "-1"), Good.Replace("1000", "100001"),
        With("\"method\":\"patch\""), With("\"method\":7"), With("\"checksumSha256\":\"short\""),
        With("\"metadata\":{\"\":\"v\"}"), With($$"""
            "metadata":{"a":"{{new string('x', 1001)}}"}
            """),
        With("\"metadata\":[]"), With("\"association\":{\"type\":\"album\",\"id\":\"7\"}"), With("\"association\":{\"type\":\"album\"}"),
        With("\"deep\":" + new string('[', 70) + new string(']', 70)),
        With($"\"unknown\":\"{new string('x', 65_536)}\""),
        Good.Replace("picture", "invoice"),
    ];

    [Theory]
    [MemberData(nameof(RefusedBodies))]
    public async Task Item_RefusedAlone_IsRefusedAlikeAndAffectsNoOther(string body)
    {
        var alone = await host.Client.RequestAsync(body);
        alone.Code.Should().BeInRange(400, 499);

        var items = await BatchAsync(host.Client, Good, body, Good);

        items.Should().HaveCount(3);
        ShouldBeGrant(items[0]);
        ShouldBeProblem(items[1], alone);
        ShouldBeGrant(items[2]);
    }

    [Fact]
    public async Task Item_InvalidUtf8_IsRefusedAlikeAndAffectsNoOther()
    {
        byte[] broken = [.. "{\"profile\":\""u8, 0xC3, 0x28, .. "\"}"u8];
        var alone = await host.Client.RequestAsync(broken, "application/json");
        alone.ShouldBeProblem(400, "invalid-request");

        byte[] body = [.. Encoding.UTF8.GetBytes($"{{\"uploads\":[{Good},"), .. broken, .. Encoding.UTF8.GetBytes($",{Good}]}}")];
        var items = Items(await SendAsync(host.Client, body));

        ShouldBeGrant(items[0]);
        ShouldBeProblem(items[1], alone);
        ShouldBeGrant(items[2]);
    }

    [Fact]
    public async Task Items_AreAnsweredInOrder()
    {
        string[] names = [.. Enumerable.Range(0, 100).Select(at => $"{at}.png")];
        var answer = await SendAsync(host.Client, Body([.. names.Select(name => Good.Replace("good.png", name))]));

        answer.ShouldBe(200).Header("cache-control").Should().Be("no-store");
        answer.Header("content-type").Should().StartWith("application/json");
        var stored = new List<string>();
        foreach (var item in Items(answer))
            stored.Add((await host.App.RecordAsync(ShouldBeGrant(item).Id)).FileName);
        stored.Should().Equal(names);
    }

    [Fact]
    public async Task Item_Granted_IsTheGrantOfASingleRequest()
    {
        var single = (await host.Client.RequestAsync(Good)).ShouldBe(201).Json;
        var item = (await BatchAsync(host.Client, Good)).Single().GetProperty("grant");
        Names(item).Should().Equal(Names(single));
        Names(item.GetProperty("upload")).Should().Equal(Names(single.GetProperty("upload")));
        var grant = ShouldBeGrant((await BatchAsync(host.Client, Good)).Single());
        (await host.Client.StatusAsync(grant)).ShouldBe(200)["status"].Should().Be("requested");
    }

    [Theory]
    [InlineData("{}", "uploads is missing")]
    [InlineData("[]", "uploads is missing")]
    [InlineData("null", "uploads is missing")]
    [InlineData("""{"uploads":null}""", "uploads is missing")]
    [InlineData("""{"uploads":{}}""", "uploads is missing")]
    [InlineData("""{"Uploads":[{}]}""", "uploads is missing")]
    [InlineData("""{"uploads":[]}""", "uploads is empty")]
    [InlineData("", "line 1")]
    [InlineData("{\"uploads\":[{}", "line 1")]
    [InlineData("{\"uploads\":[{}]}\n{}", "line 2")]
    [InlineData("{\"uploads\":[{},\n}]}", "line 2")]
    [InlineData("nonsense", "line 1")]
    [InlineData("{\"upl\\ud800oads\":[{}]}", "line 1")]
    public async Task Batch_Malformed_IsRefusedAsAWhole(string body, string detail) =>
        (await SendAsync(host.Client, body)).ShouldBeProblem(400, "invalid-request")["detail"].Should().Contain(detail);

    [Fact]
    public async Task Batch_OfMoreThan100_IsRefusedAndGrantsNothing()
    {
        await using var app = await UploadApp.StartAsync();
        var answer = await SendAsync(app.Client, Body([.. Enumerable.Repeat(Good, 101)]));
        answer.ShouldBeProblem(400, "invalid-request")["detail"].Should().Contain("101").And.Contain("at most 100");
        (await app.Store.ListAsync(UploadFilter.ForOwner(null), 10, TestContext.Current.CancellationToken)).Should().BeEmpty();
    }

    [Fact]
    public async Task Batch_MalformedAtItsEnd_GrantsNothing()
    {
        await using var app = await UploadApp.StartAsync();
        (await SendAsync(app.Client, $"{{\"uploads\":[{Good},{Good}],}}")).ShouldBeProblem(400, "invalid-request");
        (await app.Store.ListAsync(UploadFilter.ForOwner(null), 10, TestContext.Current.CancellationToken)).Should().BeEmpty();
    }

    [Fact]
    public async Task Batch_NotJson_IsAProblem()
    {
        using var form = new StringContent("uploads=1", Encoding.UTF8, "application/x-www-form-urlencoded");
        (await host.Client.SendAsync(HttpMethod.Post, "/batch", content: form)).ShouldBeProblem(400, "invalid-request")["detail"]
            .Should().Contain("application/json");
    }

    [Theory]
    [InlineData('x')]
    [InlineData('é')]
    public async Task Batch_Of100FullRequests_IsGranted(char letter)
    {
        var metadata = Enumerable.Range(0, 32).ToDictionary(at => $"n{at}", _ => new string(letter, 1000));
        var full = JsonSerializer.Serialize(
            new { profile = "picture", fileName = "a.png", contentType = "image/png", size = 1000, metadata },
            Unescaped);
        (await host.Client.RequestAsync(full)).ShouldBe(201);

        var items = await BatchAsync(host.Client, [.. Enumerable.Repeat(full, 100)]);

        foreach (var item in items)
            ShouldBeGrant(item);
        (await host.App.RecordAsync(ShouldBeGrant(items[99]).Id)).Metadata["n31"].Should().Be(new string(letter, 1000));
    }

    [Fact]
    public async Task Batch_TooLong_IsRefused() =>
        (await SendAsync(host.Client, new byte[(RequestUploadBatch.MaxKiB * 1024) + 1])).ShouldBeProblem(400, "invalid-request")["detail"]
            .Should().Contain($"{RequestUploadBatch.MaxKiB} KiB");

    [Fact]
    public void Body_OfTheMaximumSize_FitsTheSmallestBudget()
    {
        var budget = new BodyMemoryBudget(8 * 1024 * 1024);
        using var body = new ReceivedBody(budget);
        var chunk = new byte[5000];
        Random.Shared.NextBytes(chunk);
        var sent = new List<byte>();
        while (sent.Count + chunk.Length <= RequestUploadBatch.MaxKiB * 1024)
        {
            body.TryAppend(new(chunk)).Should().BeTrue("{0} bytes have arrived", sent.Count);
            sent.AddRange(chunk);
        }

        body.Length.Should().Be(sent.Count);
        body.Sequence.ToArray().Should().Equal(sent);
        body.Dispose();
        budget.TryReserve(8 * 1024 * 1024).Should().BeTrue("all of it was returned");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task Quota_InOneBatch_GrantsExactlyTheFirst(int quota)
    {
        await using var app = await UploadApp.StartAsync(new TestHostOptions
        {
            Uploads = options => options.Profiles["one-at-a-time"].MaxPendingUploadsPerOwner = quota,
        });
        var items = await BatchAsync(app.Client, [.. Enumerable.Repeat(OneAtATime, 12)]);

        items.Select(item => item.TryGetProperty("grant", out _)).Should()
            .Equal(Enumerable.Range(0, 12).Select(at => at < quota));
        ShouldBeProblem(items[11], await app.Client.RequestAsync(OneAtATime));
    }

    [Fact]
    public async Task Quota_ConcurrentBatches_IsNotExceeded()
    {
        await using var app = await UploadApp.StartAsync(new TestHostOptions
        {
            Uploads = options => options.Profiles["one-at-a-time"].MaxPendingUploadsPerOwner = 5,
        });
        var batches = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => BatchAsync(app.Client, [.. Enumerable.Repeat(OneAtATime, 10)])));

        var items = batches.SelectMany(items => items).ToList();
        items.Count(item => item.TryGetProperty("grant", out _)).Should().BeInRange(1, 5);
        items.Where(item => item.TryGetProperty("problem", out _))
            .Select(item => item.GetProperty("problem").GetProperty("code").GetString())
            .Should().OnlyContain(code => code == "quota-exceeded");
    }

    [Fact]
    public async Task Item_OtherProfileThanTheMappings_IsRefused()
    {
        await using var app = await UploadApp.StartAsync(new TestHostOptions
        {
            Map = app => app.MapDirectUploads("/uploads", o => o.Profiles.Add("picture")).AllowAnonymous(),
        });
        var film = Good.Replace("picture", "film");
        var items = await BatchAsync(app.Client, film, Good);
        ShouldBeProblem(items[0], await app.Client.RequestAsync(film));
        ShouldBeGrant(items[1]);
    }

    [Fact]
    public async Task Authorizer_DecidesAboutEachItem()
    {
        await using var app = await UploadApp.StartAsync(RequestAuthorizationTests.SignedIn() with
        {
            Services = services =>
            {
                TestSignIn.Add(services);
                services.AddDirectUploads().AddAuthorizer(asked => asked.Request.FileName == "bad.png"
                    ? UploadAuthorization.Deny("Not this one.")
                    : asked.Request.FileName == "broken.png"
                        ? throw new NotSupportedException("A bug of the application.")
                        : UploadAuthorization.Allow);
            },
        });
        (await SendAsync(app.Client, Body(Good))).ShouldBeProblem(401, "unauthorized");
        var ada = app.Client.As("ada");
        var bad = Good.Replace("good", "bad");

        var items = await BatchAsync(ada, Good, bad, Good.Replace("good", "broken"), Good);

        (await app.RecordAsync(ShouldBeGrant(items[0]).Id)).Owner.Should().Be("ada");
        ShouldBeProblem(items[1], await ada.RequestAsync(bad));
        items[2].GetProperty("problem").GetProperty("code").GetString().Should().Be("server-error");
        items[2].GetProperty("problem").GetProperty("status").GetInt32().Should().Be(500);
        items[2].GetRawText().Should().NotContain("A bug of the application");
        ShouldBeGrant(items[3]);
    }

    [Fact]
    public async Task Item_StorageUnavailable_SaysSoAndAffectsNoOther()
    {
        await using var app = await UploadApp.StartAsync();
        var film = """{"profile":"film","fileName":"a.mp4","contentType":"video/mp4","size":6000000}""";

        var answer = await SendAsync(app.Client, Body(Good, film, Good));

        answer.ShouldBe(200).Header("retry-after").Should().NotBeNull();
        var items = Items(answer);
        ShouldBeGrant(items[0]);
        ShouldBeProblem(items[1], (await app.Client.RequestAsync(film)).ShouldBeProblem(503, "storage-unavailable"));
        ShouldBeGrant(items[2]);
    }

    [Fact]
    public async Task Batch_StorageHangs_IsAnsweredInTime()
    {
        await using var storage = await FakeStorageServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var app = await UploadApp.StartAsync(TestS3Clients.Create(storage.Endpoint, TimeSpan.FromSeconds(6)), "uploads");
        var film = """{"profile":"film","fileName":"a.mp4","contentType":"video/mp4","size":6000000}""";

        var items = await BatchAsync(app.Client, [.. Enumerable.Repeat(film, 20)])
            .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        items.Should().OnlyContain(item => item.GetProperty("problem").GetProperty("code").GetString() == "storage-unavailable");
    }

    private static string With(string property) => $"{Good[..^1]},{property}}}";

    private static string Body(params string[] items) => $"{{\"uploads\":[{string.Join(',', items)}]}}";

    private static Task<ApiResponse> SendAsync(UploadClient client, string body) => SendAsync(client, Encoding.UTF8.GetBytes(body));

    private static async Task<ApiResponse> SendAsync(UploadClient client, byte[] body)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        return await client.SendAsync(HttpMethod.Post, "/batch", content: content);
    }

    private static async Task<JsonElement[]> BatchAsync(UploadClient client, params string[] items) =>
        Items(await SendAsync(client, Body(items)));

    private static JsonElement[] Items(ApiResponse answer) => [.. answer.ShouldBe(200).Json.GetProperty("uploads").EnumerateArray()];

    private static Grant ShouldBeGrant(JsonElement item)
    {
        Names(item).Should().Equal(["grant"], item.GetRawText());
        var grant = item.GetProperty("grant");
        return Grant.FromResponse(
            new(HttpStatusCode.Created, new Dictionary<string, string>(), Encoding.UTF8.GetBytes(grant.GetRawText())));
    }

    private static void ShouldBeProblem(JsonElement item, ApiResponse alone)
    {
        Names(item).Should().Equal(["problem"], item.GetRawText());
        item.GetProperty("problem").GetRawText().Should().Be(alone.Text);
    }

    private static string[] Names(JsonElement json) => [.. json.EnumerateObject().Select(property => property.Name)];
}
