using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests.Mvc;

/// <summary>The profile form of samples/Mvc: one avatar among fields that are validated.</summary>
public abstract class MvcProfileTests(MvcFixture fixture)
{
    [Fact]
    public async Task Avatar_Saved_IsShownToTheUserAndToOthers()
    {
        await using var ada = await fixture.RegisterAsync("Ada");
        await ada.ChooseAsync(SampleFiles.Picture("ada.png"));
        (await WaitForFilesAsync(ada, 1)).Should().Equal("ada.png");
        ada.SentToStorage.Should().Equal("POST");

        await ada.SaveAndExpectNoticeAsync();

        (await ada.GetShownFilesAsync()).Should().Equal("ada.png");
        await using var grace = await fixture.RegisterAsync("Grace");
        await grace.Page.GotoAsync("/people");
        var avatar = grace.Page.Locator("img.avatar").First;
        await Assertions.Expect(avatar).ToHaveJSPropertyAsync("naturalWidth", 1);
        ada.ScriptErrors.Should().BeEmpty();
    }

    [Fact]
    public async Task Save_OtherFieldInvalid_KeepsTheUploadedFile()
    {
        await using var ada = await fixture.RegisterAsync("Ada");
        await ada.ChooseAsync(SampleFiles.Picture("kept.png"));
        await WaitForFilesAsync(ada, 1);
        await ada.Page.GetByLabel("Display name").FillAsync(string.Empty);

        await ada.SaveAsync();

        await Assertions.Expect(ada.Page.Locator(".field-validation-error")).ToContainTextAsync("The Display name field is required");
        (await ada.GetShownFilesAsync()).Should().Equal("kept.png");
        await ada.Page.GetByLabel("Display name").FillAsync("Countess");
        await ada.SaveAndExpectNoticeAsync();
        (await ada.GetShownFilesAsync()).Should().Equal("kept.png");
        ada.SentToStorage.Should().ContainSingle("the file was sent once");
    }

    [Fact]
    public async Task Avatar_Replaced_DeletesThePreviousUpload()
    {
        var (first, second) = (UniqueName(), UniqueName());
        await using var ada = await fixture.RegisterAsync("Ada");
        await ada.ChooseAsync(SampleFiles.Picture(first));
        await WaitForFilesAsync(ada, 1);
        await ada.SaveAndExpectNoticeAsync();

        await ada.ChooseAsync(SampleFiles.Picture(second));
        await Assertions.Expect(ada.Files).ToContainTextAsync(second);
        await ada.SaveAndExpectNoticeAsync();

        (await ada.GetShownFilesAsync()).Should().Equal(second);
        await using var administrator = await fixture.SignInAsAdministratorAsync();
        await ExpectStatusAsync(administrator, first, "Deleted");
        await ExpectStatusAsync(administrator, second, "Ready");
        await Assertions.Expect(administrator.Page.Locator("tr", new() { HasText = second })).ToContainTextAsync("Ada");
    }

    [Fact]
    public async Task Avatar_NotSaved_LeavesTheSavedOne()
    {
        var (saved, chosen) = (UniqueName(), UniqueName());
        await using var ada = await fixture.RegisterAsync("Ada");
        await ada.ChooseAsync(SampleFiles.Picture(saved));
        await WaitForFilesAsync(ada, 1);
        await ada.SaveAndExpectNoticeAsync();
        await ada.ChooseAsync(SampleFiles.Picture(chosen));
        await Assertions.Expect(ada.Files).ToContainTextAsync(chosen);

        await ada.Page.GotoAsync("/profile");

        (await ada.GetShownFilesAsync()).Should().Equal(saved);
        await using var administrator = await fixture.SignInAsAdministratorAsync();
        await ExpectStatusAsync(administrator, saved, "Ready");
    }

    [Fact]
    public async Task Remove_Saved_LeavesNoAvatar()
    {
        var name = UniqueName();
        await using var ada = await fixture.RegisterAsync("Ada");
        await ada.ChooseAsync(SampleFiles.Picture(name));
        await WaitForFilesAsync(ada, 1);
        await ada.SaveAndExpectNoticeAsync();

        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Assertions.Expect(ada.Files).ToHaveCountAsync(0);
        await ada.SaveAndExpectNoticeAsync();

        await Assertions.Expect(ada.Files).ToHaveCountAsync(0);
        await using var administrator = await fixture.SignInAsAdministratorAsync();
        await ExpectStatusAsync(administrator, name, "Deleted");
    }

    [Theory]
    [InlineData("avatar", "requested")]
    [InlineData("avatar", "rejected")]
    [InlineData("avatar", "deleted")]
    [InlineData("photo", "ready")]
    [InlineData("avatar", "of another user")]
    [InlineData("avatar", "unknown")]
    [InlineData("avatar", "malformed")]
    public async Task Save_IdThatCannotBeAttached_IsAnErrorOfTheForm(string profile, string end)
    {
        await using var ada = await fixture.RegisterAsync("Ada");
        await ada.ChooseAsync(SampleFiles.Picture("own.png"));
        await WaitForFilesAsync(ada, 1);
        await ada.SaveAndExpectNoticeAsync();
        await using var mallory = await fixture.RegisterAsync("Mallory");
        var id = end switch
        {
            "of another user" => await mallory.CreateUploadAsync(profile, "ready"),
            "unknown" => $"{Guid.CreateVersion7():N}",
            "malformed" => "../admin",
            _ => await ada.CreateUploadAsync(profile, end),
        };

        await ada.Page.GetByLabel("About you").FillAsync("Not lost.");
        await ada.AddFieldAsync("AvatarId", id);
        await ada.SaveAsync();

        await Assertions.Expect(ada.Page.Locator("[data-valmsg-for=AvatarId].field-validation-error")).Not.ToBeEmptyAsync();
        await Assertions.Expect(ada.Page.GetByLabel("About you")).ToHaveValueAsync("Not lost.");
        (await ada.GetShownFilesAsync()).Should().Equal("own.png");
        await ada.Page.GotoAsync("/profile");
        await Assertions.Expect(ada.Page.GetByLabel("About you")).ToHaveValueAsync(string.Empty);
        (await ada.GetShownFilesAsync()).Should().Equal("own.png");
    }

    [Fact]
    public async Task File_ThatIsNoImage_ShowsWhy()
    {
        await using var ada = await fixture.RegisterAsync("Ada");

        await ada.ChooseAsync(SampleFiles.HtmlNamedAsPicture());

        await Assertions.Expect(ada.Page.Locator("direct-upload li.bad")).ToContainTextAsync("harmless.png");
        await Assertions.Expect(ada.Files).ToHaveCountAsync(0);
        await ada.SaveAndExpectNoticeAsync();
    }

    [Fact]
    public async Task Content_OfAnotherUser_IsNotFound()
    {
        await using var ada = await fixture.RegisterAsync("Ada");
        var id = await ada.CreateUploadAsync("avatar", "ready");
        await using var mallory = await fixture.RegisterAsync("Mallory");

        const string GetStatus = "(id) => fetch(`/uploads/${id}/content`, { redirect: 'manual' }).then((it) => it.status)";
        var own = await ada.Page.EvaluateAsync<int>(GetStatus, id);
        var foreign = await mallory.Page.EvaluateAsync<int>(GetStatus, id);

        own.Should().Be(0, "it redirects to storage");
        foreign.Should().Be(404);
    }

    [Fact]
    public async Task EnterKey_InAField_Saves()
    {
        await using var ada = await fixture.RegisterAsync("Ada");
        await ada.ChooseAsync(SampleFiles.Picture("kept.png"));
        await WaitForFilesAsync(ada, 1);

        await ada.Page.GetByLabel("Display name").PressAsync("Enter");

        await Assertions.Expect(ada.Page.Locator(".notice")).ToContainTextAsync("is saved");
        (await ada.GetShownFilesAsync()).Should().Equal("kept.png");
    }

    internal static string UniqueName() => $"{Guid.NewGuid():N}.png";

    internal static async Task<IReadOnlyList<string>> WaitForFilesAsync(MvcUser user, int count)
    {
        await Assertions.Expect(user.Files).ToHaveCountAsync(count, new() { Timeout = 30_000 });
        return await user.GetShownFilesAsync();
    }

    /// <summary>Reloads the administrator's table until it shows the status: the worker deletes after the commit.</summary>
    internal static async Task ExpectStatusAsync(MvcUser administrator, string fileName, string status)
    {
        var row = administrator.Page.Locator("tr", new() { HasText = fileName });
        for (var attempt = 1; attempt <= 30; attempt++)
        {
            await administrator.Page.GotoAsync("/admin/uploads");
            if (await row.GetAttributeAsync("data-status") == status)
                return;
            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        }

        await Assertions.Expect(row).ToHaveAttributeAsync("data-status", status);
    }
}

public sealed class MvcProfileOnLocalS3Tests(MvcOnLocalS3 fixture) : MvcProfileTests(fixture), IClassFixture<MvcOnLocalS3>;
