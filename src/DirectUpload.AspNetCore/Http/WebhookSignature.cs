using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DirectUpload.AspNetCore.Http;

/// <summary>Signs and verifies webhooks with HMAC-SHA256 over id, time and body, as Standard Webhooks specifies.</summary>
/// <remarks>Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md</remarks>
internal static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";
    private const string Version = "v1,";

    public static string FormatTimestamp(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>Creates one signature for each key, in the order of the keys.</summary>
    public static string Create(IEnumerable<byte[]> keys, string id, string time, ReadOnlySpan<byte> body)
    {
        var signed = GetSignedContent(id, time, body);
        return string.Join(' ', keys.Select(key => Version + Convert.ToBase64String(HMACSHA256.HashData(key, signed))));
    }

    /// <summary>Determines whether one of the signatures is the key's.</summary>
    public static bool Verify(string signatures, byte[] key, string id, string time, ReadOnlySpan<byte> body)
    {
        var right = Encoding.ASCII.GetBytes(Create([key], id, time, body));
        var holds = false;
        foreach (var signature in signatures.Split(' '))
            holds |= CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), right);
        return holds;
    }

    private static byte[] GetSignedContent(string id, string time, ReadOnlySpan<byte> body) =>
        [.. Encoding.UTF8.GetBytes($"{id}.{time}."), .. body];
}
