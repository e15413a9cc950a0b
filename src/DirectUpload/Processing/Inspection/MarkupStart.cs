namespace DirectUpload.Processing.Inspection;

/// <summary>Detects HTML, SVG, XML and server pages by the first tag of a text.</summary>
/// <remarks>
/// White space, comments, processing instructions and a document type before the tag are skipped. The tags are those of WHATWG MIME
/// Sniffing §7.1 and others that browsers process.
/// </remarks>
internal static class MarkupStart
{
    public static FileFormat? Detect(TextStart text)
    {
        FileFormat? soFar = null;
        for (var at = text.SkipSpace(0); text[at] == '<'; at = text.SkipSpace(at))
        {
            if (text.MatchesAt(at, "<%"))
                return FileFormats.ServerPage;
            if (text.MatchesAt(at, "<?php") || text.MatchesAt(at, "<?=") || (text.MatchesAt(at, "<?") && TextStart.IsSpace(text[at + 2])))
                return FileFormats.Php;

            var next = -1;
            if (text.MatchesAt(at, "<!--"))
            {
                // The standard's table of HTML signatures includes a comment (last row).
                soFar ??= FileFormats.HtmlFragment;
                next = SkipComment(text, at);
            }
            else if (text.MatchesAt(at, "<?"))
            {
                soFar = FileFormats.Xml;
                next = text.IndexAfter(at, "?>");
            }
            else if (text.MatchesAt(at, "<!doctype"))
            {
                var root = MarkupName.Read(text, text.SkipSpace(at + "<!doctype".Length));
                if (root.HasLocalName("html"))
                    return FileFormats.Html;
                if (root.HasLocalName("svg"))
                    return FileFormats.Svg;
                soFar = FileFormats.Xml;
                next = SkipDocumentType(text, at);
            }
            else
            {
                return DetectTag(MarkupName.Read(text, at + 1), soFar) ?? soFar;
            }

            if (next < 0)
                return soFar;
            at = next;
        }

        return soFar;
    }

    private static FileFormat? DetectTag(MarkupName tag, FileFormat? soFar)
    {
        if (tag.HasLocalName("svg"))
            return FileFormats.Svg;
        if (tag.HasLocalName("html") || tag.HasLocalName("script"))
            return FileFormats.Html;
        // In other XML vocabularies, elements such as "title" and "link" have other meanings.
        if (soFar == FileFormats.Xml)
            return null;
        return tag.IsOneOf(MarkupName.PageTags) ? FileFormats.Html
            : tag.IsOneOf(MarkupName.FragmentTags) ? FileFormats.HtmlFragment
            : null;
    }

    // In HTML, --!> also ends a comment, and <!--> is a complete one. The scan starts at the opening dashes to find the latter.
    private static int SkipComment(TextStart text, int at)
    {
        for (var dash = at + 2; dash + 2 < text.Length; dash++)
        {
            if (text[dash] == '-' && text.MatchesAt(dash, "-->"))
                return dash + 3;
            if (text[dash] == '-' && text.MatchesAt(dash, "--!>"))
                return dash + 4;
        }

        return -1;
    }

    // Skips to the > that is neither quoted nor inside the [ internal subset ].
    private static int SkipDocumentType(TextStart text, int at)
    {
        var quote = '\0';
        var depth = 0;
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'')
                quote = c;
            else if (c is '[' or ']')
                depth += c == '[' ? 1 : -1;
            else if (c == '>' && depth <= 0)
                return at + 1;
        }

        return -1;
    }
}
