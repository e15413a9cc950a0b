namespace DirectUpload.LocalS3.Signing;

/// <summary>What a request says about its own signature, whether in the Authorization header or in the query.</summary>
/// <param name="Scope">Whose key, for which day, region and service.</param>
/// <param name="AmzDate">The time of signing, as it stands in the string to sign.</param>
/// <param name="SignedHeaders">The headers that were signed.</param>
/// <param name="Signature">Hexadecimal.</param>
/// <param name="Payload">What was signed of the body.</param>
internal sealed record SignatureClaim(
    CredentialScope Scope, string AmzDate, IReadOnlyList<string> SignedHeaders, string Signature, PayloadHash Payload)
{
    public override string ToString() => "(signature)";
}
