namespace DirectUpload.LocalS3.Signing;

/// <summary>Represents the signature of a request, from the Authorization header or from the query.</summary>
/// <param name="Scope">The access key, day, region and service.</param>
/// <param name="AmzDate">The signing time in the format of the string to sign.</param>
/// <param name="SignedHeaders">The names of the signed headers.</param>
/// <param name="Signature">The signature in hexadecimal.</param>
/// <param name="Payload">The signed value for the body.</param>
internal sealed record RequestSignature(
    CredentialScope Scope, string AmzDate, IReadOnlyList<string> SignedHeaders, string Signature, PayloadHash Payload)
{
    public override string ToString() => "(signature)";
}
