namespace DirectUpload.Confirmation;

/// <summary>The name of a tag or a document type. It counts only when something ends it: <c>&lt;b</c> is no <c>&lt;body</c>.</summary>
internal readonly ref struct MarkupName
{
    /// <summary>A page, or what runs, loads or redirects by itself.</summary>
    public static readonly string[] PageTags =
    [
        "head", "body", "title", "style", "iframe", "frameset", "object", "embed", "applet", "base", "meta", "link", "template", "noscript",
    ];

    /// <summary>What a page is made of, and what Markdown may also hold.</summary>
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

        // The standard ends a tag by a space or >; parsers end it by any white space and by a slash, as in <svg/onload=…>.
        return TextStart.IsSpace(text[end]) || text[end] is '>' or '/' or '['
            ? new MarkupName(text, start, local, end)
            : new MarkupName(text, end, end, end);
    }

    /// <summary>Whether this is the name, with or without a namespace prefix.</summary>
    public bool IsLocally(string lower) => _end - _local == lower.Length && _text.Has(_local, lower);

    /// <summary>Whether this is, without a prefix, one of the names.</summary>
    public bool IsOneOf(string[] lower)
    {
        foreach (var name in lower)
        {
            if (_end - _start == name.Length && _text.Has(_start, name))
                return true;
        }

        return false;
    }
}
