using System.Security.Claims;
using DirectUpload.Security.Tests.Table;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>Whose an upload is, and what it is attached to.</summary>
public sealed class OwnerAndAssociationAttacks(LocalS3Fixture server) : FlowTests(server), IClassFixture<LocalS3Fixture>
{
    private const int Users = 60;

    protected override TestHostOptions HostOptions => new()
    {
        Services = HostileUser.Add,
        Pipeline = TestSignIn.Use,
        Uploads = options => options.AddProfile("guarded", profile =>
        {
            profile.ContentTypes.Add("*/*");
            profile.UploadMethod = UploadMethod.Post;
        }),
        Map = app =>
        {
            app.MapDirectUploads("/uploads").RequireAuthorization();
            app.MapUppyUploads("/uppy", "guarded").RequireAuthorization();
            app.MapGet("/page", async (HttpContext context, string? invoice) =>
            {
                var association = invoice is null ? null : new UploadAssociation("invoice", invoice);
                var form = await context.RequestUploadFormAsync(
                    new UploadRequest
                    {
                        Profile = "guarded",
                        FileName = "a.png",
                        ContentType = "image/png",
                        Size = null,
                        Association = association,
                    }, "/done");
                return form.Succeeded
                    ? Results.Ok()
                    : Results.Text(form.Error.Message, statusCode: form.Error.Code == UploadErrorCodes.NotAuthorized ? 403 : 400);
            }).RequireAuthorization();
        },
    };

    [Theory]
    [InlineData(ClaimTypes.Name, "ada")]
    [InlineData(ClaimTypes.Email, "ada@example.com")]
    [InlineData("client_id", "mobile")]
    [InlineData(ClaimTypes.NameIdentifier, "")]
    [Attack(
        "signing in by a scheme that issues no user id, to share uploads and quota with all other such users",
        "an authenticated user without an owner is refused with 403, by API, Uppy, form and content, and the answer names the " +
        "option to set")]
    public async Task User_WithoutAnOwnerId_IsForbidden(string claim, string value)
    {
        foreach (var (call, answer) in await EveryCallAsync(HostileUser.Headers((claim, value))))
        {
            answer.Code.Should().Be(403, call);
            answer.Text.Should().Contain("DirectUploadEndpointOptions.OwnerResolver", call);
        }

        (await App.Store.ListAsync(UploadFilter.ForOwner(null), 10)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(ClaimTypes.NameIdentifier)]
    [InlineData("sub")]
    [InlineData("oid")]
    [InlineData("http://schemas.microsoft.com/identity/claims/objectidentifier")]
    [InlineData(ClaimTypes.PrimarySid)]
    [InlineData(ClaimTypes.Thumbprint)]
    [Attack("deleting the upload of a user of another scheme", "the owner is the user id of the scheme; two users never share one")]
    public async Task Owner_OfAnyScheme_IsItsOwnUserId(string claim)
    {
        var (ada, eve) = (As(HostileUser.Headers((claim, "ada"), (ClaimTypes.Name, "same"))), As(
            HostileUser.Headers((claim, "eve"), (ClaimTypes.Name, "same"))));
        var grant = await ada.GrantAsync(new() { Profile = "guarded", FileName = "a.png" });

        (await App.RecordAsync(grant.Id)).Owner.Should().Be("ada");
        (await eve.ContentAsync(grant.Id, null)).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    [Attack(
        "display names and ids that are empty, too long, or contain control, bidirectional, unassigned or broken characters, at " +
        "every endpoint",
        "informative values are truncated and cleaned; an unusable owner is refused with 403; no case is a server error")]
    public async Task User_HostileNameOrId_IsNeverAServerError()
    {
        var random = new Random(20261125);
        for (var user = 0; user < Users; user++)
        {
            var (id, name) = (user % 3 == 0 ? "ada" : Hostile(random), Hostile(random));
            foreach (var (call, answer) in await EveryCallAsync(
                HostileUser.Headers((ClaimTypes.NameIdentifier, id), (ClaimTypes.Name, name))))
            {
                answer.Code.Should().BeLessThan(500, "{0} of {1}: {2}", call, Escaped(id), answer.Text);
                if (id == "ada" && call != "content")
                    answer.Code.Should().BeOneOf([200, 201], "{0} of {1}: {2}", call, Escaped(name), answer.Text);
            }
        }

        foreach (var record in await App.Store.ListAsync(UploadFilter.ForOwner("ada"), 1000))
            record.Actor!.Length.Should().BeInRange(1, 256);
    }

    [Fact]
    [Attack(
        "an owner of more than 256 characters, such as a long LDAP name, to be truncated to the id of another user",
        "it is refused with 403, never truncated")]
    public async Task Owner_TooLong_IsForbiddenAndNotTruncated()
    {
        foreach (var (call, answer) in await EveryCallAsync(HostileUser.Headers((ClaimTypes.NameIdentifier, new string('a', 257)))))
            answer.Code.Should().Be(403, call);
        (await As(HostileUser.Headers((ClaimTypes.NameIdentifier, new string('a', 256))))
            .RequestAsync(new TestUploadRequest { Profile = "guarded" })).ShouldBe(201);
    }

    [Fact]
    [Attack(
        "attaching a file to another user's invoice, by naming it in the request",
        "an association is refused with 403 unless an authorizer approved exactly it, or the profile leaves it to clients")]
    public async Task Association_NotApproved_IsForbidden()
    {
        var eve = As(HostileUser.Headers((ClaimTypes.NameIdentifier, "eve")));

        (await eve.RequestAsync(new TestUploadRequest { Profile = "guarded", Association = new { type = "invoice", id = "1" } }))
            .ShouldBeProblem(403, "forbidden");
        (await eve.RequestAsync(new TestUploadRequest
        {
            Profile = "invoice",
            FileName = "a.pdf",
            ContentType = "application/pdf",
            ChecksumSha256 = TestFiles.Sha256([1]),
        })).ShouldBeProblem(400, "invalid-request");
        (await App.ClientOf("").SendAsAsync(eve, HttpMethod.Get, "/page?invoice=1")).ShouldBe(403);
        var viaUppy = await App.ClientOf("/uppy").SendAsAsync(
            eve, HttpMethod.Post, "/sign", new
            {
                method = "PUT",
                key = "a.png",
                contentType = "image/png",
                association = new { type = "invoice", id = "1" },
                metadata = new { association = "invoice/1" },
            });
        var record = (await App.Store.ListAsync(UploadFilter.ForOwner("eve"), 10)).Should().ContainSingle(viaUppy.Text).Which;
        record.Association.Should().BeNull("Uppy's metadata are notes, and no association");
    }

    private static string Hostile(Random random)
    {
        string[] pieces =
        [
            "", "\0", "\t", "\r\n", "\u001b[31m", "\u0085", "\u2028", "\u202e", "\u2066", "\ufffe", "\uffff", "\ud800", "\udc00", "\u0378",
            "é", "日本", "😀", "\"", "\\", "<b>", "{0}", "/", "..", "a", " ", new('x', 300),
        ];
        return string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => pieces[random.Next(pieces.Length)]));
    }

    private static string Escaped(string text) => string.Concat(text.Select(c => c is >= ' ' and <= '~' ? $"{c}" : $"\\u{(int)c:x4}"));

    private UploadClient As(Dictionary<string, string> headers) => new(App.Http, "/uploads") { Headers = headers };

    private async Task<List<(string Call, ApiResponse Answer)>> EveryCallAsync(Dictionary<string, string> user)
    {
        var client = As(user);
        return
        [
            ("request", await client.RequestAsync(new TestUploadRequest { Profile = "guarded" })),
            ("list", await client.SendAsync(HttpMethod.Get, "?mine")),
            ("content", await client.ContentAsync(UploadId.Create(DateTimeOffset.UtcNow).ToString(), null)),
            ("params", await App.ClientOf("/uppy").SendAsAsync(client, HttpMethod.Get, "/s3/params?filename=a.png&type=image/png")),
            ("create", await App.ClientOf("/uppy")
                .SendAsAsync(client, HttpMethod.Post, "/s3/multipart", new { filename = "a.png", type = "image/png" })),
            ("sign whole", await App.ClientOf("/uppy")
                .SendAsAsync(client, HttpMethod.Post, "/sign", new { method = "PUT", key = "a.png", contentType = "image/png" })),
            ("sign create", await App.ClientOf("/uppy")
                .SendAsAsync(client, HttpMethod.Post, "/sign", new { method = "POST", key = "a.png" })),
            ("form", await App.ClientOf("").SendAsAsync(client, HttpMethod.Get, "/page")),
        ];
    }
}

internal static class UserClientExtensions
{
    /// <summary>Sends to another prefix as the same user.</summary>
    public static Task<ApiResponse> SendAsAsync(
        this UploadClient prefix, UploadClient user, HttpMethod method, string path, object? body = null)
    {
        foreach (var (name, value) in user.Headers)
            prefix.Headers[name] = value;
        return prefix.SendAsync(method, path, null, body is null ? null : System.Net.Http.Json.JsonContent.Create(body));
    }
}
