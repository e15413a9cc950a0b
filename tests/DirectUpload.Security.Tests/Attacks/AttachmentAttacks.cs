using System.Security.Claims;
using DirectUpload.Security.Tests.Table;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>Entities that refer to uploads, and lists of uploads: with ids, tokens and queries that a user made up.</summary>
public sealed class AttachmentAttacks(LocalS3Fixture server) : FlowTests(server), IClassFixture<LocalS3Fixture>
{
    private const int Queries = 600;

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    protected override TestHostOptions HostOptions => new()
    {
        Services = services =>
        {
            TestSignIn.Add(services);
            services.AddSingleton<TimeProvider>(_clock);
        },
        Pipeline = TestSignIn.Use,
        Uploads = options => options.AddProfile("avatar", profile =>
        {
            profile.ContentTypes.Add("image/png");
            profile.RequireAttachment = true;
            profile.AttachBeforeReady = true;
        }),
        Map = app =>
        {
            app.MapDirectUploads("/uploads").RequireAuthorization();
            // The form of an application: the id is a field of it, and so is a token for uploads of visitors.
            app.MapPost("/avatar", async (HttpContext context, IDirectUploadService uploads, string id, string? token) =>
            {
                var user = context.User.FindFirstValue(ClaimTypes.NameIdentifier)!;
                if (!UploadId.TryParse(id, out var upload))
                    return Results.BadRequest();
                var access = UploadToken.TryParse(token, out var proof) ? UploadAccess.FromToken(proof) : UploadAccess.Owner(user);
                var result = await uploads.AttachAsync(upload, access, new("user", user, "avatar"), "avatar", replace: true);
                return result.Succeeded ? Results.Ok() : Results.Text(result.Error.Code, statusCode: 422);
            }).RequireAuthorization();
        },
    };

    private IDirectUploadService Uploads => App.Services.GetRequiredService<IDirectUploadService>();

    private UploadClient Ada => Client.As("ada");

    private UploadClient Eve => Client.As("eve");

    [Fact]
    [Attack(
        "listing another user's uploads: by her entity, an owner in the query, a header, or the ids of her pages",
        "a list contains only uploads of the signed-in owner, whatever else the query selects")]
    public async Task List_OfAnotherUser_IsEmpty()
    {
        var own = await ReadyAsync("ada");
        await AttachAsync("ada", own.Id);
        (await Ada.SendAsync(HttpMethod.Get, "?association=user:ada")).Text.Should().Contain(own.Id);
        foreach (var query in new[]
        {
            "?mine", "?association=user:ada", "?association=user:ada&kind=avatar", "?mine&association=user:ada", "?mine&owner=ada",
            "?association=user:ada&owner=ada&Owner=ada&user=ada", $"?mine&before={new string('f', 32)}", "?mine&status=ready",
            $"?mine&id={own.Id}&token={own.ReadToken}", "?association=user:%25", "?association=user:*", "?association=user:ad_",
            "?association=user:ada'%20OR%20'1'='1", "?association=user:ADA", "?association=user:eve&association=user:ada",
            "?association=user:ada%00", "?mine&association=user:eve%0Aada",
        })
        {
            var answer = await Eve.SendAsync(HttpMethod.Get, query, own.ReadToken);
            answer.Code.Should().BeOneOf([200, 400], query);
            answer.Text.Should().NotContain(own.Id, query);
            (await Client.SendAsync(HttpMethod.Get, query, own.WriteToken)).ShouldBeProblem(401, "unauthorized");
        }
    }

    [Fact]
    [Attack(
        "naming another user's upload in one's own form, to take her file as one's avatar",
        "the upload is not found for another owner, and nothing changes")]
    public async Task Attach_UploadOfAnotherUser_IsNotFound()
    {
        var grant = await ReadyAsync("ada");
        var before = await App.RecordAsync(grant.Id);

        (await AttachAsync("eve", grant.Id)).Should().Be("not-found");
        (await AttachAsync("eve", grant.Id, (await ReadyAsync("eve")).ReadToken)).Should().Be("not-found");
        (await AttachAsync("eve", grant.Id, (await ReadyAsync("eve")).WriteToken)).Should().Be("not-found");

        (await App.RecordAsync(grant.Id)).Should().BeSameAs(before);
        (await AttachAsync("ada", grant.Id)).Should().Be("attached");
    }

    [Fact]
    [Attack(
        "attaching with a token of the upload that was rotated, revoked or has expired",
        "it is as good as no token")]
    public async Task Attach_OldToken_IsNotFound()
    {
        var (rotated, revoked, expired, late) = (
            await ReadyAsync("ada"), await ReadyAsync("ada"), await ReadyAsync("ada"), await ReadyAsync("ada"));
        await Uploads.RotateReadTokenAsync(UploadId.Parse(rotated.Id));
        await Uploads.RevokeReadTokenAsync(UploadId.Parse(revoked.Id));
        await Uploads.RevokeWriteTokenAsync(UploadId.Parse(revoked.Id));
        var limited = (await Uploads.RotateReadTokenAsync(UploadId.Parse(expired.Id), TimeSpan.FromMinutes(5))).Value.Value;
        _clock.Advance(TimeSpan.FromHours(2)); // the lifetime of write tokens has passed, too

        foreach (var (id, token) in new[]
        {
            (rotated.Id, rotated.ReadToken), (revoked.Id, revoked.ReadToken), (revoked.Id, revoked.WriteToken), (expired.Id, limited),
            (late.Id, late.WriteToken),
        })
        {
            (await AttachAsync("eve", id, token)).Should().Be("not-found");
            (await App.RecordAsync(id)).Association.Should().BeNull();
        }
    }

    [Fact]
    [Attack(
        "guessing ids of uploads in a form",
        "an unknown id, a neighboring id and the id of another user's upload get the same answer")]
    public async Task Attach_GuessedId_LooksUnknown()
    {
        var id = (await ReadyAsync("ada")).Id;
        for (var at = 0; at < id.Length; at++)
        {
            var guess = id[..at] + (id[at] == 'a' ? 'b' : 'a') + id[(at + 1)..];
            if (UploadId.TryParse(guess, out _))
                (await AttachAsync("eve", guess)).Should().Be("not-found");
        }

        (await AttachAsync("eve", id)).Should().Be("not-found");
        (await AttachAsync("eve", UploadId.Create(_clock.GetUtcNow()).ToString())).Should().Be("not-found");
    }

    [Fact]
    [Attack(
        "attaching the same upload to one's own account that another user has already attached",
        "an upload has one entity; the second attach is refused, also with a valid token")]
    public async Task Attach_AttachedUpload_StaysWithItsEntity()
    {
        var grant = await ReadyAsync("ada");
        await AttachAsync("ada", grant.Id);

        (await AttachAsync("eve", grant.Id, grant.ReadToken)).Should().Be("attached-elsewhere");
        (await AttachAsync("eve", grant.Id, grant.WriteToken)).Should().Be("attached-elsewhere");

        (await App.RecordAsync(grant.Id)).Association.Should().Be(new UploadAssociation("user", "ada", "avatar"));
    }

    [Fact]
    [Attack(
        "attaching a file of a profile with weaker rules, such as an HTML page as an avatar",
        "the application names the profile, and an upload of another one is refused")]
    public async Task Attach_UploadOfAnotherProfile_IsRefused()
    {
        var grant = await ReadyAsync("ada", "anything");
        (await AttachAsync("ada", grant.Id)).Should().Be("wrong-profile");
        (await App.RecordAsync(grant.Id)).Association.Should().BeNull();
    }

    [Fact]
    [Attack(
        "deleting or aborting a file after the application attached it, so that its entity shows nothing",
        "clients can no longer delete it, in any status; the application can")]
    public async Task Delete_AfterAttach_IsForbidden()
    {
        var (ready, processed) = (await ReadyAsync("ada"), await RequestAsync("ada"));
        var record = await App.RecordAsync(processed.Id);
        (await App.Store.TryUpdateAsync(record with { Status = UploadStatus.Processing })).Should().NotBeNull();
        foreach (var grant in new[] { ready, processed })
        {
            (await AttachAsync("ada", grant.Id)).Should().Be("attached");
            (await Ada.DeleteAsync(grant)).ShouldBeProblem(403, "deletion-not-allowed");
            (await App.RecordAsync(grant.Id)).Association!.Id.Should().Be("ada");
        }

        (await KeysOfAsync(ready)).Should().NotBeEmpty();
    }

    [Fact]
    [Attack(
        "replacing another user's avatar with one's own file, by naming her entity",
        "the entity is the application's, from the sign-in; a request that names one is refused without approval")]
    public async Task Replace_ByAnotherUser_LeavesTheUpload()
    {
        var grant = await ReadyAsync("ada");
        await AttachAsync("ada", grant.Id);
        (await Eve.RequestAsync(new TestUploadRequest
        {
            Profile = "avatar",
            Association = new { type = "user", id = "ada", kind = "avatar" },
        })).ShouldBeProblem(403, "forbidden");

        (await AttachAsync("eve", (await ReadyAsync("eve")).Id)).Should().Be("attached");

        (await App.RecordAsync(grant.Id)).Status.Should().Be(UploadStatus.Ready);
        (await KeysOfAsync(grant)).Should().NotBeEmpty();
    }

    [Fact]
    [Attack(
        "using the application as free storage: uploads that no form ever submits, kept alive by reads, confirms and renewals",
        "the worker deletes what is not attached in time, with its objects; no call of a client extends the time")]
    public async Task Unattached_KeptAliveByCalls_IsDeleted()
    {
        var grant = await ReadyAsync("eve");
        var worker = App.Services.GetRequiredService<UploadWorker>();
        for (var hour = 0; hour < 24; hour++)
        {
            await Eve.StatusAsync(grant);
            await Eve.ContentAsync(grant);
            await Eve.ConfirmAsync(grant);
            await Eve.SendAsync(HttpMethod.Post, $"/{grant.Id}/renew", grant.WriteToken);
            await Eve.SendAsync(HttpMethod.Get, "?mine");
            _clock.Advance(TimeSpan.FromHours(1));
            await worker.RunOnceAsync();
        }

        (await App.RecordAsync(grant.Id)).Status.Should().Be(UploadStatus.Deleted);
        (await KeysOfAsync(grant)).Should().BeEmpty();
        (await AttachAsync("eve", grant.Id)).Should().Be("deleted");
    }

    [Fact]
    [Attack("erasing an owner's data, or deleting many uploads at once, over HTTP", "no endpoint does it; only the application's code can")]
    public async Task Erase_OverHttp_DoesNotExist()
    {
        var grant = await ReadyAsync("ada");
        foreach (var method in new[] { HttpMethod.Delete, HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch })
        {
            foreach (var path in new[] { "?mine", "?owner=ada", "?association=user:ada", "/erase", "/mine", "/ada", $"/{grant.Id}/detach",
                $"/{grant.Id}/attach" })
            {
                (await Ada.SendAsync(method, path, grant.WriteToken)).Code.Should().BeInRange(400, 499, "{0} {1}", method, path);
                (await Eve.SendAsync(method, path)).Code.Should().BeInRange(400, 499, "{0} {1}", method, path);
            }
        }

        (await App.RecordAsync(grant.Id)).Status.Should().Be(UploadStatus.Ready);
    }

    [Fact]
    [Attack(
        "huge, repeated, broken and nested values in the query of the list",
        "each answer is a page of one's own uploads or a 400 that says what to send; none is a server error")]
    public async Task List_HostileQueries_AreNeverAServerError()
    {
        var (own, others) = (await ReadyAsync("eve"), await ReadyAsync("ada"));
        var random = new Random(20261126);
        for (var number = 0; number < Queries; number++)
        {
            var query = "?" + string.Join('&', Enumerable.Range(0, random.Next(1, 6)).Select(_ => CreateParameter(random)));
            var answer = await Eve.SendAsync(HttpMethod.Get, query);

            answer.Code.Should().BeOneOf([200, 400, 414, 431], "{0}: {1}", query[..Math.Min(query.Length, 300)], answer.Text);
            answer.Text.Should().NotContain(others.Id).And.NotContain(own.WriteToken);
            if (answer.Code == 400 && answer.Body.Length > 0)
                answer.ShouldBeProblem(400, "invalid-request");
        }
    }

    private static string CreateParameter(Random random)
    {
        string[] names = ["mine", "association", "kind", "status", "limit", "before", "MINE", "association[]", "mine[0]", "", "%00", "id"];
        string[] values =
        [
            "", "true", "user:ada", "user:eve", "user%3Aeve", "%", "%zz", "%00", "%ff%fe", "%ed%a0%80", "%F0%9F%98%80:%F0%9F%98%80",
            ":", "::",
            "-1", "0", "1", "100", "2147483648", "1e3", "%20", "%0d%0aSet-Cookie:%20a=b", "%E2%80%AE", "ready", "Ready", "ready,failed",
            new('a', 300), new('0', 32), new('f', 32), new('z', 4000), "user:" + new string('%', 50), "..%2f..%2f", "{\"a\":1}", "*", "'--",
        ];
        return random.Next(8) == 0
            ? names[random.Next(names.Length)]
            : $"{names[random.Next(names.Length)]}={values[random.Next(values.Length)]}";
    }

    private async Task<Grant> RequestAsync(string user, string profile = "avatar") =>
        await Client.As(user).GrantAsync(TestUploadRequest.FromPicture(TestFiles.Png()) with { Profile = profile });

    private async Task<Grant> ReadyAsync(string user, string profile = "avatar")
    {
        var grant = await RequestAsync(user, profile);
        (await StorageClient.UploadAsync(grant, TestFiles.Png())).Code.Should().BeInRange(200, 204);
        (await Client.As(user).ConfirmAsync(grant)).ShouldBe(200)["status"].Should().Be("ready");
        return grant;
    }

    /// <summary>Submits the form of the application.</summary>
    private async Task<string> AttachAsync(string user, string id, string? token = null)
    {
        var answer = await App.ClientOf("/avatar").As(user).SendAsync(
            HttpMethod.Post, $"?id={id}" + (token is null ? "" : $"&token={token}"));
        answer.Code.Should().BeOneOf(200, 422);
        return answer.Code == 200 ? "attached" : answer.Text;
    }
}
