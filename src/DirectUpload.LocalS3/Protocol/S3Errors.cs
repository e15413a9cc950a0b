using System.Globalization;

namespace DirectUpload.LocalS3.Protocol;

/// <summary>Creates the errors that several operations share, with the texts of S3.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html</remarks>
internal static class S3Errors
{
    public static S3Exception AccessDenied(string message = "Access Denied") => new(403, "AccessDenied", message);

    public static S3Exception NoSuchBucket(string bucket) =>
        new S3Exception(404, "NoSuchBucket", "The specified bucket does not exist").WithDetail("BucketName", bucket);

    public static S3Exception NoSuchKey(string key) =>
        new S3Exception(404, "NoSuchKey", "The specified key does not exist.").WithDetail("Key", key);

    public static S3Exception NoSuchVersion(string key, string versionId) =>
        new S3Exception(
            404, "NoSuchVersion", "The specified version does not exist.").WithDetail("Key", key).WithDetail("VersionId", versionId);

    public static S3Exception NoSuchUpload(string uploadId) =>
        new S3Exception(404, "NoSuchUpload", "The specified upload does not exist. The upload ID may be invalid, or the upload may have " +
            "been aborted or completed.").WithDetail("UploadId", uploadId);

    public static S3Exception InvalidArgument(string message, string name, string value) =>
        new S3Exception(400, "InvalidArgument", message).WithDetail("ArgumentName", name).WithDetail("ArgumentValue", value);

    public static S3Exception InvalidRequest(string message) => new(400, "InvalidRequest", message);

    public static S3Exception InvalidUri(string uri) =>
        new S3Exception(400, "InvalidURI", "Couldn't parse the specified URI.").WithDetail("URI", uri);

    public static S3Exception MalformedXml() =>
        new(400, "MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");

    public static S3Exception PreconditionFailed(string condition) =>
        new S3Exception(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold")
            .WithDetail("Condition", condition);

    public static S3Exception ConditionalRequestConflict(string condition, string key) =>
        new S3Exception(409, "ConditionalRequestConflict",
            "The conditional request cannot succeed due to a conflicting operation against this resource.")
            .WithDetail("Condition", condition).WithDetail("Key", key);

    /// <param name="what">The unsupported header, query parameter or feature.</param>
    public static S3Exception NotImplemented(string what) =>
        new S3Exception(501, "NotImplemented", "A header or query you provided implies functionality that is not implemented")
            .WithDetail("Header", what);

    public static S3Exception MethodNotAllowed(string method, string level) =>
        new S3Exception(405, "MethodNotAllowed", "The specified method is not allowed against this resource.")
            .WithDetail("Method", method).WithDetail("ResourceType", level);

    public static S3Exception EntityTooLarge(long proposed, long maximum) =>
        new S3Exception(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size")
            .WithDetail("ProposedSize", Format(proposed)).WithDetail("MaxSizeAllowed", Format(maximum));

    public static S3Exception EntityTooSmall(long proposed, long minimum) =>
        new S3Exception(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size")
            .WithDetail("ProposedSize", Format(proposed)).WithDetail("MinSizeAllowed", Format(minimum));

    public static S3Exception IncompleteBody() =>
        new(400, "IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header");

    public static S3Exception BadDigest(string what, string of = "") =>
        new(400, "BadDigest", $"The {what} you specified{of} did not match what we received.");

    public static S3Exception InvalidToken() =>
        new(400, "InvalidToken", "The provided token is malformed or otherwise invalid.");

    public static S3Exception ExpiredToken() => new(400, "ExpiredToken", "The provided token has expired.");

    public static S3Exception UnknownAccessKey(string accessKey) =>
        new S3Exception(403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.")
            .WithDetail("AWSAccessKeyId", accessKey);

    private static string Format(long value) => value.ToString(CultureInfo.InvariantCulture);
}
