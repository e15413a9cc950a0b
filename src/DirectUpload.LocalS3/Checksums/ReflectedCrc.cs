using System.Buffers.Binary;

namespace DirectUpload.LocalS3.Checksums;

/// <summary>
/// Any reflected CRC of up to 64 bits, eight bytes at a step ("slicing by 8"). Our own, because the framework has no public CRC-64/NVME
/// and this package brings no other dependency.
/// </summary>
internal sealed class ReflectedCrc : IRunningHash
{
    private readonly ulong[][] _tables;
    private readonly ulong _ones;
    private readonly int _bytes;
    private ulong _state;

    private ReflectedCrc(ulong[][] tables, int bits)
    {
        _tables = tables;
        _bytes = bits / 8;
        _ones = ulong.MaxValue >> (64 - bits);
        _state = _ones;
    }

    /// <param name="polynomial">Bit-reversed, as its definition prints it for the reflected form.</param>
    /// <param name="bits">32 or 64.</param>
    public static Func<ReflectedCrc> Factory(ulong polynomial, int bits)
    {
        var tables = Tables(polynomial);
        return () => new ReflectedCrc(tables, bits);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var crc = _state;
        while (bytes.Length >= 8)
        {
            var x = crc ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            crc = _tables[7][(byte)x] ^ _tables[6][(byte)(x >> 8)] ^ _tables[5][(byte)(x >> 16)] ^ _tables[4][(byte)(x >> 24)]
                ^ _tables[3][(byte)(x >> 32)] ^ _tables[2][(byte)(x >> 40)] ^ _tables[1][(byte)(x >> 48)] ^ _tables[0][(byte)(x >> 56)];
            bytes = bytes[8..];
        }
        foreach (var value in bytes)
            crc = _tables[0][(byte)(crc ^ value)] ^ (crc >> 8);
        _state = crc;
    }

    public byte[] Finish()
    {
        var all = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(all, _state ^ _ones);
        return all[(8 - _bytes)..];
    }

    public void Dispose()
    {
    }

    private static ulong[][] Tables(ulong polynomial)
    {
        var tables = new ulong[8][];
        for (var t = 0; t < 8; t++)
        {
            tables[t] = new ulong[256];
            for (var i = 0; i < 256; i++)
                tables[t][i] = t == 0 ? Shift((ulong)i, polynomial) : (tables[t - 1][i] >> 8) ^ tables[0][(byte)tables[t - 1][i]];
        }
        return tables;
    }

    private static ulong Shift(ulong value, ulong polynomial)
    {
        for (var bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? (value >> 1) ^ polynomial : value >> 1;
        return value;
    }
}
