using System.Security.Cryptography;
using DirectUpload.LocalS3.Checksums;

namespace DirectUpload.LocalS3.Bodies;

/// <summary>All that is computed of a body while it streams by: MD5 for the ETag, and what else was asked for.</summary>
internal sealed class BodyDigests(ChecksumAlgorithm? algorithm, bool withSha256) : IDisposable
{
    private readonly CryptoHash _md5 = new(HashAlgorithmName.MD5);
    private readonly CryptoHash? _sha256 = withSha256 ? new(HashAlgorithmName.SHA256) : null;
    private readonly IRunningHash? _checksum = algorithm?.Create();
    private long _length;

    public long Length => _length;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _length += bytes.Length;
        _md5.Append(bytes);
        _sha256?.Append(bytes);
        _checksum?.Append(bytes);
    }

    public BodySummary Finish() => new(
        _length, _md5.Finish(), _sha256 is null ? null : Convert.ToHexStringLower(_sha256.Finish()),
        algorithm, _checksum is null ? null : Convert.ToBase64String(_checksum.Finish()));

    public void Dispose()
    {
        _md5.Dispose();
        _sha256?.Dispose();
        _checksum?.Dispose();
    }
}

/// <summary>What a body turned out to be.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Md5">16 bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal, when it was asked for.</param>
/// <param name="Algorithm">The additional checksum that was asked for.</param>
/// <param name="Checksum">Its value, base64.</param>
internal sealed record BodySummary(long Length, byte[] Md5, string? Sha256, ChecksumAlgorithm? Algorithm, string? Checksum)
{
    public string ETag => Convert.ToHexStringLower(Md5);

    /// <summary>The checksum as an object keeps it: by the name of its header.</summary>
    public IReadOnlyDictionary<string, string> Checksums =>
        Algorithm is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [Algorithm.HeaderName] = Checksum! };
}
