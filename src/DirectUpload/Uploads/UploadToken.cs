using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace DirectUpload.Uploads;

/// <summary>
/// A capability for one upload: the <em>write token</em> confirms and aborts, the <em>read token</em> shows status and
/// content. 256 bits from the platform's cryptographic generator, 43 characters of base64url. Only its hash is ever stored.
/// </summary>
public readonly record struct UploadToken
{
    internal const int Bytes = 32;
    internal const int Length = 43;

    // Base64Url's own check lets white space through.
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly string? _value;

    private UploadToken(string value) => _value = value;

    /// <summary>The secret itself, for its one recipient. Never log it, never put a write token into a URL.</summary>
    public string Value => _value ?? string.Empty;

    /// <summary>Makes a new, unguessable token.</summary>
    public static UploadToken New()
    {
        Span<byte> secret = stackalloc byte[Bytes];
        RandomNumberGenerator.Fill(secret);
        return Of(secret);
    }

    /// <param name="secret"><see cref="Bytes"/> unguessable bytes that are used for nothing else.</param>
    internal static UploadToken Of(ReadOnlySpan<byte> secret) => new(Base64Url.EncodeToString(secret));

    /// <summary>Reads a token as a client sent it; false when it can't be one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out UploadToken token)
    {
        var valid = text is { Length: Length } && !text.AsSpan().ContainsAnyExcept(Alphabet);
        token = valid ? new UploadToken(text!) : default;
        return valid;
    }

    /// <summary>What a record keeps of this token.</summary>
    public UploadTokenHash Hash() => UploadTokenHash.Of(Value);

    /// <summary>Redacted, so that no log or exception can leak the secret; <see cref="Value"/> has it.</summary>
    public override string ToString() => "(upload token)";
}
