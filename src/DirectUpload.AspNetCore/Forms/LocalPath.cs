using System.Buffers.Text;
using System.Text;

namespace DirectUpload.AspNetCore.Forms;

/// <summary>An address on this very site, such as <c>/gallery?page=2</c>: nobody is led elsewhere by a link that begins here.</summary>
internal static class LocalPath
{
    private const int Longest = 1000;

    /// <remarks>Browsers take <c>\</c> for <c>/</c>, and leave out tabs and line ends.</remarks>
    public static bool IsOne(string text) =>
        text is ['/', ..] and not ['/', '/' or '\\', ..] && text.Length <= Longest && !text.Any(char.IsControl);

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
