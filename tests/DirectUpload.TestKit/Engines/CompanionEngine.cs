namespace DirectUpload.TestKit;

/// <summary>Finds Uppy Companion, Uppy's server; DIRECTUPLOAD_COMPANION names the script that starts it.</summary>
public sealed record CompanionEngine(string Script)
{
    public static CompanionEngine? Find() =>
        Engine.GetVariable("DIRECTUPLOAD_COMPANION") is { } script && File.Exists(script) ? new CompanionEngine(script) : null;

    public static CompanionEngine Require() => Engine.Require(Find(), "Companion", "DIRECTUPLOAD_COMPANION");
}
