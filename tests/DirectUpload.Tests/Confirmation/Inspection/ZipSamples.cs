using System.IO.Compression;
using System.Security.Cryptography;

namespace DirectUpload.Tests.Confirmation;

/// <summary>Archives, written by the platform's own writer.</summary>
internal static class ZipSamples
{
    public const string ContentTypes = "[Content_Types].xml";

    public static byte[] Of(params string[] names) => Of(0, names);

    /// <summary>Entries in this order, the first of them as large, and as incompressible, as asked.</summary>
    public static byte[] Of(int firstLength, params string[] names)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(name == names[0] && firstLength > 0 ? RandomNumberGenerator.GetBytes(firstLength) : "<x/>"u8);
            }
        }

        return stream.ToArray();
    }

    public static byte[] Document(params string[] parts) => Of([ContentTypes, "_rels/.rels", "docProps/app.xml", .. parts]);

    public static byte[] WithMimeType(string type)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var first = archive.CreateEntry("mimetype", CompressionLevel.NoCompression).Open())
                first.Write(Bytes.Ascii(type));
            using var manifest = archive.CreateEntry("META-INF/manifest.xml").Open();
            manifest.Write("<manifest/>"u8);
        }

        return stream.ToArray();
    }
}
