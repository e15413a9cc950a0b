using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace DirectUpload.AspNetCore.Forms;

/// <summary>An address on this very site, such as <c>/gallery?page=2</c>: nobody is led elsewhere by a link that begins here.</summary>
internal static class LocalPath
{
    private const int Longest = 1000;

    /// <remarks>Browsers take <c>\</c> for <c>/</c>, and leave out tabs and line ends.</remarks>
    public static bool IsOne(string text) =>
        text is ['/', ..] and not ['/', '/' or '\\', ..] && text.Length <= Longest && !text.Any(char.IsControl) && IsWellFormed(text);

    /// <summary>As a header takes it: what is not plain US-ASCII is percent-encoded, what is encoded already stays.</summary>
    public static string ToAscii(string path)
    {
        var ascii = new StringBuilder(path.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(path))
        {
            if (octet is > 0x20 and < 0x7F and not ((byte)'"' or (byte)'<' or (byte)'>' or (byte)'\\' or (byte)'^' or (byte)'`' or (byte)'{' or (byte)'|' or (byte)'}'))
                ascii.Append((char)octet);
            else
                ascii.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
        }

        return ascii.ToString();
    }

    // Half a surrogate pair has no UTF-8 form, so it would come back as another character.
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

    /// <summary>As one segment of another path.</summary>
    public static string Write(string path) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(path));

    /// <summary>Null when it is none.</summary>
    public static string? Read(string segment)
    {
        try
        {
            var path = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(segment));
            return IsOne(path) ? path : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
