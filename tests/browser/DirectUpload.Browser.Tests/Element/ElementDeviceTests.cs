using DirectUpload.TestKit;

namespace DirectUpload.Browser.Tests.Element;

/// <summary>Tests drops and pastes that the browser itself makes, from the disk and from its clipboard.</summary>
public sealed class ElementDeviceTests(LocalS3Fixture server) : ElementTestBase(server)
{
    [Fact]
    public async Task FolderDroppedByTheBrowser_IsUploadedWithItsPaths()
    {
        var folder = Directory.CreateTempSubdirectory();
        var album = folder.CreateSubdirectory("album");
        album.CreateSubdirectory("2026");
        foreach (var name in new[] { "cover.txt", "2026/first.txt", ".DS_Store" })
            await System.IO.File.WriteAllTextAsync(Path.Combine(album.FullName, name), name, TestContext.Current.CancellationToken);
        await OpenAsync("""<direct-upload profile="any" multiple></direct-upload>""");

        await DropAsync(album.FullName);

        await ReadyAsync(2);
        (await Host.RecordsAsync()).Select(record => record.Metadata["relativePath"])
            .Should().BeEquivalentTo("album/cover.txt", "album/2026/first.txt");
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task PictureInTheClipboard_IsUploadedByControlV()
    {
        await OpenAsync("""<direct-upload profile="any"></direct-upload>""");
        await Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"], new() { Origin = Host.Address });
        await Page.EvaluateAsync("""
            async () => {
              const canvas = new OffscreenCanvas(8, 8);
              canvas.getContext('2d').fillRect(0, 0, 4, 4);
              const picture = await canvas.convertToBlob({ type: 'image/png' });
              await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
            }
            """);

        await Page.Locator("direct-upload .chooser").FocusAsync();
        await Page.Keyboard.PressAsync("Control+V");

        await ReadyAsync();
        (await Host.RecordsAsync()).Single().ContentType.Should().Be("image/png");
    }

    private async Task DropAsync(string path)
    {
        var chooser = (await Page.Locator("direct-upload .chooser").BoundingBoxAsync())!;
        var session = await Page.Context.NewCDPSessionAsync(Page);
        foreach (var type in new[] { "dragEnter", "dragOver", "drop" })
        {
            await session.SendAsync("Input.dispatchDragEvent", new Dictionary<string, object>
            {
                ["type"] = type,
                ["x"] = chooser.X + (chooser.Width / 2),
                ["y"] = chooser.Y + (chooser.Height / 2),
                ["data"] = new { items = Array.Empty<object>(), files = new[] { path }, dragOperationsMask = 1 },
            });
        }
    }
}
