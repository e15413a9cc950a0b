using DirectUpload.Profiles;

namespace DirectUpload.Processing.Inspection;

/// <summary>Decides from an object's first and last bytes whether its content has the declared type.</summary>
/// <remarks>
/// <para>The class only computes. The caller reads the bytes from the final object, never from the staging object, which the client can
/// still replace.</para>
/// <para>Content of a type that has a signature must begin with that signature. Content of a text type must be text, and must not be an
/// HTML page or a script unless the declared type is one. Content of any other type is accepted unless it is executable.</para>
/// <para><c>application/octet-stream</c> declares nothing, so any content is accepted. That is safe because it is served as an
/// attachment.</para>
/// <para>Formats are recognized by their first bytes. An image that also contains a script is an image: it is served as one, with
/// <c>nosniff</c>. The inspector does not scan for viruses and does not prove that a file is well-formed.</para>
/// </remarks>
internal static class ContentInspector
{
    /// <summary>The number of bytes to read from the beginning of an object.</summary>
    public const int HeadLength = 64 * 1024;

    /// <summary>Compares the bytes of an object with its declared type.</summary>
    /// <param name="declaredType">The declared content type; parameters are ignored. No type is treated like the generic one.</param>
    /// <param name="content">The first bytes, and the ranges that the detectors need; see <see cref="ContentSampler"/>.</param>
    /// <param name="allowEncrypted">
    /// Whether a password-protected document is accepted as the Office document that it is declared as.
    /// </param>
    /// <returns>The detected type, and why the content is rejected, if it is.</returns>
    public static InspectionResult Inspect(string? declaredType, ContentSample content, bool allowEncrypted = false)
    {
        var declared = MediaTypeEssence.Parse(declaredType);
        var canonical = MediaTypes.Canonicalize(declared);
        var signed = SignedTypes.FindFormats(canonical);
        if (content.Size == 0)
            return signed is null ? InspectionResult.Accept(null) : InspectionResult.Reject(declared, null, "it is empty");

        var found = FormatDetection.Detect(ref content);
        if (found == FileFormats.Encrypted && allowEncrypted && EncryptedDocuments.IsOfficeType(declared))
            return new InspectionResult(declared.ToString(), null);
        if (signed is not null)
        {
            return IsOneOf(signed, found) ? InspectionResult.Accept(found)
                : InspectionResult.Reject(declared, found, $"its bytes are {found?.Description ?? $"not {signed[0].Description}"}");
        }

        if (declared.IsEmpty || canonical.SequenceEqual(MediaTypeTable.Generic))
            return InspectionResult.Accept(found);
        // Fail closed: content that could not be read cannot be accepted.
        if (content.Head.IsEmpty)
            return InspectionResult.Reject(declared, null, "none of its bytes could be read");
        if (TextTypes.FindAllowedFormats(canonical) is { } allowed)
            return InspectText(declared, allowed, found, content.Head, content.Size);
        return found is { IsExecutable: true } ? Reject(declared, found) : InspectionResult.Accept(found);
    }

    private static InspectionResult InspectText(
        ReadOnlySpan<char> declared, FileFormat[] allowed, FileFormat? found, ReadOnlySpan<byte> head, long size)
    {
        if (found is not null && !IsOneOf(allowed, found))
            return Reject(declared, found);
        var encoding = TextEncodings.Detect(head, size);
        if (encoding == TextEncoding.None)
            return InspectionResult.Reject(declared, found, "its bytes are not text");
        if (encoding != TextEncoding.Utf8 && TextTypes.MustBeUtf8(declared))
            return InspectionResult.Reject(declared, found, "its bytes are not UTF-8 text");
        return InspectionResult.Accept(found);
    }

    private static bool IsOneOf(FileFormat[] formats, FileFormat? found) => Array.IndexOf(formats, found) >= 0;

    private static InspectionResult Reject(ReadOnlySpan<char> declared, FileFormat found) =>
        InspectionResult.Reject(declared, found, $"its bytes are {found.Description}");
}
