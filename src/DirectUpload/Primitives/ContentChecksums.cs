using System.Buffers;
using System.Security.Cryptography;

namespace DirectUpload.Primitives;

/// <summary>Contains the checksums of a content, as base64; null for one that was not computed.</summary>
internal readonly record struct ContentChecksums(string? Sha256, string? Crc64Nvme)
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Reads a stream to its end and computes the checksums.</summary>
    public static async Task<ContentChecksums> ComputeAsync(
        Stream content, bool withSha256, bool withCrc64Nvme, CancellationToken cancellationToken)
    {
        using var sha256 = withSha256 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        var crc64Nvme = withCrc64Nvme ? new Crc64NvmeHash() : null;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                sha256?.AppendData(buffer.AsSpan(0, read));
                crc64Nvme?.Append(buffer.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return new(sha256 is null ? null : Convert.ToBase64String(sha256.GetHashAndReset()), crc64Nvme?.GetText());
    }
}
