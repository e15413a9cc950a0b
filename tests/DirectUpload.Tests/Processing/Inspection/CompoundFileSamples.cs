using System.Buffers.Binary;
using System.Text;

namespace DirectUpload.Tests.Processing.Inspection;

/// <summary>OLE compound files: a header sector, filler, and a directory of 128-byte entries.</summary>
internal static class CompoundFileSamples
{
    public static byte[] Create(params string[] streams) => Create(0, streams);

    /// <param name="fillerSectors">How many sectors of 512 bytes lie between the header and the directory.</param>
    /// <param name="streams">The names of the streams.</param>
    public static byte[] Create(int fillerSectors, params string[] streams) =>
        [.. CreateHeader(), .. new byte[512 * fillerSectors], .. CreateEntry("Root Entry", 5), .. streams.SelectMany(
            name => CreateEntry(name, 2))];

    public static byte[] CreateInstaller(params string[] streams)
    {
        var root = CreateEntry("Root Entry", 5);
        TestBytes.Hex("84100C00 00000000 C0000000 00000046").CopyTo(root, 80);
        return [.. CreateHeader(), .. root, .. streams.SelectMany(name => CreateEntry(name, 2))];
    }

    private static byte[] CreateHeader() => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[504]];

    private static byte[] CreateEntry(string name, byte type)
    {
        var entry = new byte[128];
        Encoding.Unicode.GetBytes(name, entry);
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(64), (ushort)((name.Length + 1) * 2));
        entry[66] = type;
        return entry;
    }
}
