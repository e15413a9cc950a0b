namespace DirectUpload.TestKit;

/// <summary>
/// Dynalite, a server that answers as DynamoDB does, from memory; conditional writes and indexes behave as AWS's do, a time to live it has not. Found through
/// DIRECTUPLOAD_DYNAMODB, its address; any other server of DynamoDB's protocol will do too.
/// </summary>
public sealed record DynaliteEngine(string Endpoint)
{
    private const string Variable = "DIRECTUPLOAD_DYNAMODB";

    public static DynaliteEngine? Find() => Engine.Variable(Variable) is { } endpoint ? new DynaliteEngine(endpoint) : null;

    public static DynaliteEngine Require() => Engine.Require(Find(), "Dynalite", Variable);
}
