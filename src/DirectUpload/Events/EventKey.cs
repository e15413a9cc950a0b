using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace DirectUpload.Events;

/// <summary>Keys in S3's own events are encoded as a form's values are: a space is a plus, what is not plain is percent and two digits for each byte of UTF-8.</summary>
internal static class EventKey
{
    private const int Longest = 1024;

    /// <summary>Whether a decoded text can be a key: at most 1,024 bytes of UTF-8.</summary>
    public static bool IsOne(string key) => key.Length <= Longest && Encoding.UTF8.GetByteCount(key) <= Longest;

    /// <returns>The key; null when it is not encoded so, or can't be a key.</returns>
    public static string? Decode(string encoded)
    {
        if (encoded.Length > 3 * Longest)
            return null;
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(encoded.Length)];
        var length = 0;
        for (var at = 0; at < encoded.Length; at++)
        {
            if (encoded[at] == '%')
            {
                if (!byte.TryParse(encoded.AsSpan(at + 1, Math.Min(2, encoded.Length - at - 1)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[length++]) || at + 2 >= encoded.Length)
                    return null;
                at += 2;
            }
            else if (encoded[at] == '+')
            {
                bytes[length++] = (byte)' ';
            }
            else
            {
                // Ceph leaves letters as they are.
                var pair = char.IsHighSurrogate(encoded[at]) && at + 1 < encoded.Length ? 2 : 1;
                length += Encoding.UTF8.GetBytes(encoded.AsSpan(at, pair), bytes.AsSpan(length));
                at += pair - 1;
            }
        }

        var decoded = bytes.AsSpan(0, length);
        return length <= Longest && Utf8.IsValid(decoded) ? Encoding.UTF8.GetString(decoded) : null;
    }
}
