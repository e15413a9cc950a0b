using System.Buffers.Binary;
using System.IO.Hashing;

namespace DirectUpload.LocalS3.Checksums;

/// <summary>Computes a CRC by System.IO.Hashing and returns it in S3's byte order, which is big-endian.</summary>
internal sealed class CrcHash(NonCryptographicHashAlgorithm hash) : IIncrementalHash
{
    public void Append(ReadOnlySpan<byte> bytes) => hash.Append(bytes);

    public byte[] Finish()
    {
        var bytes = new byte[hash.HashLengthInBytes];
        if (hash is Crc64 crc64)
            BinaryPrimitives.WriteUInt64BigEndian(bytes, crc64.GetCurrentHashAsUInt64());
        else
            BinaryPrimitives.WriteUInt32BigEndian(bytes, ((Crc32)hash).GetCurrentHashAsUInt32());
        return bytes;
    }

    public void Dispose()
    {
    }
}
