using DirectUpload.TestKit;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests.Element;

/// <summary>Tests that axe-core finds nothing in any state of the element, at any width, in both color schemes and directions.</summary>
public sealed class ElementAccessibilityTests(LocalS3Fixture server) : ElementTestBase(server)
{
    public static TheoryData<int, string> Views => new MatrixTheoryData<int, string>(
        [320, 390, 1280], ["?scheme=light", "?scheme=dark", "?scheme=light&dir=rtl"]);

    public override async ValueTask InitializeAsync()
    {
        var axe = AxeEngine.Require();
        await base.InitializeAsync();
        await Page.Context.AddInitScriptAsync(scriptPath: axe.Script);
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task BeforeAnUpload_AxeFindsNothing(int width, string query)
    {
        await OpenAsync(Control(""), query);
        await CheckAsync(width, "idle");
        await OpenAsync(Control("multiple accept='image/*,.pdf' max-size='5000000' max-files='3'"), query);
        await CheckAsync(width, "hint");
        await ChooseAsync(File("song.mp3", type: "audio/mpeg"));
        await CheckAsync(width, "refused");
        await OpenAsync(Control("required"), query);
        await Element.EvaluateAsync("element => element.reportValidity()");
        await CheckAsync(width, "required");
        await OpenAsync(Control("value='first' disabled"), query);
        await CheckAsync(width, "disabled");
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task DuringAnUpload_AxeFindsNothing(int width, string query)
    {
        await OpenAsync(Control("multiple"), query);
        using (Host.Storage.HoldParts(0))
        {
            await ChooseAsync(File("notes.txt"));
            await UntilAsync(() => Task.FromResult(Host.Storage.WaitingRequests > 0));
            await CheckAsync(width, "uploading");
            await Page.GetByRole(AriaRole.Button, new() { Name = "Pause notes.txt" }).ClickAsync();
            await CheckAsync(width, "paused");
            await Page.GetByRole(AriaRole.Button, new() { Name = "Resume notes.txt" }).ClickAsync();
            Host.Storage.Disconnect();
            await Rows.Filter(new() { HasText = "Trying again" }).WaitForAsync();
            await CheckAsync(width, "retrying");
        }

        // The next attempt comes by itself.
        Host.Storage.Reconnect();
        await ReadyAsync();
        await CheckAsync(width, "ready");
        await ChooseAsync([.. Enumerable.Range(0, 7).Select(number => File($"{number}.txt"))]);
        await ReadyAsync(8);
        await CheckAsync(width, "several");
        await OpenAsync(Control("profile='picture'"), query);
        await ChooseAsync(File("notes.txt"));
        await Rows.Filter(new() { HasText = "not accepted" }).WaitForAsync();
        await CheckAsync(width, "failed");
    }

    private static string Control(string attributes) =>
        $"""<label for="file">File</label><direct-upload id="file" name="Id" {attributes} profile="any"></direct-upload>""";

    private async Task CheckAsync(int width, string state)
    {
        await Page.SetViewportSizeAsync(width, 700);
        // Colors change by a transition.
        await Page.WaitForTimeoutAsync(200);
        var violations = await Page.EvaluateAsync<string[]>("""
            async () => (await axe.run({ rules: { 'target-size': { enabled: true } } })).violations
              .map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => html + failureSummary)}`)
            """);
        violations.Should().BeEmpty("the state is {0}", state);
        (await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"))
            .Should().BeFalse("{0} fits into {1} px", state, width);
    }
}
