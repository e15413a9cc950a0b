using NetVips;

namespace DirectUpload.Imaging.Tests.Images;

/// <summary>Finds what an image file says about its origin.</summary>
internal static class Metadata
{
    private static readonly string[] Names = ["exif-", "xmp-", "iptc-", "icc-", "photoshop-", "png-comment", "gif-comment", "orientation"];

    /// <summary>Returns the names of the metadata of a file: EXIF with positions, XMP, IPTC, comments, color profiles.</summary>
    public static IReadOnlyList<string> Find(byte[] file)
    {
        using var image = Image.NewFromBuffer(file);
        return [.. image.GetFields().Where(field => Names.Any(name => field.StartsWith(name, StringComparison.Ordinal)))];
    }
}
