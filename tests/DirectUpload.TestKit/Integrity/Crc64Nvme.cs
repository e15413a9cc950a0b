using System.Buffers.Binary;
using System.IO.Hashing;

namespace DirectUpload.TestKit.Integrity;

/// <summary>Computes the CRC-64/NVME as S3 writes it.</summary>
public static class Crc64Nvme
{
    public static string Compute(ReadOnlySpan<byte> bytes)
    {
        Span<byte> checksum = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(checksum, Crc64.HashToUInt64(Crc64ParameterSet.Nvme, bytes));
        return Convert.ToBase64String(checksum);
    }
}
