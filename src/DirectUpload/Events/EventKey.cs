using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace DirectUpload.Events;

/// <summary>
/// Decodes the form-encoded keys in S3 event notifications: a space is a plus, other characters are percent-encoded UTF-8.
/// </summary>
internal static class EventKey
{
    private const int MaxBytes = 1024;

    /// <summary>Returns whether a decoded text is a valid key: at most 1,024 bytes of UTF-8.</summary>
    public static bool IsValid(string key) => key.Length <= MaxBytes && Encoding.UTF8.GetByteCount(key) <= MaxBytes;

    /// <summary>Decodes a key.</summary>
    /// <returns>The key; null when the text is not form-encoded, or not a valid key.</returns>
    public static string? Decode(string encoded)
    {
        if (encoded.Length > 3 * MaxBytes)
            return null;
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(encoded.Length)];
        var length = 0;
        for (var at = 0; at < encoded.Length; at++)
        {
            if (encoded[at] == '%')
            {
                if (!byte.TryParse(
                    encoded.AsSpan(at + 1, Math.Min(2, encoded.Length - at - 1)), NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture, out bytes[length++]) || at + 2 >= encoded.Length)
                    return null;
                at += 2;
            }
            else if (encoded[at] == '+')
            {
                bytes[length++] = (byte)' ';
            }
            else
            {
                // Ceph does not encode letters outside of ASCII.
                var pair = char.IsHighSurrogate(encoded[at]) && at + 1 < encoded.Length ? 2 : 1;
                length += Encoding.UTF8.GetBytes(encoded.AsSpan(at, pair), bytes.AsSpan(length));
                at += pair - 1;
            }
        }

        var decoded = bytes.AsSpan(0, length);
        return length <= MaxBytes && Utf8.IsValid(decoded) ? Encoding.UTF8.GetString(decoded) : null;
    }
}
