namespace DirectUpload.Processing.Inspection;

/// <summary>Detects a page that begins with the signature of another format.</summary>
/// <remarks>
/// Content of a binary format is never text behind its signature. Documents that are text may mention a tag in their first words, but do
/// not begin with a whole page. A page with a real image before or behind it is an image.
/// </remarks>
internal static class MarkupBehindSignature
{
    private const int MaxSignatureLength = 32;

    private static readonly FileFormat[] TextDocuments = [FileFormats.Pdf, FileFormats.Rtf, FileFormats.PostScript];

    /// <summary>Detects the markup behind the signature of a format.</summary>
    /// <returns>The format of the markup; null when the content is what its signature says.</returns>
    public static FileFormat? Detect(FileFormat signed, ReadOnlySpan<byte> head, long size)
    {
        for (var at = 0; at < Math.Min(head.Length, MaxSignatureLength); at++)
        {
            if (head[at] == '<'
                && MarkupStart.Detect(new TextStart(head[at..])) is { IsExecutable: true } markup
                && (markup != FileFormats.HtmlFragment || !TextDocuments.Contains(signed))
                && TextEncodings.Detect(head[at..], size - at) == TextEncoding.Utf8)
                return markup;
        }

        return null;
    }
}
