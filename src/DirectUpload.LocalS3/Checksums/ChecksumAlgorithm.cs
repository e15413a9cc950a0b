using System.IO.Hashing;
using System.Security.Cryptography;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Checksums;

/// <summary>Represents one of the additional checksum algorithms that S3 verifies and stores.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html</remarks>
internal sealed class ChecksumAlgorithm
{
    private readonly Func<IIncrementalHash> _create;
    private readonly CrcPolynomial? _crc;

    private ChecksumAlgorithm(string name, CrcPolynomial crc, Func<NonCryptographicHashAlgorithm> create)
        : this(name, crc.Bits / 8, () => new CrcHash(create())) => _crc = crc;

    private ChecksumAlgorithm(string name, int length, Func<IIncrementalHash> create)
    {
        Name = name;
        Length = length;
        HeaderName = "x-amz-checksum-" + name.ToLowerInvariant();
        _create = create;
    }

    public static readonly IReadOnlyList<ChecksumAlgorithm> All =
    [
        new("CRC32", new CrcPolynomial(0xEDB88320, 32), () => new Crc32()),
        new("CRC32C", new CrcPolynomial(0x82F63B78, 32), () => new Crc32(Crc32ParameterSet.Crc32C)),
        new("CRC64NVME", new CrcPolynomial(0x9A6C9329AC4BC9B5, 64), () => new Crc64(Crc64ParameterSet.Nvme)),
        new("SHA1", 20, () => new CryptoHash(HashAlgorithmName.SHA1)),
        new("SHA256", 32, () => new CryptoHash(HashAlgorithmName.SHA256)),
    ];

    /// <summary>The algorithm that S3 uses if the client sends no checksum.</summary>
    /// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Checksum.html</remarks>
    public static readonly ChecksumAlgorithm Default = FindByName("CRC64NVME")!;

    public string Name { get; }

    /// <summary>Indicates whether the checksums of parts can be combined into the checksum of the whole object.</summary>
    public bool IsCrc => _crc is not null;

    /// <summary>The length of a checksum, in bytes.</summary>
    public int Length { get; }

    public string HeaderName { get; }

    public static ChecksumAlgorithm? FindByName(string? name) =>
        All.FirstOrDefault(a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public static ChecksumAlgorithm? FindByHeader(string? name) =>
        All.FirstOrDefault(a => a.HeaderName.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the algorithm of <c>x-amz-checksum-algorithm</c>; null if the request does not contain it.</summary>
    public static ChecksumAlgorithm? FromRequest(S3Request request) => request.GetSetting("x-amz-checksum-algorithm") is not { } name ? null
        : FindByName(name)
            ?? throw S3Errors.InvalidRequest("Checksum algorithm provided is unsupported. Please try again with any of the " +
                $"valid types: [{string.Join(", ", All.Select(a => a.Name))}]");

    public IIncrementalHash Create() => _create();

    /// <summary>Combines the checksums of two consecutive ranges of bytes.</summary>
    public byte[] Combine(byte[] first, byte[] second, long secondLength) => _crc!.Combine(first, second, secondLength);

    /// <summary>Indicates whether a text is base64 of the length of this checksum.</summary>
    public bool IsWellFormed(string text)
    {
        Span<byte> bytes = stackalloc byte[64];
        return Convert.TryFromBase64String(text, bytes, out var written) && written == Length;
    }
}
