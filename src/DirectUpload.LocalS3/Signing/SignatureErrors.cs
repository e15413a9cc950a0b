using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Signing;

/// <summary>Refusals of signatures, with what S3 tells the developer to find the difference.</summary>
internal static class SignatureErrors
{
    public static S3Exception DoesNotMatch(SignatureClaim claim, string stringToSign, string canonicalRequest) =>
        new S3Exception(403, "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided. Check your key and signing method.")
            .With("AWSAccessKeyId", claim.Scope.AccessKey)
            .With("StringToSign", stringToSign)
            .With("SignatureProvided", claim.Signature)
            .With("CanonicalRequest", canonicalRequest);

    public static S3Exception HeadersNotSigned(IEnumerable<string> names) =>
        S3Errors.AccessDenied("There were headers present in the request which were not signed")
            .With("HeadersNotSigned", string.Join(", ", names));

    public static S3Exception MalformedHeader(string reason) =>
        new(400, "AuthorizationHeaderMalformed", $"The authorization header is malformed; {reason}");

    public static S3Exception MalformedQuery(string reason) => new(400, "AuthorizationQueryParametersError", reason);

    public static S3Exception UnsupportedMechanism() =>
        S3Errors.InvalidRequest("The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");
}
