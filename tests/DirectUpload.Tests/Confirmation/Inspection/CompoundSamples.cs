using System.Buffers.Binary;
using System.Text;

namespace DirectUpload.Tests.Confirmation;

/// <summary>OLE compound files: a header sector, filler, and a directory of 128-byte entries.</summary>
internal static class CompoundSamples
{
    public static byte[] With(params string[] streams) => With(0, streams);

    /// <param name="fillerSectors">How many sectors of 512 bytes lie between the header and the directory.</param>
    /// <param name="streams">The names of the streams.</param>
    public static byte[] With(int fillerSectors, params string[] streams) =>
        [.. Header(), .. new byte[512 * fillerSectors], .. Entry("Root Entry", 5), .. streams.SelectMany(name => Entry(name, 2))];

    public static byte[] Installer(params string[] streams)
    {
        var root = Entry("Root Entry", 5);
        Bytes.Hex("84100C00 00000000 C0000000 00000046").CopyTo(root, 80);
        return [.. Header(), .. root, .. streams.SelectMany(name => Entry(name, 2))];
    }

    private static byte[] Header() => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[504]];

    private static byte[] Entry(string name, byte type)
    {
        var entry = new byte[128];
        Encoding.Unicode.GetBytes(name, entry);
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(64), (ushort)((name.Length + 1) * 2));
        entry[66] = type;
        return entry;
    }
}
