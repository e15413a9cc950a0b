using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.StorageEvents;

/// <summary>The secret that senders send as a bearer token, or as the password of Basic authentication.</summary>
internal sealed class SharedSecret(string secret)
{
    private readonly byte[] _hash = ComputeHash(secret);

    public bool Matches(HttpRequest request) =>
        request.Headers.Authorization is [{ } header]
        && AuthenticationHeaderValue.TryParse(header, out var shown) && ReadSecret(shown) is { } text
        && CryptographicOperations.FixedTimeEquals(ComputeHash(text), _hash);

    private static string? ReadSecret(AuthenticationHeaderValue header)
    {
        if (string.Equals(header.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase))
            return header.Parameter;
        if (!string.Equals(header.Scheme, "Basic", StringComparison.OrdinalIgnoreCase)
            || header.Parameter is not { Length: <= 1024 } encoded)
            return null;
        var decoded = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, decoded, out var length))
            return null;
        var pair = Encoding.UTF8.GetString(decoded, 0, length);
        return pair.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? pair[(colon + 1)..] : null;
    }

    // Hashes have the same length, so that the comparison takes constant time.
    private static byte[] ComputeHash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
