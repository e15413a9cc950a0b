namespace DirectUpload.TestKit;

/// <summary>
/// fauxqs, a server that answers as SQS does, from memory: visibility, long polls, receive counts and dead-letter queues behave as AWS's do. Found through
/// DIRECTUPLOAD_SQS, its address; any other server of SQS's protocol will do too.
/// </summary>
public sealed record SqsEngine(string Endpoint)
{
    private const string Variable = "DIRECTUPLOAD_SQS";

    public static SqsEngine? Find() => Engine.Variable(Variable) is { } endpoint ? new SqsEngine(endpoint) : null;

    public static SqsEngine Require() => Engine.Require(Find(), "fauxqs", Variable);
}
