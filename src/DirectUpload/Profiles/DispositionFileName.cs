using System.Globalization;
using System.Text;

namespace DirectUpload.Profiles;

/// <summary>Formats the file name of a Content-Disposition header, and shortens a name that would make the header too long.</summary>
/// <remarks>
/// S3 stores at most 2 KB of system metadata, headers and values together. A letter outside US-ASCII takes up to 10 bytes of the header.
/// Sources: RFC 6266, RFC 8187, https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
/// </remarks>
internal static class DispositionFileName
{
    /// <summary>The maximum length of the formatted name, in bytes, which are all US-ASCII.</summary>
    public const int MaxLength = 1000;

    // A longer text after the last dot is no extension by which a device chooses a program.
    private const int MaxExtensionLength = 32;

    private static readonly int Overhead = Format(string.Empty, string.Empty).Length;

    /// <summary>Formats a name as the parameters <c>filename</c> and, if it needs them, <c>filename*</c>.</summary>
    public static string Format(string name)
    {
        var extension = Path.GetExtension(name);
        return FormatWhole(Shorten(name, extension.Length <= MaxExtensionLength ? extension : string.Empty));
    }

    /// <summary>Shortens a name whose header would be too long. The suffix stays, and no visible letter is cut in two.</summary>
    public static string Shorten(string name, string suffix)
    {
        if (FormatWhole(name).Length <= MaxLength)
            return name;
        var stem = name.AsSpan(0, name.Length - suffix.Length);
        var room = MaxLength - Overhead - Measure(suffix);
        var length = MeasurePrefix(stem, room, StringInfo.GetNextTextElementLength);
        // A single letter can have more combining marks than the header has room for.
        if (length == 0)
            length = MeasurePrefix(stem, room, GetNextRuneLength);
        var kept = stem[..length].TrimEnd();
        return string.Concat(kept.IsEmpty ? stem[..length] : kept, suffix);
    }

    private static int MeasurePrefix(ReadOnlySpan<char> text, int room, Func<ReadOnlySpan<char>, int> getNextLength)
    {
        var length = 0;
        while (length < text.Length)
        {
            var next = getNextLength(text[length..]);
            room -= Measure(text.Slice(length, next));
            if (room < 0)
                break;
            length += next;
        }

        return length;
    }

    private static int GetNextRuneLength(ReadOnlySpan<char> text)
    {
        _ = Rune.DecodeFromUtf16(text, out _, out var length);
        return length;
    }

    private static int Measure(ReadOnlySpan<char> text) => text.Length + Encode(text.ToString()).Length;

    private static string FormatWhole(string name)
    {
        var ascii = new StringBuilder(name.Length);
        foreach (var c in name)
            ascii.Append(c is < ' ' or > '~' or '"' or '\\' or '%' ? '_' : c);
        // Consecutive spaces in a header value can be collapsed in transit, which would invalidate the signature.
        while (ascii.ToString().Contains("  ", StringComparison.Ordinal))
            ascii.Replace("  ", " ");
        return ascii.Equals(name) ? $"filename=\"{name}\"" : Format(ascii.ToString(), Encode(name));
    }

    private static string Format(string ascii, string encoded) => $"filename=\"{ascii}\"; filename*=UTF-8''{encoded}";

    // The attr-char of RFC 8187 excludes ' ( ) *, which Uri.EscapeDataString escapes since .NET 4.5.
    private static string Encode(string name) => Uri.EscapeDataString(name);
}
