using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests.Mvc;

/// <summary>The accounts of samples/Mvc: cookie and bearer sign-in, and the administrator's page.</summary>
public sealed class MvcAccountTests(MvcOnLocalS3 fixture) : IClassFixture<MvcOnLocalS3>
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignOut_ThenSignIn_ShowsTheProfileAgain()
    {
        await using var ada = await fixture.RegisterAsync("Ada");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await ada.Page.GotoAsync("/profile");
        ada.Page.Url.Should().Contain("/account/sign-in?ReturnUrl=%2Fprofile");

        await ada.Page.GetByLabel("Email").FillAsync(ada.Email);
        await ada.Page.GetByLabel("Password").FillAsync("a wrong password");
        await ada.Page.ClickAsync("main button");
        await Assertions.Expect(ada.Page.Locator(".validation-summary-errors")).ToContainTextAsync("is wrong");
        await ada.SignInAsync();
        await ada.Page.GotoAsync("/profile");

        await Assertions.Expect(ada.Page.GetByLabel("Display name")).ToHaveValueAsync("Ada");
    }

    [Fact]
    public async Task AdminPage_OtherUser_IsDenied()
    {
        await using var ada = await fixture.RegisterAsync("Ada");

        await ada.Page.GotoAsync("/admin/uploads");

        ada.Page.Url.Should().Contain("/account/denied");
    }

    [Fact]
    public async Task Post_WithoutAntiforgeryToken_IsRefused()
    {
        await using var ada = await fixture.RegisterAsync("Ada");

        var status = await ada.Page.EvaluateAsync<int>(
            "() => fetch('/profile', { method: 'POST', body: new URLSearchParams({ DisplayName: 'Eve' }) }).then((it) => it.status)");

        status.Should().Be(400);
    }

    [Fact]
    public async Task Api_WithBearerToken_UploadsAndSetsTheAvatar()
    {
        await using var ada = await fixture.RegisterAsync("Ada");
        var id = await ada.CreateUploadAsync("avatar", "ready");
        using var http = new HttpClient { BaseAddress = new(fixture.Address) };
        (await PutAvatarAsync(http, id)).Should().Be(HttpStatusCode.Unauthorized);
        var answer = await http.PostAsJsonAsync(
            "/api/token", new { ada.Email, Password = "a long enough password" }, CancellationToken);
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken)).GetProperty("access_token").GetString();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        var requested = await http.PostAsJsonAsync(
            "/uploads", new { profile = "avatar", fileName = "a.png", contentType = "image/png", size = 70 }, CancellationToken);
        requested.StatusCode.Should().Be(HttpStatusCode.Created);
        (await PutAvatarAsync(http, id)).Should().Be(HttpStatusCode.NoContent, "the cookie and the token are of the same user");
        (await PutAvatarAsync(http, $"{Guid.CreateVersion7():N}")).Should().Be(HttpStatusCode.BadRequest);

        await ada.Page.GotoAsync("/profile");
        (await ada.GetShownFilesAsync()).Should().Equal("made.png");
    }

    [Fact]
    public async Task Token_WrongPassword_IsUnauthorized()
    {
        await using var ada = await fixture.RegisterAsync("Ada");
        using var http = new HttpClient { BaseAddress = new(fixture.Address) };

        var answer = await http.PostAsJsonAsync("/api/token", new { ada.Email, Password = "another password" }, CancellationToken);

        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    private static async Task<HttpStatusCode> PutAvatarAsync(HttpClient http, string id) =>
        (await http.PutAsJsonAsync("/api/me/avatar", new { avatarId = id }, CancellationToken)).StatusCode;
}
