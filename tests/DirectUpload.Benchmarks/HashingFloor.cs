using System.Security.Cryptography;

namespace DirectUpload.Benchmarks;

/// <summary>The least that a SigV4 signature can cost: one SHA-256 and one HMAC over texts of the real size, with hashers that are used again.</summary>
internal sealed class HashingFloor(int canonicalRequest, int stringToSign) : IDisposable
{
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, new byte[32]);
    private readonly byte[] _canonicalRequest = new byte[canonicalRequest];
    private readonly byte[] _stringToSign = new byte[stringToSign];
    private readonly byte[] _hash = new byte[32];

    /// <summary>For a presigned URL.</summary>
    public static HashingFloor OfUrl() => new(640, 140);

    public byte Once()
    {
        if (_canonicalRequest.Length > 0)
        {
            _sha256.AppendData(_canonicalRequest);
            _sha256.GetHashAndReset(_hash);
        }

        _hmac.AppendData(_stringToSign);
        _hmac.GetHashAndReset(_hash);
        return _hash[0];
    }

    public void Dispose()
    {
        _sha256.Dispose();
        _hmac.Dispose();
    }
}
