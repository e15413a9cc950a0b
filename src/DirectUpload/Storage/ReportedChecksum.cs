using Amazon.S3.Model;

namespace DirectUpload.Storage;

/// <summary>Reads the checksum that storage reports for an object, which has at most one.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html (x-amz-checksum-type)</remarks>
internal static class ReportedChecksum
{
    public static UploadChecksum? Read(GetObjectMetadataResponse head) => Create(
        head.ChecksumType?.Value,
        (UploadChecksum.Crc64Nvme, head.ChecksumCRC64NVME), (UploadChecksum.Sha256, head.ChecksumSHA256), ("SHA1", head.ChecksumSHA1),
        ("CRC32C", head.ChecksumCRC32C), ("CRC32", head.ChecksumCRC32));

    // Servers without the type end a composite checksum with the number of parts, as Amazon S3 does.
    private static UploadChecksum? Create(string? type, params ReadOnlySpan<(string Algorithm, string? Value)> reported)
    {
        foreach (var (algorithm, value) in reported)
        {
            if (!string.IsNullOrEmpty(value))
                return new(
                    algorithm, value,
                    value.Contains('-', StringComparison.Ordinal) ? UploadChecksum.Composite : type ?? UploadChecksum.FullObject);
        }

        return null;
    }
}
