namespace DirectUpload.Processing.Inspection;

/// <summary>Runs the format detectors in order: exact signatures first, heuristics for text last.</summary>
/// <remarks>
/// A format whose signature is at offset 0 wins over formats that readers also find elsewhere in a file, such as PDF and ZIP. A program
/// with an archive at its end is a program, and a PDF document that contains an archive is a PDF document.
/// </remarks>
internal static class FormatDetection
{
    public static FileFormat? Detect(ref ContentSample content) =>
        ZipContent.IsMatch(content.Head) ? ZipContent.Detect(ref content)
        : CompoundContent.IsMatch(content.Head) ? CompoundContent.Detect(ref content)
        : DetectSigned(content.Head, content.Size) is { } signed
            ? MarkupBehindSignature.Detect(signed, content.Head, content.Size) ?? signed
        : TaggedAudio.Detect(ref content)
            ?? MpegAudio.Detect(content.Head, content.Size)
            ?? MpegPackets.Detect(content.Head, content.Size)
            ?? MarkupStart.Detect(new TextStart(content.Head))
            ?? ScriptStart.Detect(new TextStart(content.Head))
            ?? PrefixedContent.Detect(ref content);

    /// <summary>Detects the formats that are recognized by a header at the first byte.</summary>
    public static FileFormat? DetectSigned(ReadOnlySpan<byte> head, long size) =>
        Signatures.Detect(head)
            ?? RiffContent.Detect(head)
            ?? OggContent.Detect(head)
            ?? EbmlContent.Detect(head)
            ?? IsoMedia.Detect(head, size)
            ?? WeakSignatures.Detect(head);
}
