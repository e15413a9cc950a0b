using System.Collections.Frozen;

namespace DirectUpload.Profiles;

/// <summary>Lists the types on which other formats are built, such as TIFF for raw images and ZIP for documents.</summary>
/// <remarks>Content with the bytes of a container may therefore have an unknown declared type without contradicting it.</remarks>
internal static class ContainerTypes
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "application/zip", "application/gzip", "application/vnd.rar", "application/x-7z-compressed",
        "application/x-ole-storage", "application/ogg", "application/xml", "application/pdf",
        "image/tiff", "video/mp4", "video/quicktime", "video/3gpp", "video/x-matroska",
    }.ToFrozenSet();

    public static bool Contains(string canonical) => Names.Contains(canonical);
}
