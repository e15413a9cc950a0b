using System.Security.Cryptography;

namespace DirectUpload.Primitives;

/// <summary>Computes the SHA-256 and HMAC-SHA-256 of short texts.</summary>
/// <remarks>Each thread reuses its hashers, because creating one costs as much as hashing a short text.</remarks>
internal static class Hashing
{
    [ThreadStatic]
    private static IncrementalHash? sha256;

    [ThreadStatic]
    private static IncrementalHash? hmac;

    [ThreadStatic]
    private static byte[]? hmacKey;

    public static void Sha256(ReadOnlySpan<byte> data, Span<byte> hash)
    {
        var hasher = sha256 ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hasher.AppendData(data);
        hasher.GetHashAndReset(hash);
    }

    /// <summary>Computes the HMAC-SHA-256 of data.</summary>
    /// <param name="key">The key. The hasher is cached by the key's reference, so the array must never change.</param>
    /// <param name="data">The data.</param>
    /// <param name="hash">Receives the 32 bytes.</param>
    public static void Hmac(byte[] key, ReadOnlySpan<byte> data, Span<byte> hash)
    {
        if (!ReferenceEquals(hmacKey, key))
        {
            hmac?.Dispose();
            hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
            hmacKey = key;
        }

        hmac!.AppendData(data);
        hmac.GetHashAndReset(hash);
    }
}
