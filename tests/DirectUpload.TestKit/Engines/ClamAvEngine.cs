namespace DirectUpload.TestKit;

/// <summary>Finds a real virus scanner: DIRECTUPLOAD_CLAMD, or Debian's clamd if it is installed.</summary>
public sealed record ClamAvEngine(string Path)
{
    public static ClamAvEngine? Find()
    {
        var path = Engine.GetVariable("DIRECTUPLOAD_CLAMD") ?? "/usr/sbin/clamd";
        return File.Exists(path) ? new ClamAvEngine(path) : null;
    }

    public static ClamAvEngine Require() => Engine.Require(Find(), "ClamAV", "DIRECTUPLOAD_CLAMD");
}
