using DirectUpload.Security.Tests.Table;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>What a write token opens, and for how long.</summary>
public sealed class WriteTokens(LocalS3Fixture server) : FlowSuite(server), IClassFixture<LocalS3Fixture>
{
    private static readonly string[] Calls = ["GET ", "GET /content", "GET /events", "GET /parts", "POST /confirm", "POST /renew", "POST /parts", "DELETE "];

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    protected override HostChoices Choices => new()
    {
        Services = services => services.AddSingleton<TimeProvider>(_clock),
        Uploads = options => options.AddProfile("kept", profile =>
        {
            profile.ContentTypes.Add("*/*");
            profile.ClientsMayDelete = false;
        }),
        Map = app => app.MapDirectUploads("/uploads").AllowAnonymous(),
    };

    private DirectUploadService Uploads => App.Services.GetRequiredService<DirectUploadService>();

    [Fact]
    [Attack("using a write token that was found long afterwards, to delete or read finished content", "an hour after the terminal status it opens nothing; the profile sets how long")]
    public async Task Old_tokens()
    {
        var grant = await ReadyAsync(Bytes.Png());
        _clock.Advance(TimeSpan.FromMinutes(59));
        (await Client.StatusAsync(grant.Id, grant.WriteToken)).ShouldBe(200);
        _clock.Advance(TimeSpan.FromMinutes(2));

        foreach (var call in Calls)
            (await CallAsync(call, grant.Id, grant.WriteToken)).ShouldBeProblem(404, "not-found");
        (await Client.ContentAsync(grant)).ShouldBe(302);
    }

    [Fact]
    [Attack("going on with a write token that was taken back or exchanged", "it is like any wrong one, at once, by every call")]
    public async Task Revoked_tokens()
    {
        var (revoked, rotated) = (await ReadyAsync(Bytes.Png()), await ReadyAsync(Bytes.Png()));
        await Uploads.RevokeWriteTokenAsHostAsync(UploadId.Parse(revoked.Id), TestContext.Current.CancellationToken);
        var fresh = (await Uploads.RotateWriteTokenAsHostAsync(UploadId.Parse(rotated.Id), cancellationToken: TestContext.Current.CancellationToken)).Value!.WriteToken.Value;

        foreach (var call in Calls)
        {
            (await CallAsync(call, revoked.Id, revoked.WriteToken)).ShouldBeProblem(404, "not-found");
            (await CallAsync(call, rotated.Id, rotated.WriteToken)).ShouldBeProblem(404, "not-found");
        }

        (await Client.StatusAsync(rotated.Id, fresh)).ShouldBe(200);
        (await Client.DeleteAsync(rotated.Id, fresh)).ShouldBe(204);
    }

    [Fact]
    [Attack("reading on by the write token once the read token was revoked", "revoking both closes the upload at once, and the write token's lifetime closes it by itself")]
    public async Task Reading_by_the_write_token()
    {
        var grant = await ReadyAsync(Bytes.Png());
        await Uploads.RevokeReadTokenAsHostAsync(UploadId.Parse(grant.Id), TestContext.Current.CancellationToken);
        await Uploads.RevokeWriteTokenAsHostAsync(UploadId.Parse(grant.Id), TestContext.Current.CancellationToken);

        foreach (var token in new[] { grant.ReadToken, grant.WriteToken })
            (await Client.ContentAsync(grant.Id, token)).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    [Attack("deleting what the application keeps for good, such as an invoice's scan", "a profile may say that clients do not delete: a ready upload stays, a pending one can be aborted")]
    public async Task Deleting_what_is_kept()
    {
        var wanted = Wanted.PictureOf(Bytes.Png()) with { Profile = "kept" };
        var (ready, pending) = (await ReadyAsync(Bytes.Png(), wanted), await Client.GrantAsync(wanted));

        (await Client.DeleteAsync(ready)).ShouldBeProblem(403, "deletion-not-allowed");
        (await Client.ContentAsync(ready)).ShouldBe(302);
        (await Client.DeleteAsync(pending)).ShouldBe(204);
    }

    private Task<Answer> CallAsync(string call, string id, string token)
    {
        var (method, path) = (call.Split(' ')[0], call.Split(' ')[1]);
        return Client.SendAsync(new HttpMethod(method), $"/{id}{path}", token, path == "/parts" && method == "POST" ? System.Net.Http.Json.JsonContent.Create(new { partNumbers = new[] { 1 } }) : null);
    }
}
