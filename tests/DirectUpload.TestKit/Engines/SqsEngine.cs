namespace DirectUpload.TestKit;

/// <summary>Finds fauxqs, an in-memory server that implements the protocol of Amazon SQS.</summary>
/// <remarks>
/// Its visibility timeouts, long polls, receive counts and dead-letter queues behave like those of AWS. DIRECTUPLOAD_SQS is its address;
/// any other server of SQS's protocol works too.
/// </remarks>
public sealed record SqsEngine(string Endpoint)
{
    private const string EndpointVariable = "DIRECTUPLOAD_SQS";

    public static SqsEngine? Find() => Engine.GetVariable(EndpointVariable) is { } endpoint ? new SqsEngine(endpoint) : null;

    public static SqsEngine Require() => Engine.Require(Find(), "fauxqs", EndpointVariable);
}
