using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using DirectUpload.Stores;

namespace DirectUpload;

/// <summary>Represents a secret token that authorizes access to one upload.</summary>
/// <remarks>
/// An upload has a <em>write token</em>, which authorizes a client to confirm, abort and delete it, and a <em>read token</em>, which
/// authorizes readers of its status and content. A token has 256 bits from the cryptographic random number generator, written as 43
/// characters of base64url. The library stores only the hash of a token.
/// </remarks>
public readonly record struct UploadToken
{
    internal const int ByteCount = 32;
    internal const int TextLength = 43;

    // Base64Url.IsValid allows white space.
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly string? _value;

    private UploadToken(string value) => _value = value;

    /// <summary>Gets the secret text of the token.</summary>
    /// <value>
    /// 43 characters of base64url; empty for the default value. Send it only to its recipient, never log it, and never put a write token
    /// into a URL.
    /// </value>
    public string Value => _value ?? string.Empty;

    /// <summary>Creates a new random token.</summary>
    /// <returns>A token that cannot be guessed.</returns>
    public static UploadToken Create()
    {
        Span<byte> secret = stackalloc byte[ByteCount];
        RandomNumberGenerator.Fill(secret);
        return FromBytes(secret);
    }

    /// <summary>Creates a token from secret bytes.</summary>
    /// <param name="secret"><see cref="ByteCount"/> bytes that cannot be guessed and are used for nothing else.</param>
    internal static UploadToken FromBytes(ReadOnlySpan<byte> secret) => new(Base64Url.EncodeToString(secret));

    /// <summary>Tries to convert a text to a token.</summary>
    /// <param name="text">The text that a client sent: 43 characters of base64url.</param>
    /// <param name="token">The token, or the default value if the text is not a token.</param>
    /// <returns>True if the text has the format of a token; otherwise false.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out UploadToken token)
    {
        var valid = text is { Length: TextLength } && !text.AsSpan().ContainsAnyExcept(Alphabet);
        token = valid ? new UploadToken(text!) : default;
        return valid;
    }

    /// <summary>Computes the hash of the token, which the record stores.</summary>
    /// <returns>The hash.</returns>
    public UploadTokenHash Hash() => UploadTokenHash.Compute(Value);

    /// <summary>Returns a constant text, so that logs and exceptions do not contain the secret.</summary>
    /// <returns>A text without the secret, which is in <see cref="Value"/>.</returns>
    public override string ToString() => "(upload token)";
}
