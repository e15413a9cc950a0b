namespace DirectUpload.Confirmation;

/// <summary>
/// Decides from an object's first and last bytes whether its content is what was declared. Pure computation: whoever calls it reads the
/// bytes, and reads them from the frozen copy, never from the object that the client can still replace.
/// </summary>
/// <remarks>
/// <para>A declared type with a signature must show it. A declared text must be text, and must not be a page or a script that calls
/// itself text. Any other type is accepted unless its bytes are code. <c>application/octet-stream</c> claims nothing, so nothing can
/// contradict it: it is accepted whatever it holds, and is safe only because it is served as an attachment.</para>
/// <para>Formats are told by how they begin. An image that also contains a script is an image: it is served as one, with
/// <c>nosniff</c>. Nothing here scans for viruses or proves that a file is well-formed.</para>
/// </remarks>
internal static class ContentInspector
{
    /// <summary>How much of an object's beginning to read, in bytes.</summary>
    public const int HeadLength = 64 * 1024;

    /// <summary>How much of an object's end to read when <see cref="NeedsTail"/>, in bytes.</summary>
    public const int TailLength = 64 * 1024;

    /// <summary>Whether the verdict also needs the object's end: archives list their entries there.</summary>
    public static bool NeedsTail(ReadOnlySpan<byte> head, long size) =>
        size > head.Length && (ZipContent.Begins(head) || CompoundContent.Begins(head));

    /// <param name="declaredType">The content type that the record promises; parameters are ignored, and no type claims nothing.</param>
    /// <param name="head">The first bytes: all of a small object, else <see cref="HeadLength"/>.</param>
    /// <param name="tail">The last bytes when <see cref="NeedsTail"/>, else empty.</param>
    /// <param name="size">The object's whole size in bytes.</param>
    public static Inspection Inspect(string? declaredType, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, long size)
    {
        var declared = MediaTypeEssence.Of(declaredType);
        var signed = SignedTypes.FormatsOf(declared);
        if (size == 0)
            return signed is null ? Inspection.Accept(null) : Inspection.Refuse(declared, null, "it is empty");

        var found = FormatDetection.Detect(head, tail, size);
        if (signed is not null)
        {
            return IsOneOf(signed, found) ? Inspection.Accept(found)
                : Inspection.Refuse(declared, found, $"its bytes are {found?.Noun ?? $"not {signed[0].Noun}"}");
        }

        if (MediaTypeEssence.ClaimsNothing(declared))
            return Inspection.Accept(found);
        // Fail closed: what was not looked at was not found to be harmless.
        if (head.IsEmpty)
            return Inspection.Refuse(declared, null, "none of its bytes could be read");
        if (TextTypes.MayHold(declared) is { } allowed)
            return InspectText(declared, allowed, found, head, size);
        return found is { RunsCode: true } ? Refuse(declared, found) : Inspection.Accept(found);
    }

    private static Inspection InspectText(
        ReadOnlySpan<char> declared, FileFormat[] allowed, FileFormat? found, ReadOnlySpan<byte> head, long size)
    {
        if (found is not null && !IsOneOf(allowed, found))
            return Refuse(declared, found);
        var encoding = TextEncodings.Of(head, size);
        if (encoding == TextEncoding.None)
            return Inspection.Refuse(declared, found, "its bytes are not text");
        if (encoding != TextEncoding.Utf8 && TextTypes.MustBeUtf8(declared))
            return Inspection.Refuse(declared, found, "its bytes are not UTF-8 text");
        return Inspection.Accept(found);
    }

    private static bool IsOneOf(FileFormat[] formats, FileFormat? found) => Array.IndexOf(formats, found) >= 0;

    private static Inspection Refuse(ReadOnlySpan<char> declared, FileFormat found) =>
        Inspection.Refuse(declared, found, $"its bytes are {found.Noun}");
}
