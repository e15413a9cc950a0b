using DirectUpload.Stores;

namespace DirectUpload.Profiles;

/// <summary>Gives file names and keys the extension of the type that the content was found to have.</summary>
internal static class ContentFileName
{
    /// <summary>Gets the file name for downloads: the client's, with another extension when the bytes decided on another type.</summary>
    public static string Create(UploadRecord record) =>
        HasDeclaredType(record) ? record.FileName : Create(record.FileName, record.ContentType);

    /// <summary>Replaces or appends the extension of a file name unless it is usual for a type.</summary>
    /// <remarks>
    /// An extension that no other type uses is part of the name ("report v1.2"), so it is kept and the new one follows. Containers such
    /// as ZIP keep every name, because formats that this library does not recognize are built on them, and any name can be one of a text.
    /// </remarks>
    public static string Create(string fileName, string contentType)
    {
        var usual = MediaTypes.GetExtensions(contentType);
        var current = Path.GetExtension(fileName);
        if (usual.Count == 0 || contentType == "text/plain" || usual.Contains(current, StringComparer.OrdinalIgnoreCase))
            return fileName;
        if (MediaTypes.FindByFileName(fileName) is not null)
            return fileName[..^current.Length] + usual[0];
        return current.Length > 1 && ContainerTypes.Contains(contentType) ? fileName : fileName + usual[0];
    }

    /// <summary>Returns the extensions that a file of a type can have: the one of its name when it is usual, else the usual ones.</summary>
    public static IReadOnlyList<string> GetExtensions(string fileName, string contentType)
    {
        var current = Path.GetExtension(fileName);
        var usual = MediaTypes.GetExtensions(contentType);
        return usual.Count == 0 || usual.Contains(current, StringComparer.OrdinalIgnoreCase) ? [current] : usual;
    }

    /// <summary>Creates the final key for another content type: the same key with an extension that is usual for the type.</summary>
    /// <remarks>The key of an object that is finalized in place, and a key without the extension of the file name, stay.</remarks>
    public static string CreateFinalKey(UploadRecord record, string contentType)
    {
        var current = SafeKeySegment.ForExtension(record.FileName);
        var next = SafeKeySegment.ForExtension(Create(record.FileName, contentType));
        return record.FinalKey != record.StagingKey && current.Length > 0 && next.Length > 0
            && record.FinalKey.AsSpan().EndsWith(current)
            ? string.Concat(record.FinalKey.AsSpan()[..^current.Length], next)
            : record.FinalKey;
    }

    /// <summary>Returns whether the content type is still the declared one, because no bytes have decided on another.</summary>
    public static bool HasDeclaredType(UploadRecord record) => MediaTypes.Canonicalize(record.SentContentType) == record.ContentType;
}
