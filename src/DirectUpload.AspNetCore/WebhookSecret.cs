using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace DirectUpload.AspNetCore;

/// <summary>Creates the secrets that webhooks are signed with.</summary>
public static class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int MinKeyLength = 24;
    private const int MaxKeyLength = 64;

    /// <summary>Creates a random secret.</summary>
    /// <remarks>Configure it at the sender and at the receiver, and do not log it.</remarks>
    /// <returns><c>whsec_</c> and the base64 of 32 random bytes.</returns>
    public static string Create() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    internal static bool TryDecode(string? secret, [NotNullWhen(true)] out byte[]? key)
    {
        key = null;
        if (secret?.StartsWith(Prefix, StringComparison.Ordinal) != true)
            return false;
        var bytes = new byte[secret.Length];
        if (!Convert.TryFromBase64String(secret[Prefix.Length..], bytes, out var length) || length is < MinKeyLength or > MaxKeyLength)
            return false;
        key = bytes[..length];
        return true;
    }
}
