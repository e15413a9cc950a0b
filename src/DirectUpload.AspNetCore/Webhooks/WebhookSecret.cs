using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace DirectUpload.AspNetCore.Webhooks;

/// <summary>Makes the secrets that webhooks are signed with.</summary>
public static class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int Shortest = 24;
    private const int Longest = 64;

    /// <summary>A new secret: <c>whsec_</c> and the base64 of 32 random bytes. For the configuration of both sides, and no log.</summary>
    public static string New() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    internal static bool TryRead(string? secret, [NotNullWhen(true)] out byte[]? key)
    {
        key = null;
        if (secret?.StartsWith(Prefix, StringComparison.Ordinal) != true)
            return false;
        var bytes = new byte[secret.Length];
        if (!Convert.TryFromBase64String(secret[Prefix.Length..], bytes, out var length) || length is < Shortest or > Longest)
            return false;
        key = bytes[..length];
        return true;
    }
}
