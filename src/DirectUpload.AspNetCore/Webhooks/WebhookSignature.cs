using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DirectUpload.AspNetCore.Webhooks;

/// <summary>HMAC-SHA256 over id, time and body, as Standard Webhooks has it.</summary>
/// <remarks>Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md</remarks>
internal static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimeHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";
    private const string Version = "v1,";

    public static string TimeOf(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>One signature for each key, in their order.</summary>
    public static string Of(IEnumerable<byte[]> keys, string id, string time, ReadOnlySpan<byte> body)
    {
        var signed = Signed(id, time, body);
        return string.Join(' ', keys.Select(key => Version + Convert.ToBase64String(HMACSHA256.HashData(key, signed))));
    }

    /// <summary>Whether any of the signatures is that of the key.</summary>
    public static bool Holds(string signatures, byte[] key, string id, string time, ReadOnlySpan<byte> body)
    {
        var right = Encoding.ASCII.GetBytes(Of([key], id, time, body));
        var holds = false;
        foreach (var signature in signatures.Split(' '))
            holds |= CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), right);
        return holds;
    }

    private static byte[] Signed(string id, string time, ReadOnlySpan<byte> body) => [.. Encoding.UTF8.GetBytes($"{id}.{time}."), .. body];
}
