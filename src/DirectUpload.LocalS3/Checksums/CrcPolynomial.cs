using System.Buffers.Binary;

namespace DirectUpload.LocalS3.Checksums;

/// <summary>
/// What defines a reflected CRC of up to 64 bits that begins and ends with all ones: its tables, and the arithmetic that combines the
/// checksums of parts into the checksum of the whole.
/// </summary>
internal sealed class CrcPolynomial
{
    private readonly ulong _polynomial;

    /// <param name="polynomial">Bit-reversed, as its definition prints it for the reflected form.</param>
    /// <param name="bits">32 or 64.</param>
    public CrcPolynomial(ulong polynomial, int bits)
    {
        _polynomial = polynomial;
        Bits = bits;
        Tables = BuildTables();
    }

    public int Bits { get; }

    public ulong Ones => ulong.MaxValue >> (64 - Bits);

    /// <summary>For eight bytes at a step.</summary>
    public ulong[][] Tables { get; }

    /// <summary>The bytes that follow only multiply the first checksum by x, eight times for each: so the two need not be read again.</summary>
    public byte[] Combine(byte[] first, byte[] second, long secondLength) =>
        Bytes(Multiply(PowerOfX(secondLength), Number(first)) ^ Number(second));

    public byte[] Bytes(ulong crc)
    {
        var all = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(all, crc);
        return all[(8 - (Bits / 8))..];
    }

    private static ulong Number(byte[] bytes) => bytes.Aggregate(0UL, (number, value) => (number << 8) | value);

    /// <summary>x to the power of eight times <paramref name="bytes"/>, modulo the polynomial, by repeated squaring.</summary>
    private ulong PowerOfX(long bytes)
    {
        // Reflected: the highest bit is x to the power of nothing.
        var result = 1UL << (Bits - 1);
        for (var square = result >> 8; bytes > 0; bytes >>= 1, square = Multiply(square, square))
        {
            if ((bytes & 1) != 0)
                result = Multiply(result, square);
        }
        return result;
    }

    private ulong Multiply(ulong a, ulong b)
    {
        var product = 0UL;
        for (var bit = 1UL << (Bits - 1); bit != 0; bit >>= 1, b = Shift(b))
        {
            if ((a & bit) != 0)
                product ^= b;
        }
        return product;
    }

    private ulong[][] BuildTables()
    {
        var tables = new ulong[8][];
        for (var t = 0; t < 8; t++)
        {
            tables[t] = new ulong[256];
            for (var i = 0; i < 256; i++)
                tables[t][i] = t == 0 ? ShiftByte((ulong)i) : (tables[t - 1][i] >> 8) ^ tables[0][(byte)tables[t - 1][i]];
        }
        return tables;
    }

    private ulong ShiftByte(ulong value)
    {
        for (var bit = 0; bit < 8; bit++)
            value = Shift(value);
        return value;
    }

    private ulong Shift(ulong value) => (value & 1) != 0 ? (value >> 1) ^ _polynomial : value >> 1;
}
