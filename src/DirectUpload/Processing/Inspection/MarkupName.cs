namespace DirectUpload.Processing.Inspection;

/// <summary>
/// The name of a tag or a document type. It is empty unless a delimiter follows, so <c>&lt;body</c> does not match <c>&lt;b</c>.
/// </summary>
internal readonly ref struct MarkupName
{
    /// <summary>Tags of a whole page, and tags that run code, load content or redirect without user action.</summary>
    public static readonly string[] PageTags =
    [
        "head", "body", "title", "style", "iframe", "frameset", "object", "embed", "applet", "base", "meta", "link", "template", "noscript",
    ];

    /// <summary>Tags that occur in a page but may also occur in Markdown.</summary>
    public static readonly string[] FragmentTags =
    [
        "h1", "h2", "h3", "h4", "h5", "h6", "div", "font", "table", "a", "b", "br", "p", "i", "u", "em", "strong", "span", "center", "img",
        "image", "picture", "video", "audio", "ul", "ol", "dl", "pre", "code", "hr", "form", "input", "button", "select", "textarea",
        "details", "section", "article", "header", "nav", "main", "blockquote", "kbd", "sub", "sup", "marquee",
    ];

    private readonly TextStart _text;
    private readonly int _start;
    private readonly int _local;
    private readonly int _end;

    private MarkupName(TextStart text, int start, int local, int end)
    {
        _text = text;
        _start = start;
        _local = local;
        _end = end;
    }

    public static MarkupName Read(TextStart text, int start)
    {
        var local = start;
        var end = start;
        for (; char.IsAsciiLetterOrDigit(text[end]) || text[end] is '-' or '_' or '.' or ':'; end++)
        {
            if (text[end] == ':')
                local = end + 1;
        }

        // In the standard, a space or > ends a tag name. Parsers also accept other white space and a slash, as in <svg/onload=…>.
        return TextStart.IsSpace(text[end]) || text[end] is '>' or '/' or '['
            ? new MarkupName(text, start, local, end)
            : new MarkupName(text, end, end, end);
    }

    /// <summary>Returns whether the name, without its namespace prefix, is the given name.</summary>
    public bool HasLocalName(string lower) => _end - _local == lower.Length && _text.MatchesAt(_local, lower);

    /// <summary>Returns whether the whole name, including a prefix, is one of the given names.</summary>
    public bool IsOneOf(string[] lower)
    {
        foreach (var name in lower)
        {
            if (_end - _start == name.Length && _text.MatchesAt(_start, name))
                return true;
        }

        return false;
    }
}
