using DirectUpload.Uploads;

namespace DirectUpload.Profiles;

/// <summary>Whether a file goes in parts, and in how large ones.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html</remarks>
internal static class PartSizes
{
    /// <summary>In bytes; all parts but the last.</summary>
    public const long Smallest = SizeLimits.SmallestPart;

    public const long Largest = SizeLimits.SingleUpload;

    /// <summary>Small enough to be sent again without grief, large enough that a gigabyte is 64 requests.</summary>
    private const long Usual = 16L * MiB;

    private const long MiB = 1024 * 1024;

    /// <summary>Null when the file goes in one piece.</summary>
    public static UploadParts? For(UploadProfile profile, UploadRequest request)
    {
        var inParts = request.Method is { } asked ? asked == UploadMethod.Multipart : profile.Method == UploadMethod.Multipart || request.Size > profile.MultipartAbove;
        if (!inParts)
            return null;
        if (request.Size is not { } size)
            return new UploadParts(0, Checksums: request.PartChecksums);
        // An empty file has no part.
        return size > 0 ? new UploadParts(request.PartSize ?? SizeFor(profile, size), Checksums: request.PartChecksums) : null;
    }

    private static long SizeFor(UploadProfile profile, long total)
    {
        var least = (total + SizeLimits.Parts - 1) / SizeLimits.Parts;
        return Math.Max(profile.PartSize ?? Usual, (least + MiB - 1) / MiB * MiB);
    }
}
