using System.Collections.Frozen;
using static DirectUpload.Confirmation.FileFormats;

namespace DirectUpload.Confirmation;

/// <summary>The declared types that are text, and the recognisable formats that each of them may honestly be.</summary>
internal static class TextTypes
{
    private static readonly FileFormat[] Data = [];
    private static readonly FileFormat[] Prose = [Xml];
    private static readonly FileFormat[] Markup = [Xml, HtmlFragment];
    private static readonly FileFormat[] Page = [Html, HtmlFragment, Svg, Xml];
    private static readonly FileFormat[] Script = [Shell];
    private static readonly FileFormat[] Program = [JavaScript, Shell];
    private static readonly FileFormat[] ServerProgram = [Php, Shell, Html, HtmlFragment];

    private static readonly FrozenDictionary<string, FileFormat[]>.AlternateLookup<ReadOnlySpan<char>> Known =
        new Dictionary<string, FileFormat[]>
        {
            ["application/json"] = Data,
            ["application/x-ndjson"] = Data,
            ["application/jsonl"] = Data,
            ["application/csv"] = Data,
            ["text/csv"] = Data,
            ["text/tab-separated-values"] = Data,
            ["application/yaml"] = Data,
            ["application/x-yaml"] = Data,
            ["application/toml"] = Data,
            ["application/sql"] = Data,
            // A browser runs the scripts of all of these as it runs a page's. Whether to allow them is the profile's choice.
            ["text/html"] = Page,
            ["application/xhtml+xml"] = Page,
            ["application/xml"] = Page,
            ["text/xml"] = Page,
            // Markdown may begin with a centred logo (CommonMark §4.6), but is no whole page.
            ["text/markdown"] = Markup,
            ["text/x-markdown"] = Markup,
            ["text/javascript"] = Program,
            ["application/javascript"] = Program,
            ["application/x-javascript"] = Program,
            ["text/ecmascript"] = Program,
            ["application/ecmascript"] = Program,
            ["text/typescript"] = Program,
            ["text/x-typescript"] = Program,
            ["text/jsx"] = Program,
            ["application/x-sh"] = Script,
            ["text/x-sh"] = Script,
            ["application/x-shellscript"] = Script,
            ["text/x-shellscript"] = Script,
            ["application/x-csh"] = Script,
            ["application/x-bat"] = Script,
            ["text/x-python"] = Script,
            ["text/x-python-script"] = Script,
            ["text/x-perl"] = Script,
            ["application/x-perl"] = Script,
            ["text/x-ruby"] = Script,
            ["application/x-httpd-php"] = ServerProgram,
            ["application/x-php"] = ServerProgram,
            ["text/x-php"] = ServerProgram,
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Null when the type is not text.</summary>
    public static FileFormat[]? MayHold(ReadOnlySpan<char> type) =>
        Known.TryGetValue(type, out var formats) ? formats
        : type.EndsWith("+json", StringComparison.OrdinalIgnoreCase) ? Data
        // XML without a declaration may have a root that HTML also knows, such as DocBook's article.
        : type.EndsWith("+xml", StringComparison.OrdinalIgnoreCase) ? Markup
        : type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) ? Prose
        : null;

    /// <summary>JSON between strangers is UTF-8 (RFC 8259 §8.1). Other text is often Windows-1252 or UTF-16, and is left alone.</summary>
    public static bool MustBeUtf8(ReadOnlySpan<char> type) =>
        type.EndsWith("json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("jsonl", StringComparison.OrdinalIgnoreCase);
}
