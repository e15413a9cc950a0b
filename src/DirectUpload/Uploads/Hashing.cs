using System.Security.Cryptography;

namespace DirectUpload.Uploads;

/// <summary>SHA-256 and its HMAC, of short texts, with hashers that each thread keeps: making one costs as much as hashing what is hashed here.</summary>
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

    /// <param name="key">Recognised by reference: keep it as long as it signs, and never change it.</param>
    /// <param name="data">What is signed.</param>
    /// <param name="hash">Takes the 32 bytes.</param>
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
