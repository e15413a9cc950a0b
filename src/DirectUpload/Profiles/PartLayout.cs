using DirectUpload.Primitives;
using DirectUpload.Stores;

namespace DirectUpload.Profiles;

/// <summary>Decides whether a file is uploaded in parts, and the size of the parts.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html</remarks>
internal static class PartLayout
{
    /// <summary>The minimum size of all parts but the last, in bytes.</summary>
    public const long MinPartSize = S3Limits.MinPartSize;

    public const long MaxPartSize = S3Limits.MaxSinglePutSize;

    /// <summary>The default size of a part, in bytes: 64 parts for a gibibyte, and small enough to send again after a failure.</summary>
    private const long DefaultPartSize = 16L * MiB;

    private const long MiB = 1024 * 1024;

    /// <summary>Creates the layout of the parts.</summary>
    /// <returns>The layout; null when the file is uploaded in a single request.</returns>
    public static UploadParts? Create(UploadProfile profile, UploadRequest request)
    {
        var inParts = request.Method is { } requested
            ? requested == UploadMethod.Multipart
            : profile.UploadMethod == UploadMethod.Multipart || request.Size > profile.MultipartThreshold;
        if (!inParts)
            return null;
        if (request.Size is not { } size)
            return new UploadParts(0, RequiresChecksums: request.UsePartChecksums);
        // An empty file has no parts.
        return size > 0
            ? new UploadParts(request.PartSize ?? ComputePartSize(profile, size), RequiresChecksums: request.UsePartChecksums)
            : null;
    }

    private static long ComputePartSize(UploadProfile profile, long total)
    {
        var minimum = (total + S3Limits.MaxParts - 1) / S3Limits.MaxParts;
        return Math.Max(profile.PartSize ?? DefaultPartSize, (minimum + MiB - 1) / MiB * MiB);
    }
}
