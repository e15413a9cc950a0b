namespace DirectUpload.TestKit;

/// <summary>A real browser: DIRECTUPLOAD_CHROMIUM, or Debian's chromium where it is installed.</summary>
public sealed record ChromiumEngine(string Path)
{
    /// <summary>What makes Chromium start in a container, and keeps it from the network.</summary>
    public static IReadOnlyList<string> Arguments { get; } =
        ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"];

    public static ChromiumEngine? Find()
    {
        var path = Engine.Variable("DIRECTUPLOAD_CHROMIUM") ?? "/usr/bin/chromium";
        return File.Exists(path) ? new ChromiumEngine(path) : null;
    }

    public static ChromiumEngine Require() => Engine.Require(Find(), "Chromium", "DIRECTUPLOAD_CHROMIUM");
}
