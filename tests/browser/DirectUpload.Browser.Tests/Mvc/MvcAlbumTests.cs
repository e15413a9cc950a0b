using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests.Mvc;

/// <summary>The album form of samples/Mvc: many photos in an order.</summary>
public abstract class MvcAlbumTests(MvcFixture fixture)
{
    private static readonly string[] Names = ["a.png", "b.png", "c.png"];

    [Fact]
    public async Task Photos_Added_KeepTheirOrder()
    {
        await using var ada = await OpenAlbumAsync(Names);

        await ada.SaveAndExpectNoticeAsync();

        (await ada.GetShownFilesAsync()).Should().Equal(Names);
        ada.SentToStorage.Should().HaveCount(3);
        await ada.ChooseAsync(SampleFiles.Picture("d.png"));
        await MvcProfileTests.WaitForFilesAsync(ada, 4);
        await ada.SaveAndExpectNoticeAsync();
        (await ada.GetShownFilesAsync()).Should().Equal("a.png", "b.png", "c.png", "d.png");
        ada.ScriptErrors.Should().BeEmpty();
    }

    [Fact]
    public async Task Photos_Reordered_AreSavedInTheNewOrder()
    {
        await using var ada = await OpenAlbumAsync(Names);
        await ada.SaveAndExpectNoticeAsync();

        await ClickAsync(ada, "c.png", "Earlier");
        (await MvcProfileTests.WaitForFilesAsync(ada, 3)).Should().Equal("a.png", "c.png", "b.png");
        await ClickAsync(ada, "a.png", "Later");
        (await MvcProfileTests.WaitForFilesAsync(ada, 3)).Should().Equal("c.png", "a.png", "b.png");
        await ada.SaveAndExpectNoticeAsync();

        (await ada.GetShownFilesAsync()).Should().Equal("c.png", "a.png", "b.png");
    }

    [Fact]
    public async Task Photo_Removed_IsDeletedAndTheOthersStay()
    {
        var names = new[] { MvcProfileTests.UniqueName(), MvcProfileTests.UniqueName() };
        await using var ada = await OpenAlbumAsync(names);
        await ada.SaveAndExpectNoticeAsync();

        await ClickAsync(ada, names[0], "Remove");
        await Assertions.Expect(ada.Files).ToHaveCountAsync(1);
        await ada.SaveAndExpectNoticeAsync();

        (await ada.GetShownFilesAsync()).Should().Equal(names[1]);
        await using var administrator = await fixture.SignInAsAdministratorAsync();
        await MvcProfileTests.ExpectStatusAsync(administrator, names[0], "Deleted");
        await MvcProfileTests.ExpectStatusAsync(administrator, names[1], "Ready");
    }

    [Fact]
    public async Task Save_TitleMissing_KeepsThePhotos()
    {
        await using var ada = await OpenAlbumAsync(Names);
        await ada.Page.GetByLabel("Title").FillAsync(string.Empty);

        await ada.SaveAsync();

        await Assertions.Expect(ada.Page.Locator(".field-validation-error")).ToContainTextAsync("The Title field is required");
        (await MvcProfileTests.WaitForFilesAsync(ada, 3)).Should().Equal(Names);
    }

    [Fact]
    public async Task Save_PhotoOfAnotherUser_IsAnErrorOfTheForm()
    {
        await using var ada = await OpenAlbumAsync("a.png");
        await ada.SaveAndExpectNoticeAsync();
        await using var mallory = await fixture.RegisterAsync("Mallory");
        var foreign = await mallory.CreateUploadAsync("photo", "ready");

        await ada.AddFieldAsync("PhotoIds", foreign);
        await ada.SaveAsync();

        await Assertions.Expect(ada.Page.Locator("[data-valmsg-for=PhotoIds].field-validation-error")).Not.ToBeEmptyAsync();
        await ada.Page.GotoAsync("/album");
        (await ada.GetShownFilesAsync()).Should().Equal("a.png");
    }

    private async Task<MvcUser> OpenAlbumAsync(params string[] names)
    {
        var user = await fixture.RegisterAsync("Ada");
        await user.Page.GotoAsync("/album");
        await user.Page.GetByLabel("Title").FillAsync("Summer");
        await user.ChooseAsync([.. names.Select(name => SampleFiles.Picture(name))]);
        await MvcProfileTests.WaitForFilesAsync(user, names.Length);
        return user;
    }

    private static Task ClickAsync(MvcUser user, string fileName, string button) => user.Files
        .Filter(new() { HasText = fileName }).GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
}

public sealed class MvcAlbumOnLocalS3Tests(MvcOnLocalS3 fixture) : MvcAlbumTests(fixture), IClassFixture<MvcOnLocalS3>;

public sealed class MvcAlbumOnRgwTests(MvcOnRgw fixture) : MvcAlbumTests(fixture), IClassFixture<MvcOnRgw>;
