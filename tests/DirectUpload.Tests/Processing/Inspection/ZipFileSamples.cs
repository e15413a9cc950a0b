using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace DirectUpload.Tests.Processing.Inspection;

/// <summary>Archives, written by the platform's own writer.</summary>
internal static class ZipFileSamples
{
    public const string ContentTypes = "[Content_Types].xml";

    public static byte[] Create(params string[] names) => Create(0, names);

    /// <summary>Entries in this order, the first of them as large, and as incompressible, as asked.</summary>
    public static byte[] Create(int firstLength, params string[] names)
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

    public static byte[] CreateDocument(params string[] parts) => Create([ContentTypes, "_rels/.rels", "docProps/app.xml", .. parts]);

    public static byte[] CreateWithMimeType(string type)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var first = archive.CreateEntry("mimetype", CompressionLevel.NoCompression).Open())
                first.Write(TestBytes.Ascii(type));
            using var manifest = archive.CreateEntry("META-INF/manifest.xml").Open();
            manifest.Write("<manifest/>"u8);
        }

        return stream.ToArray();
    }

    /// <summary>An archive whose entry <c>mimetype</c> comes last.</summary>
    public static byte[] CreateWithLateMimeType(int firstLength, int entries, bool compressed, string type)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(archive, "content.xml", CompressionLevel.NoCompression, RandomNumberGenerator.GetBytes(firstLength));
            for (var i = 0; i < entries; i++)
                Write(archive, $"Pictures/{i}.png", CompressionLevel.NoCompression, []);
            Write(archive, "mimetype", compressed ? CompressionLevel.Optimal : CompressionLevel.NoCompression, TestBytes.Ascii(type));
        }

        return stream.ToArray();
    }

    public static byte[] CreateNamed(string type, params string[] names)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(archive, "mimetype", CompressionLevel.NoCompression, TestBytes.Ascii(type));
            foreach (var name in names)
                Write(archive, name, CompressionLevel.Optimal, "<x/>"u8);
        }

        return stream.ToArray();
    }

    /// <summary>Puts bytes before an archive and corrects its offsets, so that it stays consistent.</summary>
    public static byte[] Prepend(byte[] before, byte[] archive)
    {
        byte[] all = [.. before, .. archive];
        var record = all.Length - 22;
        var directory = before.Length + (int)BinaryPrimitives.ReadUInt32LittleEndian(all.AsSpan(record + 16));
        BinaryPrimitives.WriteUInt32LittleEndian(all.AsSpan(record + 16), (uint)directory);
        for (var at = directory; at < record;)
        {
            var entry = all.AsSpan(at);
            BinaryPrimitives.WriteUInt32LittleEndian(
                entry[42..], BinaryPrimitives.ReadUInt32LittleEndian(entry[42..]) + (uint)before.Length);
            at += 46 + BinaryPrimitives.ReadUInt16LittleEndian(entry[28..])
                + BinaryPrimitives.ReadUInt16LittleEndian(entry[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(entry[32..]);
        }

        return all;
    }

    /// <summary>Adds ZIP64 end records (APPNOTE §4.3.14), and fills the fields that they replace.</summary>
    public static byte[] AddZip64(byte[] archive)
    {
        var end = archive.AsSpan(archive.Length - 22).ToArray();
        var position = archive.Length - 22;
        var record = new byte[56];
        "PK\x6\x6"u8.CopyTo(record);
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(4), 44);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(12), 45);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(14), 45);
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(24), BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(10)));
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(32), BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(10)));
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(40), BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(12)));
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(48), BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(16)));
        var locator = new byte[20];
        "PK\x6\x7"u8.CopyTo(locator);
        BinaryPrimitives.WriteUInt64LittleEndian(locator.AsSpan(8), (ulong)position);
        locator[16] = 1;
        end.AsSpan(8, 12).Fill(0xFF);
        return [.. archive[..position], .. record, .. locator, .. end];
    }

    private static void Write(ZipArchive archive, string name, CompressionLevel level, ReadOnlySpan<byte> content)
    {
        using var entry = archive.CreateEntry(name, level).Open();
        entry.Write(content);
    }
}
