namespace DirectUpload.LocalS3.Signing;

/// <summary>Represents the caller of a request and the signature of its body.</summary>
/// <param name="IsAnonymous">True if the request carries no signature.</param>
/// <param name="Payload">The signed value for the body.</param>
/// <param name="Chunks">Verifies the chunks of a body whose chunks are signed separately.</param>
internal sealed record Caller(bool IsAnonymous, PayloadHash Payload, ChunkSignatures? Chunks = null)
{
    public static readonly Caller Anonymous = new(true, PayloadHash.Unsigned);

    /// <summary>The holder of a POST policy, who signed the form instead of the request.</summary>
    public static readonly Caller PolicyHolder = new(false, PayloadHash.Unsigned);
}
