using DirectUpload.Uploads;

namespace DirectUpload.Signing;

/// <summary>S3's limits on the parts of a multipart upload.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html</remarks>
internal static class PartNumbers
{
    public const int Most = SizeLimits.Parts;

    /// <exception cref="ArgumentException">A number is not 1 to 10,000.</exception>
    public static void ThrowUnlessValid(int first, long last)
    {
        if (first < 1 || last > Most)
            throw new ArgumentException($"The parts {first} to {last} are out of range; S3 numbers parts from 1 to {Most}.");
        if (last < first)
            throw new ArgumentException($"Count is {last - first + 1}; ask for at least one part.");
    }
}

/// <summary>A multipart upload's id: opaque, storage's own.</summary>
internal static class MultipartId
{
    /// <exception cref="ArgumentException">It is empty, so the URL would name another operation.</exception>
    public static string Checked(string uploadId) =>
        string.IsNullOrEmpty(uploadId) ? throw new ArgumentException("UploadId is empty; take it from the answer of CreateMultipartUpload.") : uploadId;
}
