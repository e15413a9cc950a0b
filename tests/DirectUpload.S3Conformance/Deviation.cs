namespace DirectUpload.S3Conformance;

/// <summary>What a server is known to do instead of what AWS does, in the words of the case, and why it is so.</summary>
public sealed record Deviation(string Observed, string Reason);
