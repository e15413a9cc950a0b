using DirectUpload.Security.Tests.Table;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>What a write token opens, and for how long.</summary>
public sealed class WriteTokenAttacks(LocalS3Fixture server) : FlowTests(server), IClassFixture<LocalS3Fixture>
{
    private static readonly string[] Calls =
    [
        "GET ", "GET /content", "GET /events", "GET /parts", "POST /confirm", "POST /renew", "POST /parts", "DELETE ",
    ];

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    protected override TestHostOptions HostOptions => new()
    {
        Services = services => services.AddSingleton<TimeProvider>(_clock),
        Uploads = options => options.AddProfile("kept", profile =>
        {
            profile.ContentTypes.Add("*/*");
            profile.ClientsMayDelete = false;
        }),
        Map = app => app.MapDirectUploads("/uploads").AllowAnonymous(),
    };

    private IDirectUploadService Uploads => App.Services.GetRequiredService<IDirectUploadService>();

    [Fact]
    [Attack(
        "using a write token that was found long afterwards, to delete or read finished content",
        "it gives no access one hour after the terminal status; the profile sets how long")]
    public async Task WriteToken_AfterItsLifetime_IsRefused()
    {
        var grant = await ReadyAsync(TestFiles.Png());
        _clock.Advance(TimeSpan.FromMinutes(59));
        (await Client.StatusAsync(grant.Id, grant.WriteToken)).ShouldBe(200);
        _clock.Advance(TimeSpan.FromMinutes(2));

        foreach (var call in Calls)
            (await CallAsync(call, grant.Id, grant.WriteToken)).ShouldBeProblem(404, "not-found");
        (await Client.ContentAsync(grant)).ShouldBe(302);
    }

    [Fact]
    [Attack("using a write token that was revoked or rotated", "every call treats it like a wrong one, immediately")]
    public async Task WriteToken_RevokedOrRotated_IsRefused()
    {
        var (revoked, rotated) = (await ReadyAsync(TestFiles.Png()), await ReadyAsync(TestFiles.Png()));
        await Uploads.RevokeWriteTokenAsync(UploadId.Parse(revoked.Id), TestContext.Current.CancellationToken);
        var fresh = (await Uploads.RotateWriteTokenAsync(
            UploadId.Parse(rotated.Id), cancellationToken: TestContext.Current.CancellationToken)).Value.Value;

        foreach (var call in Calls)
        {
            (await CallAsync(call, revoked.Id, revoked.WriteToken)).ShouldBeProblem(404, "not-found");
            (await CallAsync(call, rotated.Id, rotated.WriteToken)).ShouldBeProblem(404, "not-found");
        }

        (await Client.StatusAsync(rotated.Id, fresh)).ShouldBe(200);
        (await Client.DeleteAsync(rotated.Id, fresh)).ShouldBe(204);
    }

    [Fact]
    [Attack(
        "reading with the write token after the read token was revoked",
        "revoking both ends all access immediately, and the write token expires by itself")]
    public async Task WriteToken_AfterBothRevoked_ReadsNothing()
    {
        var grant = await ReadyAsync(TestFiles.Png());
        await Uploads.RevokeReadTokenAsync(UploadId.Parse(grant.Id), TestContext.Current.CancellationToken);
        await Uploads.RevokeWriteTokenAsync(UploadId.Parse(grant.Id), TestContext.Current.CancellationToken);

        foreach (var token in new[] { grant.ReadToken, grant.WriteToken })
            (await Client.ContentAsync(grant.Id, token)).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    [Attack(
        "deleting what the application keeps permanently, such as an invoice's scan",
        "a profile may forbid clients to delete: a ready upload stays, a pending one can be aborted")]
    public async Task Delete_ReadyUploadKeptByProfile_IsRefused()
    {
        var wanted = TestUploadRequest.FromPicture(TestFiles.Png()) with { Profile = "kept" };
        var (ready, pending) = (await ReadyAsync(TestFiles.Png(), wanted), await Client.GrantAsync(wanted));

        (await Client.DeleteAsync(ready)).ShouldBeProblem(403, "deletion-not-allowed");
        (await Client.ContentAsync(ready)).ShouldBe(302);
        (await Client.DeleteAsync(pending)).ShouldBe(204);
    }

    private Task<ApiResponse> CallAsync(string call, string id, string token)
    {
        var (method, path) = (call.Split(' ')[0], call.Split(' ')[1]);
        return Client.SendAsync(
            new HttpMethod(method), $"/{id}{path}", token,
            path == "/parts" && method == "POST" ? System.Net.Http.Json.JsonContent.Create(new { partNumbers = new[] { 1 } }) : null);
    }
}
