namespace DirectUpload.TestKit;

/// <summary>Finds Dynalite, an in-memory server that implements the protocol of Amazon DynamoDB.</summary>
/// <remarks>
/// Conditional writes and indexes behave like those of AWS; it has no time to live. DIRECTUPLOAD_DYNAMODB is its address; any other server
/// of DynamoDB's protocol works too.
/// </remarks>
public sealed record DynaliteEngine(string Endpoint)
{
    private const string EndpointVariable = "DIRECTUPLOAD_DYNAMODB";

    public static DynaliteEngine? Find() => Engine.GetVariable(EndpointVariable) is { } endpoint ? new DynaliteEngine(endpoint) : null;

    public static DynaliteEngine Require() => Engine.Require(Find(), "Dynalite", EndpointVariable);
}
