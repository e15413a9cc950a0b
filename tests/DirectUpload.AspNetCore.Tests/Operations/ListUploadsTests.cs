using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Tests.Operations;

public sealed class ListUploadsTests
{
    public static TheoryData<string> InvalidQueries =>
    [
        "", "?mine=false", "?mine=1", "?mine&mine", "?MINE=no", "?limit=5", "?mine&limit=0", "?mine&limit=101", "?mine&limit=-1",
        "?mine&limit=1.5", "?mine&limit=%2B5", "?mine&limit=", "?mine&limit=99999999999999999999", "?mine&limit=5&limit=6",
        "?mine&status=done", "?mine&status=", "?mine&status=3", "?mine&status=ready&status=failed", "?mine&before=", "?mine&before=x",
        "?mine&before=..%2F..", "?mine&kind=avatar", "?kind=avatar", "?association=", "?association=user", "?association=:42",
        "?association=user:", "?association=:", "?association=user:42&association=user:43", "?association=user:42&kind=",
        "?association=us%00er:42", "?association=user:4%0A2", "?association=user:42&kind=%E2%80%AEavatar",
        $"?association={new string('t', 101)}:42", $"?association=user:{new string('i', 201)}",
        $"?association=user:42&kind={new string('k', 101)}", $"?mine&before={new string('0', 5000)}",
    ];

    [Fact]
    public async Task Get_Mine_ListsOwnUploadsByPageNewestFirst()
    {
        await using var app = await StartAsync();
        var grants = new List<Grant>();
        for (var number = 0; number < 45; number++)
        {
            grants.Add(await app.Client.As("ada").GrantAsync());
            await app.Client.As("bob").GrantAsync();
        }

        var ids = NewestFirst([.. grants]);

        (await ListAllAsync(app.Client.As("ada"), "?mine")).Should().Equal([20, 20, 5], ids);
        (await ListAllAsync(app.Client.As("ada"), "?mine=true&limit=45")).Should().Equal([45], ids);
        (await ListAllAsync(app.Client.As("ada"), "?mine&limit=44")).Should().Equal([44, 1], ids);
        (await ListAllAsync(app.Client.As("ada"), "?mine&limit=100&other=1")).Should().Equal([45], ids);
        (await ListAllAsync(app.Client.As("eve"), "?mine")).Should().Equal([0], []);
    }

    [Fact]
    public async Task Get_Answer_HasTheStatusAndIsNotCached()
    {
        await using var app = await StartAsync();
        var grant = await app.Client.As("ada").GrantAsync(Form("album", "7", "photo"));
        await BecomeReadyAsync(app, grant.Id);

        var answer = (await ListAsync(app.Client.As("ada"), "?mine")).ShouldBe(200);

        answer.Header("cache-control").Should().Be("no-store");
        answer.Json.TryGetProperty("next", out _).Should().BeFalse();
        var shown = answer.Json.GetProperty("uploads")[0];
        shown.GetProperty("id").GetString().Should().Be(grant.Id);
        shown.GetProperty("status").GetString().Should().Be("ready");
        shown.GetProperty("contentUrl").GetString().Should().Be($"/uploads/{grant.Id}/content");
        shown.GetProperty("association").GetRawText().Should().Be("""{"type":"album","id":"7","kind":"photo"}""");
        shown.GetProperty("attachBy").GetDateTime().Should().Be(new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        answer.Text.Should().NotContainAny(grant.WriteToken, grant.ReadToken, "ada", "X-Amz");
    }

    [Theory]
    [InlineData("user", "42", "user:42")]
    [InlineData("user", "a:b:c", "user:a:b:c")]
    [InlineData("user", "a:b:c", "user%3Aa%3Ab%3Ac")]
    [InlineData("order", "№ 5/6 & ü", "order:%E2%84%96%205%2F6%20%26%20%C3%BC")]
    [InlineData("order", "100%41", "order:100%2541")]
    [InlineData("order", "a+b", "order:a%2Bb")]
    public async Task Get_Association_ListsThoseOfTheEntity(string type, string id, string query)
    {
        await using var app = await StartAsync();
        var expected = await app.Client.As("ada").GrantAsync(Form(type, id));
        await app.Client.As("ada").GrantAsync(Form(type, id + "1"));
        await app.Client.As("ada").GrantAsync(Form(type + "s", id));
        await app.Client.As("ada").GrantAsync();
        await app.Client.As("bob").GrantAsync(Form(type, id));

        (await ListAllAsync(app.Client.As("ada"), $"?association={query}")).Ids.Should().Equal(expected.Id);
        (await ListAllAsync(app.Client.As("ada"), $"?mine&association={query}")).Ids.Should().Equal(expected.Id);
        (await ListAllAsync(app.Client.As("eve"), $"?association={query}")).Ids.Should().BeEmpty();
    }

    [Fact]
    public async Task Get_KindAndStatus_Select()
    {
        await using var app = await StartAsync();
        var (plain, avatar, cover) = (
            await app.Client.As("ada").GrantAsync(Form("user", "42")), await app.Client.As("ada").GrantAsync(Form("user", "42", "avatar")),
            await app.Client.As("ada").GrantAsync(Form("user", "42", "cover")));
        await BecomeReadyAsync(app, cover.Id);

        (await ListAllAsync(app.Client.As("ada"), "?association=user:42")).Ids.Should().Equal(NewestFirst(plain, avatar, cover));
        (await ListAllAsync(app.Client.As("ada"), "?association=user:42&kind=avatar")).Ids.Should().Equal(avatar.Id);
        (await ListAllAsync(app.Client.As("ada"), "?association=user:42&kind=Avatar")).Ids.Should().BeEmpty();
        (await ListAllAsync(app.Client.As("ada"), "?association=user:42&status=ready")).Ids.Should().Equal(cover.Id);
        (await ListAllAsync(app.Client.As("ada"), "?mine&status=requested&limit=1")).Ids.Should().Equal(NewestFirst(plain, avatar));
        (await ListAllAsync(app.Client.As("ada"), "?mine&status=deleted")).Ids.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(InvalidQueries))]
    public async Task Get_InvalidQuery_SaysWhatToDo(string query)
    {
        await using var app = await StartAsync();
        await app.Client.As("ada").GrantAsync();

        (await ListAsync(app.Client.As("ada"), query)).ShouldBeProblem(400, "invalid-request");
        (await ListAsync(app.Client, query)).ShouldBeProblem(401, "unauthorized");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Get_WithoutSignIn_Is401(bool anonymous)
    {
        await using var app = await StartAsync(app =>
        {
            var mapped = app.MapDirectUploads("/uploads");
            _ = anonymous ? mapped.AllowAnonymous() : mapped.RequireAuthorization();
        });
        var grant = await app.Client.As("ada").GrantAsync();
        if (anonymous)
            await app.Client.GrantAsync();

        foreach (var query in new[] { "?mine", "?association=user:42", $"?mine&token={grant.ReadToken}" })
        {
            (await ListAsync(app.Client, query)).ShouldBeProblem(401, "unauthorized");
            (await app.Client.SendAsync(HttpMethod.Get, query, grant.WriteToken)).ShouldBeProblem(401, "unauthorized");
        }

        (await ListAllAsync(app.Client.As("ada"), "?mine")).Ids.Should().Equal(grant.Id);
    }

    [Fact]
    public async Task Get_NoAuthorizationConfigured_IsRefused()
    {
        await using var app = await StartAsync(app => app.MapDirectUploads("/uploads"));
        (await ListAsync(app.Client.As("ada"), "?mine")).ShouldBeProblem(403, "forbidden");
    }

    [Fact]
    public async Task Get_PolicyOfTheHost_Applies()
    {
        await using var app = await StartAsync(app => app.MapDirectUploads("/uploads").RequireAuthorization("no-bob"));
        var grant = await app.Client.As("ada").GrantAsync();

        (await ListAsync(app.Client.As("bob"), "?mine")).ShouldBeProblem(403, "forbidden");
        (await ListAllAsync(app.Client.As("ada"), "?mine")).Ids.Should().Equal(grant.Id);
    }

    [Fact]
    public async Task Get_UserWithoutStableId_IsRefused()
    {
        await using var app = await StartAsync();
        var nameless = new UploadClient(app.Http, "/uploads") { Headers = { ["Test-User"] = "ada", ["Test-Claim"] = "nickname" } };
        (await ListAsync(nameless, "?mine")).ShouldBeProblem(403, "forbidden");
    }

    [Fact]
    public async Task Get_MappingOfSomeProfiles_ListsOnlyThose()
    {
        await using var app = await StartAsync(app =>
        {
            app.MapDirectUploads("/uploads").RequireAuthorization();
            app.MapDirectUploads("/pictures", it => it.Profiles.Add("picture")).RequireAuthorization();
        });
        var grants = new List<Grant>();
        for (var number = 0; number < 6; number++)
        {
            grants.Add(await app.Client.As("ada").GrantAsync());
            await app.Client.As("ada").GrantAsync(Form("user", "42"));
        }

        var pictures = NewestFirst([.. grants]);

        var client = app.ClientOf("/pictures").As("ada");
        (await ListAllAsync(client, "?mine&limit=2")).Ids.Should().Equal(pictures);
        (await ListAllAsync(client, "?association=user:42")).Ids.Should().BeEmpty();
        (await ListAsync(client, "?mine&limit=1")).Json.GetProperty("uploads")[0].GetProperty("id").GetString().Should().Be(pictures[0]);
    }

    [Fact]
    public async Task Get_MoreThanAThousandOfOtherProfiles_ContinuesOnTheNextPage()
    {
        await using var app = await StartAsync(app =>
        {
            app.MapDirectUploads("/uploads").RequireAuthorization();
            app.MapDirectUploads("/films", it => it.Profiles.Add("film")).RequireAuthorization();
        });
        var film = await app.Client.As("ada").GrantAsync(new() { Profile = "film", FileName = "a.mp4", ContentType = "video/mp4" });
        var template = await app.RecordAsync((await app.Client.As("ada").GrantAsync()).Id);
        for (var number = 0; number < 1500; number++)
            await app.Store.AddAsync(
                template with { Id = UploadId.Create(DateTimeOffset.UtcNow) }, TestContext.Current.CancellationToken);

        var first = await ListAsync(app.ClientOf("/films").As("ada"), "?mine");
        first.Json.GetProperty("uploads").GetArrayLength().Should().Be(0);
        first["next"].Should().NotBeNull();
        (await ListAllAsync(app.ClientOf("/films").As("ada"), "?mine")).Ids.Should().Equal(film.Id);
    }

    /// <summary>A read token is passed on in URLs, so it does not show to which entity a file belongs.</summary>
    [Fact]
    public async Task Get_Status_ShowsTheAssociationToTheWriteTokenOnly()
    {
        await using var app = await StartAsync();
        var client = app.Client.As("ada");
        var grant = await client.GrantAsync(Form("user", "42", "avatar"));
        await BecomeReadyAsync(app, grant.Id);

        var (written, read) = (await client.StatusAsync(grant.Id, grant.WriteToken), await client.StatusAsync(grant));

        written.Json.GetProperty("association").GetRawText().Should().Be("""{"type":"user","id":"42","kind":"avatar"}""");
        written.Json.GetProperty("attachBy").GetDateTime().Year.Should().Be(2030);
        read.ShouldBe(200).Text.Should().NotContainAny("association", "attachBy", "avatar\"");
        (await client.ConfirmAsync(grant)).Json.GetProperty("association").GetProperty("kind").GetString().Should().Be("avatar");
    }

    [Theory]
    [InlineData("avatar", 201)]
    [InlineData(null, 201)]
    [InlineData("", 400)]
    [InlineData("a\nb", 400)]
    public async Task Request_Kind_IsStoredOrRefused(string? kind, int status)
    {
        await using var app = await StartAsync();
        var answer = (await app.Client.As("ada").RequestAsync(Form("user", "42", kind))).ShouldBe(status);
        if (status == 201)
            (await app.RecordAsync(answer["id"]!)).Association.Should().Be(new UploadAssociation("user", "42", kind));
        else
            answer.ShouldBeProblem(400, "invalid-request")["detail"].Should().Contain("association.kind");
    }

    private static Task<UploadApp> StartAsync(Action<WebApplication>? map = null) => UploadApp.StartAsync(new TestHostOptions
    {
        Uploads = options => options.ConfigureProfile("form", form => form.MaxPendingUploadsPerOwner = null),
        Services = services =>
        {
            TestSignIn.Add(services);
            services.AddAuthorization(policies => policies.AddPolicy(
                "no-bob", policy => policy.RequireAuthenticatedUser().RequireAssertion(it => !it.User.HasClaim(c => c.Value == "bob"))));
        },
        Pipeline = TestSignIn.Use,
        Map = map ?? (app => app.MapDirectUploads("/uploads").RequireAuthorization()),
    });

    private static TestUploadRequest Form(string type, string id, string? kind = null) =>
        TestUploadRequest.Form with { Association = kind is null ? new { type, id } : new { type, id, kind } };

    private static async Task BecomeReadyAsync(UploadApp app, string id)
    {
        var record = await app.RecordAsync(id);
        var end = DateTimeOffset.Parse("2030-01-01T00:00:00Z", CultureInfo.InvariantCulture);
        (await app.Store.TryUpdateAsync(record with { Status = UploadStatus.Ready, AttachBy = end })).Should().NotBeNull();
    }

    // Ids begin with the time; those of one millisecond have no order of time.
    private static List<string> NewestFirst(params Grant[] grants) =>
        [.. grants.Select(grant => grant.Id).OrderDescending(StringComparer.Ordinal)];

    private static Task<ApiResponse> ListAsync(UploadClient client, string query) => client.SendAsync(HttpMethod.Get, query);

    private static async Task<Pages> ListAllAsync(UploadClient client, string query)
    {
        var (sizes, ids) = (new List<int>(), new List<string>());
        for (string? next = ""; next is not null;)
        {
            var answer = (await ListAsync(client, query + next)).ShouldBe(200);
            var page = answer.Json.GetProperty("uploads").EnumerateArray().Select(shown => shown.GetProperty("id").GetString()!).ToList();
            sizes.Add(page.Count);
            ids.AddRange(page);
            sizes.Count.Should().BeLessThan(100);
            next = answer["next"] is { } id ? $"&before={id}" : null;
        }

        return new(sizes, ids);
    }

    private sealed record Pages(List<int> Sizes, List<string> Ids)
    {
        public Pages Should() => this;

        public void Equal(int[] sizes, IEnumerable<string> ids)
        {
            Sizes.Should().Equal(sizes);
            Ids.Should().Equal(ids);
        }
    }
}
