using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using DirectUpload.Primitives;

namespace DirectUpload.Stores;

/// <summary>Represents the SHA-256 of an <see cref="UploadToken"/>, the form in which a token is stored.</summary>
/// <remarks>A reader of the store cannot compute the token from the hash, so the hash grants no access to the upload.</remarks>
public readonly record struct UploadTokenHash
{
    private readonly byte[]? _hash;

    private UploadTokenHash(byte[] hash) => _hash = hash;

    internal static UploadTokenHash Compute(string token)
    {
        var hash = new byte[SHA256.HashSizeInBytes];
        Compute(token, hash);
        return new(hash);
    }

    /// <summary>Parses a stored hash.</summary>
    /// <param name="hex">The hash: 64 lower-case hexadecimal digits.</param>
    /// <returns>The hash.</returns>
    /// <exception cref="FormatException">The text is not 64 lower-case hexadecimal digits.</exception>
    public static UploadTokenHash Parse(string hex) =>
        TryParse(hex, out var hash) ? hash : throw new FormatException("The stored token hash must be 64 lower-case hexadecimal digits.");

    /// <summary>Tries to parse a stored hash.</summary>
    /// <param name="hex">The hash: 64 lower-case hexadecimal digits.</param>
    /// <param name="hash">The hash, when the method returns true; otherwise an empty hash, which matches no token.</param>
    /// <returns>True when the text is a hash.</returns>
    public static bool TryParse([NotNullWhen(true)] string? hex, out UploadTokenHash hash)
    {
        var valid = hex is { Length: 2 * SHA256.HashSizeInBytes } && LowerHex.IsValid(hex);
        hash = valid ? new UploadTokenHash(Convert.FromHexString(hex!)) : default;
        return valid;
    }

    /// <summary>Checks whether this is the hash of a token; the comparison takes constant time.</summary>
    /// <param name="token">The token.</param>
    /// <returns>True when the token has this hash.</returns>
    public bool Matches(UploadToken token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Compute(token.Value, hash);
        return _hash is not null && CryptographicOperations.FixedTimeEquals(_hash, hash);
    }

    /// <summary>Checks whether two hashes are equal; not for secrets, because the time depends on the bytes.</summary>
    /// <param name="other">The other hash.</param>
    /// <returns>True when both are the same hash, or neither was computed or parsed.</returns>
    public bool Equals(UploadTokenHash other) => _hash.AsSpan().SequenceEqual(other._hash);

    /// <summary>Returns the hash code of the hash.</summary>
    /// <returns>The hash code.</returns>
    public override int GetHashCode() => _hash is null ? 0 : BitConverter.ToInt32(_hash);

    /// <summary>Returns the text of the hash, as it is stored.</summary>
    /// <returns>64 lower-case hexadecimal digits; an empty string for a hash that was not computed or parsed.</returns>
    public override string ToString() => _hash is null ? string.Empty : Convert.ToHexStringLower(_hash);

    private static void Compute(string token, Span<byte> hash)
    {
        Span<byte> ascii = stackalloc byte[UploadToken.TextLength];
        Hashing.Sha256(ascii[..Encoding.ASCII.GetBytes(token, ascii)], hash);
    }
}
