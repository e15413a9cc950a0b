using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using DirectUpload.Primitives;

namespace DirectUpload.Stores;

/// <summary>Represents the SHA-256 of an <see cref="UploadToken"/>, the form in which a token is stored.</summary>
/// <remarks>A reader of the store cannot compute the token from the hash, so the hash grants no access to the upload.</remarks>
public readonly record struct UploadTokenHash
{
    private readonly string? _hex;

    private UploadTokenHash(string hex) => _hex = hex;

    internal static UploadTokenHash Compute(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> ascii = stackalloc byte[UploadToken.TextLength];
        Hashing.Sha256(ascii[..Encoding.ASCII.GetBytes(token, ascii)], hash);
        return new(Convert.ToHexStringLower(hash));
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
        var valid = hex is { Length: 64 } && LowerHex.IsValid(hex);
        hash = valid ? new UploadTokenHash(hex!) : default;
        return valid;
    }

    /// <summary>Checks whether this is the hash of a token; the comparison takes constant time.</summary>
    /// <param name="token">The token.</param>
    /// <returns>True when the token has this hash.</returns>
    public bool Matches(UploadToken token) =>
        _hex is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(_hex), Encoding.ASCII.GetBytes(token.Hash().ToString()));

    /// <summary>Returns the text of the hash, as it is stored.</summary>
    /// <returns>64 lower-case hexadecimal digits; an empty string for a hash that was not computed or parsed.</returns>
    public override string ToString() => _hex ?? string.Empty;
}
