using System.Buffers.Binary;

namespace DirectUpload.LocalS3.Checksums;

/// <summary>
/// Any reflected CRC of up to 64 bits, eight bytes at a step ("slicing by 8"). Our own, because the framework has no public CRC-64/NVME
/// and this package brings no other dependency.
/// </summary>
internal sealed class ReflectedCrc(CrcPolynomial polynomial) : IRunningHash
{
    private readonly ulong[][] _tables = polynomial.Tables;
    private ulong _state = polynomial.Ones;

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

    public byte[] Finish() => polynomial.Bytes(_state ^ polynomial.Ones);

    public void Dispose()
    {
    }
}
