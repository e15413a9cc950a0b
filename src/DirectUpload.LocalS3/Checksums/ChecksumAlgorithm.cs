using System.Security.Cryptography;

namespace DirectUpload.LocalS3.Checksums;

/// <summary>One of the additional checksums that S3 verifies and keeps.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html</remarks>
internal sealed class ChecksumAlgorithm
{
    private readonly Func<IRunningHash> _create;

    private ChecksumAlgorithm(string name, int length, Func<IRunningHash> create)
    {
        Name = name;
        Length = length;
        HeaderName = "x-amz-checksum-" + name.ToLowerInvariant();
        _create = create;
    }

    public static readonly IReadOnlyList<ChecksumAlgorithm> All =
    [
        new("CRC32", 4, ReflectedCrc.Factory(0xEDB88320, 32)),
        new("CRC32C", 4, ReflectedCrc.Factory(0x82F63B78, 32)),
        new("CRC64NVME", 8, ReflectedCrc.Factory(0x9A6C9329AC4BC9B5, 64)),
        new("SHA1", 20, () => new CryptoHash(HashAlgorithmName.SHA1)),
        new("SHA256", 32, () => new CryptoHash(HashAlgorithmName.SHA256)),
    ];

    public string Name { get; }

    /// <summary>Bytes of a checksum.</summary>
    public int Length { get; }

    public string HeaderName { get; }

    public static ChecksumAlgorithm? ByName(string? name) =>
        All.FirstOrDefault(a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public static ChecksumAlgorithm? ByHeader(string? name) =>
        All.FirstOrDefault(a => a.HeaderName.Equals(name, StringComparison.OrdinalIgnoreCase));

    public IRunningHash Create() => _create();

    /// <summary>Whether a text is base64 of as many bytes as this checksum has.</summary>
    public bool IsWellFormed(string text)
    {
        Span<byte> bytes = stackalloc byte[64];
        return Convert.TryFromBase64String(text, bytes, out var written) && written == Length;
    }
}
