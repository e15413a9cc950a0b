using System.Buffers.Binary;
using System.Text;

namespace DirectUpload.S3Conformance.Suites;

/// <summary>CRCs bit by bit, as their definitions read: slow, and sharing nothing with the servers.</summary>
internal static class CrcChecksum
{
    public static string Compute(string algorithm, string text)
    {
        var (polynomial, bits) = algorithm switch
        {
            "CRC32" => (0xEDB88320UL, 32),
            "CRC32C" => (0x82F63B78UL, 32),
            _ => (0x9A6C9329AC4BC9B5UL, 64),
        };
        var ones = ulong.MaxValue >> (64 - bits);
        var crc = ones;
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            crc ^= value;
            for (var i = 0; i < 8; i++) crc = (crc & 1) != 0 ? (crc >> 1) ^ polynomial : crc >> 1;
        }
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, crc ^ ones);
        return Convert.ToBase64String(bytes.AsSpan(8 - (bits / 8)));
    }
}
