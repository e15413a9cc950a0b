namespace DirectUpload.TestKit;

/// <summary>Finds the servers from npm that samples/Worker starts; DIRECTUPLOAD_WORKER_NODE names their folder.</summary>
/// <param name="Folder">The folder with start.js and its installed packages.</param>
public sealed record WorkerNodeEngine(string Folder)
{
    private const string Variable = "DIRECTUPLOAD_WORKER_NODE";

    public static WorkerNodeEngine? Find() =>
        Engine.GetVariable(Variable) is { } folder && Directory.Exists(folder) ? new WorkerNodeEngine(folder) : null;

    public static WorkerNodeEngine Require() => Engine.Require(Find(), "the npm servers of samples/Worker", Variable);
}
