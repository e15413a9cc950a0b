using System.IO.Hashing;

namespace DirectUpload.Primitives;

/// <summary>Computes the CRC-64/NVME of bytes that are appended in order.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html</remarks>
internal sealed class Crc64NvmeHash
{
    private readonly Crc64 _crc = new(Crc64ParameterSet.Nvme);

    public void Append(ReadOnlySpan<byte> bytes) => _crc.Append(bytes);

    /// <summary>Returns the checksum of the bytes so far, as base64.</summary>
    public string GetText() => Crc64NvmeText.From(_crc.GetCurrentHashAsUInt64());
}
