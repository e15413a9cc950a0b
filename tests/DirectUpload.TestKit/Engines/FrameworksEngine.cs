namespace DirectUpload.TestKit;

/// <summary>Finds the built pages of samples/Frameworks; DIRECTUPLOAD_FRAMEWORKS names their folder.</summary>
public sealed record FrameworksEngine(string Pages)
{
    public static FrameworksEngine? Find() =>
        Engine.GetVariable("DIRECTUPLOAD_FRAMEWORKS") is { } pages && Directory.Exists(pages) ? new FrameworksEngine(pages) : null;

    public static FrameworksEngine Require() => Engine.Require(Find(), "the pages of samples/Frameworks", "DIRECTUPLOAD_FRAMEWORKS");
}
