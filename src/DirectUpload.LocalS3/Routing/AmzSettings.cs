using DirectUpload.LocalS3.Checksums;
using DirectUpload.LocalS3.Forms;
using DirectUpload.LocalS3.Multipart;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Routing;

/// <summary>Refuses each <c>x-amz-*</c> setting of S3 that an operation does not honor, so that none is silently ignored.</summary>
/// <remarks>
/// This is the only list of settings. S3 ignores names that it does not know, and so does LocalS3.
/// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/RESTCommonRequestHeaders.html and the pages of the operations.
/// </remarks>
internal static class AmzSettings
{
    private const string MetadataPrefix = "x-amz-meta-";
    private const string ChecksumPrefix = "x-amz-checksum-";

    /// <summary>Settings that sign, frame or describe any request, or that are checked for every request.</summary>
    private static readonly HashSet<string> OfEveryRequest = new(StringComparer.OrdinalIgnoreCase)
    {
        "x-amz-algorithm", "x-amz-content-sha256", "x-amz-credential", "x-amz-date", "x-amz-decoded-content-length",
        "x-amz-expected-bucket-owner", "x-amz-expires", "x-amz-request-payer", "x-amz-sdk-checksum-algorithm", "x-amz-security-token",
        "x-amz-signature", "x-amz-signedheaders", "x-amz-te", "x-amz-trailer", "x-amz-user-agent",
    };

    private static readonly string[] OfObjects =
        ["x-amz-acl", "x-amz-server-side-encryption", "x-amz-storage-class", "x-amz-tagging", MetadataPrefix];

    private static readonly string[] OfChecksums = [.. ChecksumAlgorithm.All.Select(algorithm => algorithm.HeaderName)];

    private static readonly string[] OfCopySources =
    [
        "x-amz-copy-source", "x-amz-copy-source-if-match", "x-amz-copy-source-if-modified-since", "x-amz-copy-source-if-none-match",
        "x-amz-copy-source-if-unmodified-since", "x-amz-source-expected-bucket-owner",
    ];

    private static readonly Dictionary<S3Operation, string[]> ByOperation = new()
    {
        [PutObject.HandleAsync] = [.. OfObjects, .. OfChecksums],
        [PostObject.HandleAsync] = [.. OfObjects, .. OfChecksums, "x-amz-checksum-algorithm"],
        [CopyObject.HandleAsync] =
            [.. OfObjects, .. OfCopySources, "x-amz-checksum-algorithm", "x-amz-metadata-directive", "x-amz-tagging-directive"],
        [GetObject.HandleAsync] = ["x-amz-checksum-mode"],
        [GetObjectAttributes.HandleAsync] = ["x-amz-object-attributes"],
        [DeleteObjects.DeleteOneAsync] = ["x-amz-bypass-governance-retention", "x-amz-mfa"],
        [DeleteObjects.DeleteManyAsync] = [.. OfChecksums, "x-amz-bypass-governance-retention", "x-amz-mfa"],
        [CreateMultipartUpload.HandleAsync] = [.. OfObjects, "x-amz-checksum-algorithm", "x-amz-checksum-type"],
        [UploadPart.HandleAsync] = OfChecksums,
        [UploadPartCopy.HandleAsync] = [.. OfCopySources, "x-amz-copy-source-range"],
        [CompleteMultipartUpload.HandleAsync] = [.. OfChecksums, "x-amz-checksum-type", "x-amz-mp-object-size"],
        [ObjectTagging.PutAsync] = OfChecksums,
        [ObjectAcl.PutAsync] = [.. OfChecksums, "x-amz-acl"],
        [BucketOperations.CreateAsync] = [.. OfChecksums, "x-amz-acl", "x-amz-bucket-object-lock-enabled"],
        [BucketCors.PutAsync] = OfChecksums,
        [BucketLifecycle.PutAsync] = OfChecksums,
        [BucketVersioning.PutAsync] = [.. OfChecksums, "x-amz-mfa"],
        [BucketNotifications.PutAsync] = [.. OfChecksums, "x-amz-skip-destination-validation"],
    };

    /// <summary>All settings of S3 besides those of every request, the metadata and the checksums.</summary>
    private static readonly HashSet<string> Known = new(ByOperation.Values.SelectMany(names => names), StringComparer.OrdinalIgnoreCase)
    {
        "x-amz-bucket-object-lock-token", "x-amz-bucket-region", "x-amz-client-token", "x-amz-confirm-remove-self-bucket-access",
        "x-amz-copy-source-server-side-encryption-customer-algorithm", "x-amz-copy-source-server-side-encryption-customer-key",
        "x-amz-copy-source-server-side-encryption-customer-key-md5", "x-amz-create-session-mode", "x-amz-grant-full-control",
        "x-amz-grant-read", "x-amz-grant-read-acp", "x-amz-grant-write", "x-amz-grant-write-acp", "x-amz-if-match-initiated-time",
        "x-amz-if-match-last-modified-time", "x-amz-if-match-size", "x-amz-max-parts", "x-amz-object-lock-legal-hold",
        "x-amz-object-lock-mode", "x-amz-object-lock-retain-until-date", "x-amz-object-ownership", "x-amz-optional-object-attributes",
        "x-amz-part-number-marker", "x-amz-rename-source", "x-amz-rename-source-if-match", "x-amz-rename-source-if-modified-since",
        "x-amz-rename-source-if-none-match", "x-amz-rename-source-if-unmodified-since", "x-amz-server-side-encryption-aws-kms-key-id",
        "x-amz-server-side-encryption-bucket-key-enabled", "x-amz-server-side-encryption-context",
        "x-amz-server-side-encryption-customer-algorithm", "x-amz-server-side-encryption-customer-key",
        "x-amz-server-side-encryption-customer-key-md5", "x-amz-transition-default-minimum-object-size",
        "x-amz-website-redirect-location", "x-amz-write-offset-bytes",
    };

    /// <summary>Checks the headers of a request and, if it is presigned, the settings in its query.</summary>
    public static void Check(S3Request request, S3Operation operation)
    {
        Check(request.Headers.Keys, operation);
        if (request.IsPresigned)
        {
            // S3 ignores checksums in a query, which SDKs put there when they presign.
            Check(request.Query.Names.Where(name => !name.StartsWith(ChecksumPrefix, StringComparison.OrdinalIgnoreCase)
                || name.Equals("x-amz-checksum-algorithm", StringComparison.OrdinalIgnoreCase)
                || name.Equals("x-amz-checksum-type", StringComparison.OrdinalIgnoreCase)), operation);
        }
    }

    /// <summary>Checks the names of headers or of form fields.</summary>
    public static void Check(IEnumerable<string> names, S3Operation operation)
    {
        var honored = ByOperation.GetValueOrDefault(operation) ?? [];
        foreach (var name in names.Where(IsKnown).Where(name => !Honors(honored, name)))
            throw IsUnknownChecksum(name)
                ? S3Errors.InvalidRequest("The algorithm type you specified in x-amz-checksum- header is invalid.")
                : S3Errors.NotImplemented(name.ToLowerInvariant());
    }

    private static bool IsKnown(string name) => !OfEveryRequest.Contains(name)
        && (Known.Contains(name) || name.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase)
            || name.StartsWith(ChecksumPrefix, StringComparison.OrdinalIgnoreCase));

    private static bool Honors(string[] honored, string name) => honored.Contains(name, StringComparer.OrdinalIgnoreCase)
        || (name.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase) && honored.Contains(MetadataPrefix));

    private static bool IsUnknownChecksum(string name) =>
        name.StartsWith(ChecksumPrefix, StringComparison.OrdinalIgnoreCase) && !Known.Contains(name);
}
