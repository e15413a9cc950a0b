namespace DirectUpload.S3Conformance.Servers;

/// <summary>What a server is known to do instead of what AWS does, in the words of the case, and why it is so.</summary>
public sealed record Deviation(string Observed, string Reason)
{
    /// <summary>The outcome of a race: what AWS does is allowed too, because the deviation can't be made to occur each time.</summary>
    public bool OnlySometimes { get; init; }
}
