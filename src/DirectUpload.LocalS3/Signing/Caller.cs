namespace DirectUpload.LocalS3.Signing;

/// <summary>Who sent a request, and how its body is vouched for.</summary>
/// <param name="IsAnonymous">The request carried no signature at all.</param>
/// <param name="Payload">What the signature says about the body.</param>
/// <param name="Chunks">Verifies the chunks of a body that is signed piece by piece.</param>
internal sealed record Caller(bool IsAnonymous, PayloadHash Payload, ChunkSignatures? Chunks = null)
{
    public static readonly Caller Anonymous = new(true, PayloadHash.Unsigned);

    /// <summary>The holder of a POST policy: the form, not the request, was signed.</summary>
    public static readonly Caller PolicyHolder = new(false, PayloadHash.Unsigned);
}
