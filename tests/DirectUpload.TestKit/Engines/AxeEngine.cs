namespace DirectUpload.TestKit;

/// <summary>Finds axe-core, which checks the accessibility of a page, as one script; DIRECTUPLOAD_AXE names the file.</summary>
public sealed record AxeEngine(string Script)
{
    private const string Variable = "DIRECTUPLOAD_AXE";

    public static AxeEngine? Find() => Engine.GetVariable(Variable) is { } script && File.Exists(script) ? new AxeEngine(script) : null;

    public static AxeEngine Require() => Engine.Require(Find(), "axe-core", Variable);
}
