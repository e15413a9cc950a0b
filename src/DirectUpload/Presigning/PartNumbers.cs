using DirectUpload.Primitives;

namespace DirectUpload.Presigning;

/// <summary>Validates part numbers against the limits of S3.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html</remarks>
internal static class PartNumbers
{
    public const int Max = S3Limits.MaxParts;

    /// <exception cref="ArgumentException">A number is not 1 to 10,000, or the range is empty.</exception>
    public static void ThrowIfOutOfRange(int first, long last)
    {
        if (first < 1 || last > Max)
            throw new ArgumentException($"The parts {first} to {last} are out of range; S3 numbers parts from 1 to {Max}.");
        if (last < first)
            throw new ArgumentException($"Count is {last - first + 1}; request at least one part.");
    }
}

/// <summary>Validates the ids of multipart uploads, which are opaque values of the storage.</summary>
internal static class MultipartId
{
    /// <exception cref="ArgumentException">The id is empty, so the URL would request another operation.</exception>
    public static string Validate(string uploadId) =>
        string.IsNullOrEmpty(uploadId)
            ? throw new ArgumentException("UploadId is empty; use the id that CreateMultipartUpload returned.")
            : uploadId;
}
