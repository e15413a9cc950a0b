using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.StorageEvents;

/// <summary>A secret that senders show: as a bearer token, or as the password of Basic authentication.</summary>
internal sealed class SharedSecret(string secret)
{
    private readonly byte[] _hash = HashOf(secret);

    public bool IsShownBy(HttpRequest request) =>
        request.Headers.Authorization is [{ } header]
        && AuthenticationHeaderValue.TryParse(header, out var shown) && Shown(shown) is { } text
        && CryptographicOperations.FixedTimeEquals(HashOf(text), _hash);

    private static string? Shown(AuthenticationHeaderValue header)
    {
        if (string.Equals(header.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase))
            return header.Parameter;
        if (!string.Equals(header.Scheme, "Basic", StringComparison.OrdinalIgnoreCase) || header.Parameter is not { Length: <= 1024 } encoded)
            return null;
        var decoded = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, decoded, out var length))
            return null;
        var pair = Encoding.UTF8.GetString(decoded, 0, length);
        return pair.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? pair[(colon + 1)..] : null;
    }

    // Of equal length whatever was shown, so that comparing takes equally long.
    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
