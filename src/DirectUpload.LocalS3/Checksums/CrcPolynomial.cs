using System.Buffers.Binary;

namespace DirectUpload.LocalS3.Checksums;

/// <summary>Defines a reflected CRC of up to 64 bits whose initial value and final XOR are all ones.</summary>
/// <remarks>
/// It combines the checksums of parts into the checksum of the whole object, which System.IO.Hashing cannot.
/// </remarks>
internal sealed class CrcPolynomial
{
    private readonly ulong _polynomial;

    /// <param name="polynomial">The polynomial in the bit-reversed form.</param>
    /// <param name="bits">The width: 32 or 64.</param>
    public CrcPolynomial(ulong polynomial, int bits)
    {
        _polynomial = polynomial;
        Bits = bits;
    }

    public int Bits { get; }

    /// <summary>Combines two checksums without reading the bytes again.</summary>
    /// <remarks>Each following byte multiplies the first checksum by x to the power of eight.</remarks>
    public byte[] Combine(byte[] first, byte[] second, long secondLength) =>
        ToBytes(Multiply(PowerOfX(secondLength), ToNumber(first)) ^ ToNumber(second));

    private byte[] ToBytes(ulong crc)
    {
        var all = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(all, crc);
        return all[(8 - (Bits / 8))..];
    }

    private static ulong ToNumber(byte[] bytes) => bytes.Aggregate(0UL, (number, value) => (number << 8) | value);

    /// <summary>Computes x to the power of eight times <paramref name="bytes"/>, modulo the polynomial, by repeated squaring.</summary>
    private ulong PowerOfX(long bytes)
    {
        // In the reflected form the highest bit is x to the power of zero.
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

    private ulong Shift(ulong value) => (value & 1) != 0 ? (value >> 1) ^ _polynomial : value >> 1;
}
