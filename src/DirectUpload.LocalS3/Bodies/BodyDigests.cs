using System.Security.Cryptography;
using DirectUpload.LocalS3.Checksums;

namespace DirectUpload.LocalS3.Bodies;

/// <summary>All that is computed of a body while it streams by: MD5 for the ETag, and what else was asked for.</summary>
/// <param name="kept">The checksum that will be kept with the bytes.</param>
/// <param name="sent">The checksum that the client sends, when it is to be verified; often the same.</param>
/// <param name="withSha256">Whether the signature holds the body's SHA-256.</param>
internal sealed class BodyDigests(ChecksumAlgorithm? kept, ChecksumAlgorithm? sent = null, bool withSha256 = false) : IDisposable
{
    private readonly CryptoHash _md5 = new(HashAlgorithmName.MD5);
    private readonly CryptoHash? _sha256 = withSha256 ? new(HashAlgorithmName.SHA256) : null;
    private readonly IRunningHash? _kept = kept?.Create();
    private readonly IRunningHash? _sent = sent == kept ? null : sent?.Create();
    private long _length;

    public long Length => _length;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _length += bytes.Length;
        _md5.Append(bytes);
        _sha256?.Append(bytes);
        _kept?.Append(bytes);
        _sent?.Append(bytes);
    }

    public BodySummary Finish()
    {
        var checksum = _kept is null ? null : new StoredChecksum(kept!.Name, Convert.ToBase64String(_kept.Finish()));
        return new(
            _length, _md5.Finish(), _sha256 is null ? null : Convert.ToHexStringLower(_sha256.Finish()), checksum,
            _sent is null ? checksum?.Value : Convert.ToBase64String(_sent.Finish()));
    }

    public void Dispose()
    {
        _md5.Dispose();
        _sha256?.Dispose();
        _kept?.Dispose();
        _sent?.Dispose();
    }
}

/// <summary>What a body turned out to be.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Md5">16 bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal, when it was asked for.</param>
/// <param name="Checksum">The checksum to keep, when one was asked for.</param>
/// <param name="Sent">What the checksum that the client sent should have been, base64.</param>
internal sealed record BodySummary(long Length, byte[] Md5, string? Sha256, StoredChecksum? Checksum, string? Sent)
{
    public string ETag => Convert.ToHexStringLower(Md5);
}
