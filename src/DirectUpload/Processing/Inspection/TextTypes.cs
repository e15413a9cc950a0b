using System.Collections.Frozen;
using static DirectUpload.Processing.Inspection.FileFormats;

namespace DirectUpload.Processing.Inspection;

/// <summary>Lists the media types of text, by their canonical names, and the recognizable formats that are valid for each.</summary>
internal static class TextTypes
{
    private static readonly FileFormat[] Data = [];
    private static readonly FileFormat[] Prose = [Xml];
    private static readonly FileFormat[] Markup = [Xml, HtmlFragment];
    private static readonly FileFormat[] Page = [Html, HtmlFragment, Svg, Xml];
    private static readonly FileFormat[] Script = [Shell];
    private static readonly FileFormat[] Program = [JavaScript];
    // Qt's translations have the same file extension, and are XML.
    private static readonly FileFormat[] TypeScript = [JavaScript, Xml];
    private static readonly FileFormat[] ServerProgram = [Php, Shell, Html, HtmlFragment];

    private static readonly FrozenDictionary<string, FileFormat[]>.AlternateLookup<ReadOnlySpan<char>> AllowedFormats =
        new Dictionary<string, FileFormat[]>
        {
            ["application/json"] = Data,
            ["application/x-ndjson"] = Data,
            ["text/csv"] = Data,
            ["text/tab-separated-values"] = Data,
            ["application/yaml"] = Data,
            ["application/toml"] = Data,
            ["application/sql"] = Data,
            ["application/x-subrip"] = Data,
            ["application/vnd.apple.mpegurl"] = Data,
            // Browsers run scripts in content of all these types. The profile decides whether to allow them.
            ["text/html"] = Page,
            ["application/xhtml+xml"] = Page,
            ["application/xml"] = Page,
            ["application/vnd.oasis.opendocument.text-flat-xml"] = Prose,
            // Markdown may begin with HTML such as a centered logo (CommonMark §4.6), but must not be a whole page.
            ["text/markdown"] = Markup,
            ["text/javascript"] = Program,
            ["text/typescript"] = TypeScript,
            ["text/jsx"] = Program,
            ["application/x-sh"] = Script,
            ["application/x-csh"] = Script,
            ["application/x-bat"] = Script,
            ["text/x-python"] = Script,
            ["text/x-perl"] = Script,
            ["text/x-ruby"] = Script,
            ["application/x-httpd-php"] = ServerProgram,
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Returns the formats that are valid for a text type; null when the type is not text.</summary>
    public static FileFormat[]? FindAllowedFormats(ReadOnlySpan<char> type) =>
        AllowedFormats.TryGetValue(type, out var formats) ? formats
        : type.EndsWith("+json", StringComparison.OrdinalIgnoreCase) ? Data
        // XML without a declaration may have a root element that also exists in HTML, such as DocBook's article.
        : type.EndsWith("+xml", StringComparison.OrdinalIgnoreCase) ? Markup
        : type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) ? Prose
        : null;

    /// <summary>
    /// Returns whether content of the type must be UTF-8: JSON must (RFC 8259 §8.1), while other text is often Windows-1252 or UTF-16.
    /// </summary>
    public static bool MustBeUtf8(ReadOnlySpan<char> type) =>
        type.EndsWith("json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("jsonl", StringComparison.OrdinalIgnoreCase);
}
