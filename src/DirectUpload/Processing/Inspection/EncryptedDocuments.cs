namespace DirectUpload.Processing.Inspection;

/// <summary>Decides whether a password-protected Office document is accepted (MS-OFFCRYPTO §2.3).</summary>
/// <remarks>
/// Such a document is an OLE compound file with the encrypted document in it. Nothing in it can be checked without the password, neither
/// its type nor whether it has macros.
/// </remarks>
internal static class EncryptedDocuments
{
    private const string OpenXml = "application/vnd.openxmlformats-officedocument.";

    /// <summary>Returns whether the type is that of an Office document which Office encrypts this way.</summary>
    public static bool IsOfficeType(ReadOnlySpan<char> type) => FindLegacyType(type) is not null;

    /// <summary>Returns whether a profile accepts password-protected documents of a declared type.</summary>
    /// <remarks>
    /// Without a setting, listing the legacy and a current type of one program accepts them: the profile then takes OLE files of that
    /// program, whose content is not checked for macros either. A wildcard lists no type.
    /// </remarks>
    public static bool AreAllowed(UploadProfile profile, string declaredType)
    {
        if (profile.AllowEncryptedDocuments is { } allowed)
            return allowed;
        var declared = MediaTypeEssence.Parse(declaredType).ToString();
        return FindLegacyType(declared) is { } legacy
            && Lists(profile, type => IsType(type, legacy))
            && Lists(profile, type => IsType(type, declared))
            && Lists(profile, type => !IsType(type, legacy) && FindLegacyType(type) == legacy);
    }

    private static bool Lists(UploadProfile profile, Func<string, bool> isMatch) =>
        profile.ContentTypes.Any(listed => isMatch(listed.Trim()));

    private static bool IsType(string type, string other) => string.Equals(type, other, StringComparison.OrdinalIgnoreCase);

    private static string? FindLegacyType(ReadOnlySpan<char> type) =>
        IsOf(type, OpenXml + "wordprocessingml.", "application/vnd.ms-word.", FileFormats.Doc.MediaType) ? FileFormats.Doc.MediaType
        : IsOf(type, OpenXml + "spreadsheetml.", "application/vnd.ms-excel.", FileFormats.Xls.MediaType) ? FileFormats.Xls.MediaType
        : IsOf(type, OpenXml + "presentationml.", "application/vnd.ms-powerpoint.", FileFormats.Ppt.MediaType) ? FileFormats.Ppt.MediaType
        : null;

    private static bool IsOf(ReadOnlySpan<char> type, string openXml, string macros, string legacy) =>
        type.StartsWith(openXml, StringComparison.OrdinalIgnoreCase)
        || type.StartsWith(macros, StringComparison.OrdinalIgnoreCase)
        || type.Equals(legacy, StringComparison.OrdinalIgnoreCase);
}
