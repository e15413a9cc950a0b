using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace DirectUpload.Uploads;

/// <summary>The SHA-256 of an <see cref="UploadToken"/>: what is stored, and useless to whoever reads the store.</summary>
public readonly record struct UploadTokenHash
{
    private readonly string? _hex;

    private UploadTokenHash(string hex) => _hex = hex;

    internal static UploadTokenHash Of(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> ascii = stackalloc byte[UploadToken.Length];
        Hashing.Sha256(ascii[..Encoding.ASCII.GetBytes(token, ascii)], hash);
        return new(Convert.ToHexStringLower(hash));
    }

    /// <summary>Reads a hash back from a store.</summary>
    /// <exception cref="FormatException">The text is not 64 lower-case hexadecimal digits.</exception>
    public static UploadTokenHash Parse(string hex) =>
        TryParse(hex, out var hash) ? hash : throw new FormatException("A token hash is 64 lower-case hexadecimal digits.");

    /// <summary>Reads a hash back from a store; false when the text is not one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? hex, out UploadTokenHash hash)
    {
        var valid = hex is { Length: 64 } && LowerHex.IsAll(hex);
        hash = valid ? new UploadTokenHash(hex!) : default;
        return valid;
    }

    /// <summary>Whether this is the hash of <paramref name="token"/>, compared in constant time.</summary>
    public bool Matches(UploadToken token) =>
        _hex is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(_hex), Encoding.ASCII.GetBytes(token.Hash().ToString()));

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => _hex ?? string.Empty;
}
