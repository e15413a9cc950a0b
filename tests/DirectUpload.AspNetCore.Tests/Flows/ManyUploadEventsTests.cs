using DirectUpload.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DirectUpload.AspNetCore.Tests.Flows;

/// <summary>One event stream for many uploads.</summary>
public sealed class ManyUploadEventsTests : IAsyncLifetime
{
    private readonly IUploadRecordStore _store = new ServiceCollection().AddDirectUploads(it => it.Bucket = "uploads")
        .UseInMemoryStore().Services.BuildServiceProvider().GetRequiredService<IUploadRecordStore>();
    private readonly LocalS3Fixture _s3 = new();
    private UploadApp _app = null!;
    private UploadApp _other = null!;

    public async ValueTask InitializeAsync()
    {
        await _s3.InitializeAsync();
        _app = await StartAsync();
        _other = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _other.DisposeAsync();
        await _s3.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stream_ManyUploads_SendsTheChangesOfEach(bool sameInstance)
    {
        var grants = await UploadAsync(5);
        await using var stream = await OpenAsync(grants);

        foreach (var grant in grants)
            (await Client(sameInstance ? _app : _other).ConfirmAsync(grant)).ShouldBe(200);

        var events = await stream.RestAsync();
        foreach (var grant in grants)
        {
            events.Where(sent => sent["id"] == grant.Id).Select(sent => sent["status"])
                .Should().Equal("requested", "uploaded", "processing", "ready");
        }

        events.Last(sent => sent["id"] == grants[0].Id)["contentUrl"].Should().Be($"/uploads/{grants[0].Id}/content");
    }

    [Fact]
    public async Task Reconnect_AfterAnyEvent_RepeatsAndMissesNothing()
    {
        var grants = await UploadAsync(4);
        await using var first = await OpenAsync(grants);
        foreach (var grant in grants)
            (await Client(_app).ConfirmAsync(grant)).ShouldBe(200);
        var all = await first.RestAsync();

        for (var seen = 1; seen < all.Count; seen++)
        {
            await using var resumed = await OpenAsync(grants, last: all[seen - 1].Id);
            var rest = await resumed.RestAsync();
            foreach (var grant in grants)
            {
                var known = all.Take(seen).Where(sent => sent["id"] == grant.Id).Select(sent => sent["status"]).ToList();
                var expected = known.Count == 0 ? ["ready"] : new[] { "requested", "uploaded", "processing", "ready" }[known.Count..];
                rest.Where(sent => sent["id"] == grant.Id).Select(sent => sent["status"]).Should().Equal(expected);
            }
        }

        using var end = await SendAsync(_app, grants, last: all[^1].Id);
        end.StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("nonsense")]
    [InlineData("////")]
    [InlineData("__________8")]
    [InlineData("f_________8AAAAAAAAAAAAAAAAAAAAA")]
    public async Task Reconnect_UnknownEventId_StartsAgain(string id)
    {
        var grants = await UploadAsync(2);
        foreach (var grant in grants)
            (await Client(_app).ConfirmAsync(grant)).ShouldBe(200);
        await using var stream = await OpenAsync(grants, last: id);

        (await stream.RestAsync()).Select(sent => sent["status"]).Should().Equal("ready", "ready");
    }

    [Fact]
    public async Task Stream_TokenOfAnotherUpload_RefusesThatUploadOnly()
    {
        var grants = await UploadAsync(3);
        (await Client(_app).ConfirmAsync(grants[0])).ShouldBe(200);
        (await Client(_app).ConfirmAsync(grants[1])).ShouldBe(200);

        using var response = await SendAsync(_app, $"?id={grants[0].Id}&id={grants[2].Id}&id=none&id={grants[1].Id}",
            $"{grants[0].ReadToken}, {grants[1].ReadToken}, {grants[1].ReadToken},{grants[1].WriteToken}");
        await using var stream = await EventReader.OpenAsync(response);
        var events = await stream.RestAsync();

        events.Where(sent => sent.Type == "refused").Select(sent => (sent["id"], sent["code"]))
            .Should().Equal((grants[2].Id, "not-found"), ("none", "not-found"));
        events.Where(sent => sent.Type is null).Select(sent => sent["id"]).Should().BeEquivalentTo([grants[0].Id, grants[1].Id]);
    }

    [Fact]
    public async Task Stream_TokensInTheQuery_AreAccepted()
    {
        var grants = await UploadAsync(2);
        foreach (var grant in grants)
            (await Client(_app).ConfirmAsync(grant)).ShouldBe(200);

        var query = string.Join('&', grants.Select(grant => $"id={grant.Id}&token={grant.ReadToken}"));
        using var response = await SendAsync(_app, "?" + query);
        await using var stream = await EventReader.OpenAsync(response);

        response.Headers.GetValues("Referrer-Policy").Should().Equal("no-referrer");
        response.Headers.CacheControl!.NoStore.Should().BeTrue();
        (await stream.RestAsync()).Select(sent => sent["status"]).Should().Equal("ready", "ready");
    }

    [Fact]
    public async Task Stream_WithoutAccess_IsRefused()
    {
        var grants = await UploadAsync(2);
        var ids = $"?id={grants[0].Id}&id={grants[1].Id}";

        (await GetAsync(ids)).ShouldBeProblem(401, "token-missing");
        (await GetAsync("")).ShouldBeProblem(401, "token-missing");
        (await GetAsync(ids, UploadToken.Create().Value + "," + UploadToken.Create().Value)).ShouldBeProblem(404, "not-found");
        (await GetAsync(ids, "x, y")).ShouldBeProblem(404, "not-found");
        (await GetAsync(ids, grants[0].ReadToken)).ShouldBeProblem(400, "invalid-request");
        (await GetAsync("", grants[0].ReadToken)).ShouldBeProblem(400, "invalid-request");
        var many = string.Concat(Enumerable.Range(0, 101).Select(n => $"&id={grants[0].Id}"))[1..];
        (await GetAsync("?" + many, string.Join(',', Enumerable.Repeat(grants[0].ReadToken, 101)))).ShouldBeProblem(400, "invalid-request");
        var hundred = string.Concat(Enumerable.Range(0, 100).Select(n => $"&id={UploadId.Create(DateTimeOffset.UtcNow)}"))[1..];
        (await GetAsync("?" + hundred, string.Join(',', Enumerable.Repeat(grants[0].ReadToken, 100)))).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Stream_SignedInOwner_FollowsOwnUploadsById()
    {
        var own = await UploadAsync(2, "ada");
        var others = await UploadAsync(1, "bob");
        foreach (var grant in own)
            (await Client(_app, "ada").ConfirmAsync(grant)).ShouldBe(200);

        using var response = await SendAsync(_app, $"/signed-in/events?id={own[0].Id}&id={others[0].Id}&id={own[1].Id}", user: "ada");
        await using var stream = await EventReader.OpenAsync(response);
        var events = await stream.RestAsync();

        events.Where(sent => sent.Type is null).Select(sent => sent["id"]).Should().BeEquivalentTo(own.Select(grant => grant.Id));
        events.Where(sent => sent.Type == "refused").Select(sent => sent["id"]).Should().Equal(others[0].Id);
        events[^1]["contentUrl"].Should().StartWith("/signed-in/");
    }

    [Fact]
    public async Task OwnerStream_FollowsPresentAndFutureUploadsOfTheOwner()
    {
        var ended = (await UploadAsync(1, "ada"))[0];
        (await Client(_app, "ada").ConfirmAsync(ended)).ShouldBe(200);
        var pending = (await UploadAsync(1, "ada"))[0];
        using var response = await SendAsync(_app, "/signed-in/events", user: "ada");
        await using var stream = await EventReader.OpenAsync(response);

        var first = (await stream.NextAsync())!;
        (first["id"], first["status"]).Should().Be((pending.Id, "requested"));
        await UploadAsync(1, "bob");
        (await Client(_other, "ada").DeleteAsync(ended)).ShouldBe(204);
        var deleted = (await stream.NextAsync())!;
        (deleted["id"], deleted["status"]).Should().Be((ended.Id, "deleted"));

        var later = (await UploadAsync(1, "ada"))[0];
        var requested = (await stream.NextAsync())!;
        (requested["id"], requested["status"]).Should().Be((later.Id, "requested"));
        (await Client(_app, "ada").ConfirmAsync(later)).ShouldBe(200);
        var rest = new List<string?>();
        while (rest.Count < 3)
            rest.Add((await stream.NextAsync())!["status"]);
        rest.Should().Equal("uploaded", "processing", "ready");

        using var again = await SendAsync(_other, "/signed-in/events", user: "ada", last: requested.Id);
        await using var resumed = await EventReader.OpenAsync(again);
        string?[] missed =
            [(await resumed.NextAsync())!["status"], (await resumed.NextAsync())!["status"], (await resumed.NextAsync())!["status"]];
        missed.Should().Equal("uploaded", "processing", "ready");
    }

    private Task<UploadApp> StartAsync() => UploadApp.StartAsync(_s3.S3, _s3.Bucket, new()
    {
        Services = services =>
        {
            services.Replace(ServiceDescriptor.Singleton(_store));
            TestSignIn.Add(services);
        },
        Pipeline = TestSignIn.Use,
        Map = app =>
        {
            app.MapDirectUploads("/uploads").AllowAnonymous();
            app.MapDirectUploads("/signed-in").RequireAuthorization();
        },
    });

    private static UploadClient Client(UploadApp app, string? user = null) => user is null ? app.Client : app.Client.As(user);

    private async Task<List<Grant>> UploadAsync(int count, string? user = null)
    {
        var grants = new List<Grant>();
        for (var made = 0; made < count; made++)
        {
            grants.Add(await Client(_app, user).GrantAsync());
            (await new StorageClient(_s3.Http).UploadAsync(grants[^1], TestFiles.Png())).ShouldBe(200);
        }

        return grants;
    }

    private async Task<EventReader> OpenAsync(List<Grant> grants, string? last = null) =>
        await EventReader.OpenAsync(await SendAsync(_app, grants, last));

    private static Task<HttpResponseMessage> SendAsync(UploadApp app, List<Grant> grants, string? last = null) => SendAsync(
        app, "?" + string.Join('&', grants.Select(grant => $"id={grant.Id}")), string.Join(',', grants.Select(grant => grant.ReadToken)),
        last: last);

    private async Task<ApiResponse> GetAsync(string query, string? tokens = null)
    {
        using var response = await SendAsync(_app, query, tokens);
        return await ApiResponse.FromAsync(response);
    }

    private static Task<HttpResponseMessage> SendAsync(
        UploadApp app, string path, string? tokens = null, string? user = null, string? last = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path.StartsWith('/') ? path : "/uploads/events" + path);
        if (tokens is not null)
            request.Headers.Add("Upload-Token", tokens);
        if (user is not null)
            request.Headers.Add("Test-User", user);
        if (last is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", last);
        return app.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }
}
