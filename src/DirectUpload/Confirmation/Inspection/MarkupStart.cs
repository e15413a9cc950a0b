namespace DirectUpload.Confirmation;

/// <summary>
/// Tells HTML, SVG, XML and server pages by their beginning, past white space, comments, processing instructions and a document type.
/// The tags are those of WHATWG MIME Sniffing §7.1 and others that a browser would act upon.
/// </summary>
internal static class MarkupStart
{
    public static FileFormat? Detect(TextStart text)
    {
        FileFormat? soFar = null;
        for (var at = text.SkipSpace(0); text[at] == '<'; at = text.SkipSpace(at))
        {
            if (text.Has(at, "<%"))
                return FileFormats.ServerPage;
            if (text.Has(at, "<?php") || text.Has(at, "<?=") || (text.Has(at, "<?") && TextStart.IsSpace(text[at + 2])))
                return FileFormats.Php;

            var next = -1;
            if (text.Has(at, "<!--"))
            {
                // A comment is the last row of the standard's table of HTML.
                soFar ??= FileFormats.HtmlFragment;
                next = AfterComment(text, at);
            }
            else if (text.Has(at, "<?"))
            {
                soFar = FileFormats.Xml;
                next = text.After(at, "?>");
            }
            else if (text.Has(at, "<!doctype"))
            {
                var root = MarkupName.Read(text, text.SkipSpace(at + "<!doctype".Length));
                if (root.IsLocally("html"))
                    return FileFormats.Html;
                if (root.IsLocally("svg"))
                    return FileFormats.Svg;
                soFar = FileFormats.Xml;
                next = AfterDocumentType(text, at);
            }
            else
            {
                return OfTag(MarkupName.Read(text, at + 1), soFar) ?? soFar;
            }

            if (next < 0)
                return soFar;
            at = next;
        }

        return soFar;
    }

    private static FileFormat? OfTag(MarkupName tag, FileFormat? soFar)
    {
        if (tag.IsLocally("svg"))
            return FileFormats.Svg;
        if (tag.IsLocally("html") || tag.IsLocally("script"))
            return FileFormats.Html;
        // What XML calls "title" or "link" is its own affair.
        if (soFar == FileFormats.Xml)
            return null;
        return tag.IsOneOf(MarkupName.PageTags) ? FileFormats.Html
            : tag.IsOneOf(MarkupName.FragmentTags) ? FileFormats.HtmlFragment
            : null;
    }

    // HTML ends a comment also by --!>, and <!--> at once; starting at the dashes finds the latter.
    private static int AfterComment(TextStart text, int at)
    {
        for (var dash = at + 2; dash + 2 < text.Length; dash++)
        {
            if (text[dash] == '-' && text.Has(dash, "-->"))
                return dash + 3;
            if (text[dash] == '-' && text.Has(dash, "--!>"))
                return dash + 4;
        }

        return -1;
    }

    // To the > that is neither quoted nor inside the [ internal subset ].
    private static int AfterDocumentType(TextStart text, int at)
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
