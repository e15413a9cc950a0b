using DirectUpload.TestKit;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests.Element;

/// <summary>Tests the element as a control of its form: submission, validation, reset and redisplay.</summary>
public sealed class ElementFormTests(LocalS3Fixture server) : ElementTestBase(server)
{
    private const string Single = """<label for="file">File</label><direct-upload id="file" profile="any" name="Id"></direct-upload>""";

    [Fact]
    public async Task ReadyUpload_IsSubmittedByItsId()
    {
        await OpenAsync(Single);
        await ChooseAsync(File("notes.txt"));
        await ReadyAsync();

        await SaveAsync();

        await UntilAsync(() => Task.FromResult(Host.Posts.Count == 1));
        var record = (await Host.RecordsAsync()).Should().ContainSingle().Subject;
        (record.Status, record.FileName, record.Size).Should().Be((UploadStatus.Ready, "notes.txt", 1000L));
        Host.Posts.Single().Should().ContainKey("Id").WhoseValue.Should().Equal(record.Id.ToString());
    }

    [Fact]
    public async Task SeveralUploads_AreSubmittedInTheirOrder()
    {
        await OpenAsync("""<direct-upload profile="any" name="Id" multiple></direct-upload>""");
        await ChooseAsync(File("a.txt"), File("b.txt"), File("c.txt"));
        await ReadyAsync(3);

        await SaveAsync();

        await UntilAsync(() => Task.FromResult(Host.Posts.Count == 1));
        var names = (await Host.RecordsAsync()).ToDictionary(record => record.Id.ToString(), record => record.FileName);
        Host.Posts.Single()["Id"].Select(id => names[id]).Should().Equal("a.txt", "b.txt", "c.txt");
    }

    [Fact]
    public async Task Required_WithoutUpload_IsNotSubmitted()
    {
        await OpenAsync("""<direct-upload profile="any" name="Id" required></direct-upload>""");

        await SaveAsync();

        Host.Posts.Should().BeEmpty();
        (await Page.Locator("direct-upload .error").TextContentAsync()).Should().Be("Choose a file.");
        (await Element.EvaluateAsync<bool>("element => element.matches(':focus')")).Should().BeTrue();

        await ChooseAsync(File("notes.txt"));
        await ReadyAsync();
        (await Element.EvaluateAsync<bool>("element => element.checkValidity()")).Should().BeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("document.forms[0].noValidate = true")]
    public async Task BlockSubmit_WhileUploading_BlocksTheForm(string setup)
    {
        await OpenAsync("""<direct-upload profile="any" name="Id" block-submit></direct-upload>""");
        await Page.EvaluateAsync(setup);
        using (Host.Storage.HoldParts(0))
        {
            await ChooseAsync(File("notes.txt"));
            await Rows.First.WaitForAsync();

            await SaveAsync();

            (await Element.EvaluateAsync<string>("element => element.validationMessage")).Should().Be("Wait until the uploads finish.");
            Host.Posts.Should().BeEmpty();
        }

        await ReadyAsync();
        await SaveAsync();
        await UntilAsync(() => Task.FromResult(Host.Posts.Count == 1));
    }

    [Fact]
    public async Task Reset_AbortsNewUploadsAndRestoresTheFirst()
    {
        await OpenAsync("""<direct-upload profile="any" name="Id" multiple><data value="first">first.txt</data></direct-upload>""");
        using var held = Host.Storage.HoldParts(0);
        await ChooseAsync(File("notes.txt"));
        await UntilAsync(async () => (await Host.RecordsAsync()).Count == 1);
        await Rows.First.GetByRole(AriaRole.Button).Last.ClickAsync();
        (await ValueAsync()).Should().BeEmpty();

        await Page.EvaluateAsync("document.forms[0].reset()");

        (await ValueAsync()).Should().Be("first");
        (await Rows.CountAsync()).Should().Be(1);
        await UntilAsync(async () => (await Host.RecordsAsync()).Single().Status == UploadStatus.Aborted);
    }

    [Fact]
    public async Task Reset_AfterAReadyUpload_DoesNotDeleteIt()
    {
        await OpenAsync("""<direct-upload profile="any" name="Id" multiple></direct-upload>""");
        await ChooseAsync(File("notes.txt"));
        await ReadyAsync();

        await Page.EvaluateAsync("document.forms[0].reset()");

        (await Rows.CountAsync()).Should().Be(0);
        await Task.Delay(1000, TestContext.Current.CancellationToken);
        (await Host.RecordsAsync()).Single().Status.Should().Be(UploadStatus.Ready, "a script may have saved its id");
    }

    [Fact]
    public async Task Redisplay_KeepsTheUploadAndShowsItsName()
    {
        Host.Redisplay = ids => $"""<direct-upload profile="any" name="Id" value="{ids.Single()}"></direct-upload>""";
        await OpenAsync(Single);
        await ChooseAsync(File("notes.txt"));
        await ReadyAsync();
        var id = await ValueAsync();
        await SaveAsync();
        await Rows.Filter(new() { HasText = "notes.txt" }).WaitForAsync();
        (await ValueAsync()).Should().Be(id);

        await SaveAsync();

        await UntilAsync(() => Task.FromResult(Host.Posts.Count == 2));
        Host.Posts.Should().OnlyContain(post => post["Id"].Single() == id);
    }

    [Fact]
    public async Task Back_KeepsTheUpload()
    {
        await OpenAsync(Single);
        await ChooseAsync(File("notes.txt"));
        await ReadyAsync();
        var id = await ValueAsync();
        await Page.GotoAsync($"{Host.Address}/?elsewhere");

        await Page.GoBackAsync();

        await Rows.Filter(new() { HasText = "notes.txt" }).WaitForAsync();
        (await ValueAsync()).Should().Be(id);
    }

    [Fact]
    public async Task DisabledFieldset_SubmitsNothing()
    {
        await OpenAsync("""<fieldset disabled><direct-upload profile="any" name="Id" value="first"></direct-upload></fieldset>""");

        await SaveAsync();

        await UntilAsync(() => Task.FromResult(Host.Posts.Count == 1));
        Host.Posts.Single().Should().NotContainKey("Id");
        (await Page.Locator("direct-upload .chooser").IsDisabledAsync()).Should().BeTrue();
    }

    [Fact]
    public async Task Fallback_IsAnInputWithoutScriptOnly()
    {
        const string form = """<direct-upload profile="any" name="Id"><input type="file" name="Id" aria-label="File"></direct-upload>""";
        await OpenAsync(form);
        (await Page.GetByLabel("File", new() { Exact = true }).IsVisibleAsync()).Should().BeFalse();
        await SaveAsync();
        await UntilAsync(() => Task.FromResult(Host.Posts.Count == 1));
        Host.Posts.Single().Should().NotContainKey("Id");

        var plain = await NewPageAsync(new() { JavaScriptEnabled = false });
        await plain.GotoAsync(Host.Address);

        (await plain.GetByLabel("File").IsVisibleAsync()).Should().BeTrue();
        (await plain.GetByLabel("File").IsEnabledAsync()).Should().BeTrue();
    }
}
