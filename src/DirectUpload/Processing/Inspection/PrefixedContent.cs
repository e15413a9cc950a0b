using System.Buffers;

namespace DirectUpload.Processing.Inspection;

/// <summary>Detects formats that readers also find behind other bytes: PDF documents, PostScript and ZIP archives.</summary>
/// <remarks>
/// It is asked only when no format is recognized at the first byte. PDF readers accept the header within the first 1,024 bytes, behind what
/// mail programs, printers and web servers leave there.
/// </remarks>
internal static class PrefixedContent
{
    private static readonly SearchValues<byte> Whitespace = SearchValues.Create(" \t\r\n\f\0"u8);

    private const int MaxPrefix = 1024;

    // Formats that are not detected otherwise, and whose bytes could hide a document from programs that read them.
    private static readonly byte[][] Others =
    [
        [.. "BZh"u8], [.. "MSCF"u8], [.. "MThd"u8], [.. "AT&TFORM"u8], [0x30, 0x26, 0xB2, 0x75], [0, 0, 0, 0x0C], [.. "glTF"u8],
        [.. "RIFF"u8], [.. "FORM"u8],
    ];

    public static FileFormat? Detect(ref ContentSample content)
    {
        var head = content.Head;
        var header = head[..Math.Min(head.Length, MaxPrefix + "%PDF-"u8.Length - 1)].IndexOf("%PDF-"u8);
        var isDocument = header > 0 && IsDocument(head, header);
        if (!isDocument && IsPrintJob(head))
            return FileFormats.PostScript;
        // An archive contains zeros. Text needs no second look at its end.
        if (!isDocument && !head.Contains((byte)0))
            return null;
        // Where both readers find their format, neither decides.
        return content.EndsWithArchive ?? ZipContent.TryFindEndRecord(ref content, out _) ? FileFormats.PrefixedZip
            : isDocument ? FileFormats.Pdf
            : null;
    }

    // Printer drivers write commands of the printer job language (PJL) before PostScript.
    private static bool IsPrintJob(ReadOnlySpan<byte> head) =>
        head.StartsWith("\u001B%-12345X"u8) && head[..Math.Min(head.Length, MaxPrefix)].IndexOf("%!PS"u8) > 0;

    // Text may also mention the header. Bytes other than space before it therefore need an object behind it, and the header begins a line
    // unless they are binary.
    private static bool IsDocument(ReadOnlySpan<byte> head, int header)
    {
        var after = head[(header + 5)..];
        if (after.Length < 3 || !char.IsAsciiDigit((char)after[0]) || after[1] != '.' || !char.IsAsciiDigit((char)after[2]))
            return false;
        var before = head[..header];
        if (before.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            before = before[3..];
        if (!before.ContainsAnyExcept(Whitespace))
            return true;
        return HasObject(after)
            && (before[^1] is (byte)'\r' or (byte)'\n' || before.Contains((byte)0))
            && !IsOtherContent(before);
    }

    // An object begins with two numbers and the keyword, such as "1 0 obj" (ISO 32000-2 §7.3.10).
    private static bool HasObject(ReadOnlySpan<byte> bytes)
    {
        for (var at = bytes.IndexOf(" obj"u8); at >= 0; at = bytes.IndexOf(" obj"u8))
        {
            if (at > 0 && char.IsAsciiDigit((char)bytes[at - 1]))
                return true;
            bytes = bytes[(at + 1)..];
        }

        return false;
    }

    // A comment would hide the document from an interpreter, and a tag anywhere would make it a page.
    private static bool IsOtherContent(ReadOnlySpan<byte> before)
    {
        var all = before;
        var start = before.TrimStart(" \t\r\n\f\0"u8);
        if (start.StartsWith("<"u8) || start.StartsWith("/*"u8) || start.StartsWith("//"u8) || start.StartsWith("#!"u8))
            return true;
        for (var at = before.IndexOf((byte)'<'); at >= 0; at = before.IndexOf((byte)'<'))
        {
            before = before[at..];
            if (MarkupStart.Detect(new TextStart(before)) is not null)
                return true;
            before = before[1..];
        }

        return FormatDetection.DetectSigned(start, start.Length) is not null || IsOther(all);
    }

    private static bool IsOther(ReadOnlySpan<byte> before)
    {
        foreach (var signature in Others)
        {
            if (before.StartsWith(signature) || before.TrimStart(" \t\r\n\f\0"u8).StartsWith(signature))
                return true;
        }

        return false;
    }
}
