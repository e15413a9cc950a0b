using System.Security.Cryptography;

namespace DirectUpload.LocalS3.Checksums;

/// <summary>Computes the MD5, SHA-1 or SHA-256 of the platform.</summary>
internal sealed class CryptoHash(HashAlgorithmName name) : IIncrementalHash
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(name);

    public void Append(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

    public byte[] Finish() => _hash.GetHashAndReset();

    public void Dispose() => _hash.Dispose();
}
