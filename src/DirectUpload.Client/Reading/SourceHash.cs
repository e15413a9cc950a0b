using System.Security.Cryptography;
using DirectUpload.Primitives;

namespace DirectUpload.Client.Reading;

/// <summary>Computes the checksums of a source, whose bytes are appended in order.</summary>
internal sealed class SourceHash : IDisposable
{
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Crc64NvmeHash _crc64Nvme = new();

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _sha256.AppendData(bytes);
        _crc64Nvme.Append(bytes);
    }

    /// <summary>Returns the checksums of the bytes so far.</summary>
    public SourceChecksums GetChecksums() => new(Convert.ToBase64String(_sha256.GetCurrentHash()), _crc64Nvme.GetText());

    public void Dispose() => _sha256.Dispose();
}
