using System.Text;
using DirectUpload.Profiles;
using DirectUpload.Uploads;

namespace DirectUpload.Confirmation;

/// <summary>How content is shown to a browser: in place only where the profile wants it and the type can't carry script.</summary>
/// <remarks>Sources: RFC 6266, RFC 8187; the types that can carry script are those that browsers run: HTML, SVG, XML, …</remarks>
internal static class Disposition
{
    private static readonly string[] InlineTypes =
        ["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/heic", "image/heif", "image/bmp", "application/pdf", "text/plain"];

    /// <summary>The Content-Disposition that a record's content is served with.</summary>
    public static string Of(UploadRecord record, UploadProfile profile) => Of(record.FileName, record.ContentType, profile);

    /// <summary>The Content-Disposition that something is served with under a name of its own.</summary>
    public static string Of(string fileName, string contentType, UploadProfile profile) =>
        $"{(profile.Inline && IsSafeInline(contentType) ? "inline" : "attachment")}; {FileName(fileName)}";

    /// <summary>The profile's settings for the object that is served, with that; without an ACL that opens it to others before it is accepted.</summary>
    public static ObjectSettings Settings(UploadRecord record, UploadProfile profile) => profile.ObjectSettings with
    {
        Acl = profile.StagingSettings().Acl,
        ContentDisposition = profile.ObjectSettings.ContentDisposition ?? Of(record, profile),
    };

    /// <summary>The same for an object that a processor has made: everything but the encoding, which is that of the content's bytes.</summary>
    public static ObjectSettings VariantSettings(UploadRecord record, string name, string contentType, UploadProfile profile) => profile.ObjectSettings with
    {
        Acl = profile.StagingSettings().Acl,
        ContentDisposition = profile.ObjectSettings.ContentDisposition ?? Of(VariantName(record, name), contentType, profile),
        ContentEncoding = null,
    };

    /// <summary>The file name that a variant is served with: <c>holiday.thumbnail.webp</c>.</summary>
    public static string VariantName(UploadRecord record, string name) => $"{Path.GetFileNameWithoutExtension(record.FileName)}.{name}";

    /// <summary>Whether a type is known to run no script in a browser.</summary>
    public static bool IsSafeInline(string contentType) =>
        InlineTypes.Contains(contentType)
        || contentType.StartsWith("audio/", StringComparison.Ordinal)
        || contentType.StartsWith("video/", StringComparison.Ordinal);

    private static string FileName(string name)
    {
        var ascii = new StringBuilder(name.Length);
        foreach (var c in name)
            ascii.Append(c is < ' ' or > '~' or '"' or '\\' or '%' ? '_' : c);
        // A header's value with two spaces in a row would be folded on its way, and break the signature over it.
        while (ascii.ToString().Contains("  ", StringComparison.Ordinal))
            ascii.Replace("  ", " ");
        return ascii.Equals(name) ? $"filename=\"{name}\"" : $"filename=\"{ascii}\"; filename*=UTF-8''{Encoded(name)}";
    }

    // RFC 8187's attr-char leaves ' ( ) * to be escaped; so does Uri.EscapeDataString since .NET 4.5.
    private static string Encoded(string name) => Uri.EscapeDataString(name);
}
