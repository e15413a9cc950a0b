using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests.Mvc;

/// <summary>Files that wait too long in a form of samples/Mvc: the application deletes what is not attached in time.</summary>
public sealed class MvcExpiryTests(MvcWithShortRetention fixture) : IClassFixture<MvcWithShortRetention>
{
    [Fact]
    public async Task Avatar_SavedTooLate_IsAnErrorOfTheForm()
    {
        var name = MvcProfileTests.UniqueName();
        await using var ada = await fixture.RegisterAsync("Ada");
        await ada.ChooseAsync(SampleFiles.Picture(name));
        await MvcProfileTests.WaitForFilesAsync(ada, 1);
        await using var administrator = await fixture.SignInAsAdministratorAsync();
        await MvcProfileTests.ExpectStatusAsync(administrator, name, "Deleted");

        await ada.SaveAsync();

        await Assertions.Expect(ada.Page.Locator("[data-valmsg-for=AvatarId].field-validation-error")).Not.ToBeEmptyAsync();
        await Assertions.Expect(ada.Files).ToHaveCountAsync(0);
        await ada.ChooseAsync(SampleFiles.Picture());
        await MvcProfileTests.WaitForFilesAsync(ada, 1);
        await ada.SaveAndExpectNoticeAsync();
    }

    [Fact]
    public async Task Photo_SavedInTime_OutlivesTheRetention()
    {
        var name = MvcProfileTests.UniqueName();
        await using var ada = await fixture.RegisterAsync("Ada");
        await ada.Page.GotoAsync("/album");
        await ada.Page.GetByLabel("Title").FillAsync("Summer");
        await ada.ChooseAsync(SampleFiles.Picture(name));
        await MvcProfileTests.WaitForFilesAsync(ada, 1);
        await ada.SaveAndExpectNoticeAsync();
        var later = await ada.CreateUploadAsync("photo", "ready");
        await using var administrator = await fixture.SignInAsAdministratorAsync();

        // An upload that was requested later and not attached is gone by then.
        await MvcProfileTests.ExpectStatusAsync(administrator, "made.png", "Deleted");

        later.Should().NotBeEmpty();
        await MvcProfileTests.ExpectStatusAsync(administrator, name, "Ready");
    }
}

/// <summary>samples/Mvc with profiles that keep what is not attached for seconds.</summary>
public sealed class MvcWithShortRetention : MvcOnLocalS3
{
    protected override async Task<(string Endpoint, Dictionary<string, string> Settings)?> FindStorageAsync()
    {
        var storage = await base.FindStorageAsync();
        foreach (var profile in new[] { "avatar", "photo" })
            storage!.Value.Settings[$"DirectUploads__Profiles__{profile}__UnattachedRetention"] = "00:00:06";
        return storage;
    }
}
