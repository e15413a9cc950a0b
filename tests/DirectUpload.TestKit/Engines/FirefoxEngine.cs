namespace DirectUpload.TestKit;

/// <summary>Finds Firefox: DIRECTUPLOAD_FIREFOX, or Debian's firefox-esr if it is installed.</summary>
public sealed record FirefoxEngine(string Path)
{
    public static FirefoxEngine? Find()
    {
        var path = Engine.GetVariable("DIRECTUPLOAD_FIREFOX") ?? "/usr/bin/firefox-esr";
        return File.Exists(path) ? new FirefoxEngine(path) : null;
    }

    public static FirefoxEngine Require() => Engine.Require(Find(), "Firefox", "DIRECTUPLOAD_FIREFOX");
}
