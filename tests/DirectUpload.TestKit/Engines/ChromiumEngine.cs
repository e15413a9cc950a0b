namespace DirectUpload.TestKit;

/// <summary>Finds a real browser: DIRECTUPLOAD_CHROMIUM, or Debian's chromium if it is installed.</summary>
public sealed record ChromiumEngine(string Path)
{
    /// <summary>Arguments that let Chromium start in a container and keep it from the network.</summary>
    public static IReadOnlyList<string> Arguments { get; } =
        ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"];

    public static ChromiumEngine? Find()
    {
        var path = Engine.GetVariable("DIRECTUPLOAD_CHROMIUM") ?? "/usr/bin/chromium";
        return File.Exists(path) ? new ChromiumEngine(path) : null;
    }

    public static ChromiumEngine Require() => Engine.Require(Find(), "Chromium", "DIRECTUPLOAD_CHROMIUM");

    /// <summary>
    /// Finds Chromium without its windows (DIRECTUPLOAD_HEADLESS_SHELL, or Debian's chromium-headless-shell), which needs a third of the
    /// processor time for a page; Chromium itself where that is not installed.
    /// </summary>
    public static ChromiumEngine RequireForPages()
    {
        var path = Engine.GetVariable("DIRECTUPLOAD_HEADLESS_SHELL") ?? "/usr/bin/chromium-headless-shell";
        return File.Exists(path) ? new ChromiumEngine(path) : Require();
    }
}
