using System.Collections.Frozen;
using DirectUpload.Stores;

namespace DirectUpload.Profiles;

/// <summary>Creates Content-Disposition headers: inline only if the profile allows it and the type cannot contain script.</summary>
/// <remarks>Browsers run script in HTML, SVG, XML and other types.</remarks>
internal static class ContentDisposition
{
    /// <summary>The maximum length of a created header, in bytes.</summary>
    public static readonly int MaxLength = "attachment; ".Length + DispositionFileName.MaxLength;

    // The inspector recognizes the content of all these types, so nothing else is served under their names.
    private static readonly FrozenSet<string> InlineTypes = new[]
    {
        "image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/heic", "image/heif", "image/bmp",
        "audio/mpeg", "audio/mp4", "audio/wav", "audio/ogg", "audio/flac", "audio/aiff", "audio/webm", "audio/x-matroska", "audio/3gpp",
        "audio/3gpp2", "video/mp4", "video/quicktime", "video/webm", "video/ogg", "video/x-matroska", "video/x-msvideo", "video/3gpp",
        "video/3gpp2", "application/pdf", "text/plain",
    }.ToFrozenSet();

    /// <summary>Creates the Content-Disposition of a record's content.</summary>
    public static string Create(UploadRecord record, UploadProfile profile) =>
        Create(ContentFileName.Create(record), record.ContentType, profile);

    /// <summary>Creates the Content-Disposition of content with a file name and a type.</summary>
    public static string Create(string fileName, string contentType, UploadProfile profile) =>
        $"{(profile.Inline && IsSafeInline(contentType) ? "inline" : "attachment")}; {DispositionFileName.Format(fileName)}";

    /// <summary>
    /// Creates the settings of the final object. An ACL that grants access to others is set only after the upload is accepted.
    /// </summary>
    public static ObjectSettings CreateObjectSettings(UploadRecord record, UploadProfile profile) => profile.ObjectSettings with
    {
        Acl = profile.GetStagingSettings().Acl,
        ContentDisposition = profile.ObjectSettings.ContentDisposition ?? Create(record, profile),
    };

    /// <summary>
    /// Creates the settings of a variant: those of the final object, without the encoding, which describes only its bytes.
    /// </summary>
    public static ObjectSettings CreateVariantSettings(UploadRecord record, string name, string contentType, UploadProfile profile) =>
        profile.ObjectSettings with
        {
            Acl = profile.GetStagingSettings().Acl,
            ContentDisposition = profile.ObjectSettings.ContentDisposition
                ?? Create(GetVariantFileName(record, name), contentType, profile),
            ContentEncoding = null,
        };

    /// <summary>Gets the file name of a variant for downloads, such as <c>holiday.thumbnail.webp</c>.</summary>
    public static string GetVariantFileName(UploadRecord record, string name) =>
        DispositionFileName.Shorten($"{Path.GetFileNameWithoutExtension(record.FileName)}.{name}", $".{name}");

    /// <summary>Returns whether the inspector recognizes content of a type, and browsers run no script in it.</summary>
    public static bool IsSafeInline(string contentType) => InlineTypes.Contains(MediaTypes.Canonicalize(contentType));

}
