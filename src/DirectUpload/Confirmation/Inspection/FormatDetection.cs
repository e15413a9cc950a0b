namespace DirectUpload.Confirmation;

/// <summary>Asks every detector in turn: the certain signatures first, the guesses at text last.</summary>
internal static class FormatDetection
{
    public static FileFormat? Detect(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, long size) =>
        ZipContent.Begins(head) ? ZipContent.Detect(head, tail, size)
        : CompoundContent.Begins(head) ? CompoundContent.Detect(head, tail, size)
        : Signatures.Detect(head)
            ?? RiffContent.Detect(head)
            ?? EbmlContent.Detect(head)
            ?? IsoMedia.Detect(head, size)
            ?? WeakSignatures.Detect(head)
            ?? MpegAudio.Detect(head, size)
            ?? MarkupStart.Detect(new TextStart(head))
            ?? ScriptStart.Detect(new TextStart(head));
}
