using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Signing;

/// <summary>Creates S3's signature errors, with the details that help a developer find the difference.</summary>
internal static class SignatureErrors
{
    public static S3Exception SignatureDoesNotMatch(RequestSignature claim, string stringToSign, string canonicalRequest) =>
        new S3Exception(403, "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided. Check your key and signing method.")
            .WithDetail("AWSAccessKeyId", claim.Scope.AccessKey)
            .WithDetail("StringToSign", stringToSign)
            .WithDetail("SignatureProvided", claim.Signature)
            .WithDetail("CanonicalRequest", canonicalRequest);

    public static S3Exception HeadersNotSigned(IEnumerable<string> names) =>
        S3Errors.AccessDenied("There were headers present in the request which were not signed")
            .WithDetail("HeadersNotSigned", string.Join(", ", names));

    public static S3Exception MalformedHeader(string reason) =>
        new(400, "AuthorizationHeaderMalformed", $"The authorization header is malformed; {reason}");

    public static S3Exception MalformedQuery(string reason) => new(400, "AuthorizationQueryParametersError", reason);

    public static S3Exception UnsupportedMechanism() =>
        S3Errors.InvalidRequest("The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");
}
