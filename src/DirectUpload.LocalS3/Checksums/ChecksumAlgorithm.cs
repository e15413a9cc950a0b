using System.Security.Cryptography;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Checksums;

/// <summary>One of the additional checksums that S3 verifies and keeps.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html</remarks>
internal sealed class ChecksumAlgorithm
{
    private readonly Func<IRunningHash> _create;
    private readonly CrcPolynomial? _crc;

    private ChecksumAlgorithm(string name, CrcPolynomial crc)
        : this(name, crc.Bits / 8, () => new ReflectedCrc(crc)) => _crc = crc;

    private ChecksumAlgorithm(string name, int length, Func<IRunningHash> create)
    {
        Name = name;
        Length = length;
        HeaderName = "x-amz-checksum-" + name.ToLowerInvariant();
        _create = create;
    }

    public static readonly IReadOnlyList<ChecksumAlgorithm> All =
    [
        new("CRC32", new CrcPolynomial(0xEDB88320, 32)),
        new("CRC32C", new CrcPolynomial(0x82F63B78, 32)),
        new("CRC64NVME", new CrcPolynomial(0x9A6C9329AC4BC9B5, 64)),
        new("SHA1", 20, () => new CryptoHash(HashAlgorithmName.SHA1)),
        new("SHA256", 32, () => new CryptoHash(HashAlgorithmName.SHA256)),
    ];

    /// <summary>What S3 computes and keeps when the client sends none.</summary>
    /// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Checksum.html</remarks>
    public static readonly ChecksumAlgorithm Default = ByName("CRC64NVME")!;

    public string Name { get; }

    /// <summary>Checksums of parts can be combined into the checksum of the whole.</summary>
    public bool IsCrc => _crc is not null;

    /// <summary>Bytes of a checksum.</summary>
    public int Length { get; }

    public string HeaderName { get; }

    public static ChecksumAlgorithm? ByName(string? name) =>
        All.FirstOrDefault(a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public static ChecksumAlgorithm? ByHeader(string? name) =>
        All.FirstOrDefault(a => a.HeaderName.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The one that <c>x-amz-checksum-algorithm</c> asks for; null when the request does not say.</summary>
    public static ChecksumAlgorithm? Asked(S3Request request) => request.Setting("x-amz-checksum-algorithm") is not { } name ? null
        : ByName(name) ?? throw S3Errors.InvalidRequest("Checksum algorithm provided is unsupported. Please try again with any of the " +
            $"valid types: [{string.Join(", ", All.Select(a => a.Name))}]");

    public IRunningHash Create() => _create();

    /// <summary>The checksum of two stretches of bytes, one after the other, from the checksums of each.</summary>
    public byte[] Combine(byte[] first, byte[] second, long secondLength) => _crc!.Combine(first, second, secondLength);

    /// <summary>Whether a text is base64 of as many bytes as this checksum has.</summary>
    public bool IsWellFormed(string text)
    {
        Span<byte> bytes = stackalloc byte[64];
        return Convert.TryFromBase64String(text, bytes, out var written) && written == Length;
    }
}
