namespace DirectUpload.TestKit;

/// <summary>Finds Uppy as one script; DIRECTUPLOAD_UPPY5 and DIRECTUPLOAD_UPPY6 name the files.</summary>
public sealed record UppyEngine(string Script)
{
    public static UppyEngine? Find(int version) =>
        Engine.GetVariable($"DIRECTUPLOAD_UPPY{version}") is { } script && File.Exists(script) ? new UppyEngine(script) : null;

    public static UppyEngine Require(int version) => Engine.Require(Find(version), $"Uppy {version}", $"DIRECTUPLOAD_UPPY{version}");
}
