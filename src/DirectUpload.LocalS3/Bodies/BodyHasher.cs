using System.Security.Cryptography;
using DirectUpload.LocalS3.Checksums;

namespace DirectUpload.LocalS3.Bodies;

/// <summary>Computes the digests of a body while it is streamed: MD5 for the ETag, and the requested checksums.</summary>
/// <param name="kept">The algorithm of the checksum to store with the bytes.</param>
/// <param name="sent">The algorithm of the client's checksum to verify; often the same.</param>
/// <param name="withSha256">True if the signature contains the body's SHA-256.</param>
internal sealed class BodyHasher(ChecksumAlgorithm? kept, ChecksumAlgorithm? sent = null, bool withSha256 = false) : IDisposable
{
    private readonly CryptoHash _md5 = new(HashAlgorithmName.MD5);
    private readonly CryptoHash? _sha256 = withSha256 ? new(HashAlgorithmName.SHA256) : null;
    private readonly IIncrementalHash? _storedHash = kept?.Create();
    private readonly IIncrementalHash? _clientHash = sent == kept ? null : sent?.Create();
    private long _length;

    public long Length => _length;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _length += bytes.Length;
        _md5.Append(bytes);
        _sha256?.Append(bytes);
        _storedHash?.Append(bytes);
        _clientHash?.Append(bytes);
    }

    public BodyDigests Finish()
    {
        var checksum = _storedHash is null ? null : new StoredChecksum(kept!.Name, Convert.ToBase64String(_storedHash.Finish()));
        return new(
            _length, _md5.Finish(), _sha256 is null ? null : Convert.ToHexStringLower(_sha256.Finish()), checksum,
            _clientHash is null ? checksum?.Value : Convert.ToBase64String(_clientHash.Finish()));
    }

    public void Dispose()
    {
        _md5.Dispose();
        _sha256?.Dispose();
        _storedHash?.Dispose();
        _clientHash?.Dispose();
    }
}

/// <summary>Contains the computed digests of a body.</summary>
/// <param name="Length">The length in bytes.</param>
/// <param name="Md5">The MD5 (16 bytes).</param>
/// <param name="Sha256">The SHA-256 in lower-case hexadecimal; null if it was not requested.</param>
/// <param name="Checksum">The checksum to store; null if none was requested.</param>
/// <param name="ClientChecksum">The computed value, in base64, for the checksum that the client sent.</param>
internal sealed record BodyDigests(long Length, byte[] Md5, string? Sha256, StoredChecksum? Checksum, string? ClientChecksum)
{
    public string ETag => Convert.ToHexStringLower(Md5);
}
