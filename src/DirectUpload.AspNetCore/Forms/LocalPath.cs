using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace DirectUpload.AspNetCore.Forms;

/// <summary>Validates and encodes paths of this site, such as <c>/gallery?page=2</c>, so that no redirect leads to another site.</summary>
internal static class LocalPath
{
    private const int MaxLength = 1000;

    /// <summary>Determines whether a text is a path of this site.</summary>
    /// <remarks>Browsers read <c>\</c> as <c>/</c>, and remove tabs and line breaks.</remarks>
    public static bool IsValid(string text) =>
        text is ['/', ..] and not ['/', '/' or '\\', ..] && text.Length <= MaxLength && !text.Any(char.IsControl) && IsWellFormed(text);

    /// <summary>Percent-encodes the characters that a header does not accept, and keeps those that are already encoded.</summary>
    public static string ToAscii(string path)
    {
        var ascii = new StringBuilder(path.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(path))
        {
            if (octet is > 0x20 and < 0x7F and not ((byte)'"' or (byte)'<' or (byte)'>' or (byte)'\\' or (byte)'^' or (byte)'`' or (byte)'{'
                or (byte)'|' or (byte)'}'))
                ascii.Append((char)octet);
            else
                ascii.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
        }

        return ascii.ToString();
    }

    // A lone surrogate has no UTF-8 form, so decoding would return another character.
    private static bool IsWellFormed(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at]))
                continue;
            if (!char.IsSurrogatePair(text, at))
                return false;
            at++;
        }

        return true;
    }

    /// <summary>Encodes a path as one segment of another path.</summary>
    public static string Encode(string path) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(path));

    /// <summary>Decodes a segment; null if it does not contain a path of this site.</summary>
    public static string? TryDecode(string segment)
    {
        try
        {
            var path = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(segment));
            return IsValid(path) ? path : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
