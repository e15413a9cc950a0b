using DirectUpload.Primitives;

namespace DirectUpload.Stores;

/// <summary>Represents how a multipart upload is divided: all parts have the same size, except the last, which has the rest.</summary>
/// <remarks>When the size of the file is unknown, the client chooses the part sizes during the upload.</remarks>
/// <param name="PartSize">The size of each part but the last, in bytes: 5 MiB to 5 GiB; 0 when the client chooses.</param>
/// <param name="MultipartId">The id of the multipart upload in storage; null until storage has created it.</param>
/// <param name="RequiresChecksums">Whether each part is signed with the SHA-256 of its bytes, which storage verifies.</param>
internal sealed record UploadParts(long PartSize, string? MultipartId = null, bool RequiresChecksums = false)
{
    /// <summary>Gets the number of parts of a file; when the client chooses the part sizes, the maximum number.</summary>
    /// <remarks>All parts but the last have at least 5 MiB.</remarks>
    /// <param name="total">The size of the file, in bytes.</param>
    public int GetPartCount(long total) => PartSize == 0
        ? (int)Math.Clamp(DivideRoundingUp(total, S3Limits.MinPartSize), 1, S3Limits.MaxParts)
        : (int)DivideRoundingUp(total, PartSize);

    private static long DivideRoundingUp(long total, long size) => (total / size) + (total % size == 0 ? 0 : 1);

    /// <summary>Gets the exact size of one part, in bytes; null when the client chooses the part sizes.</summary>
    /// <param name="number">The number of the part, from 1.</param>
    /// <param name="total">The size of the file, in bytes.</param>
    public long? GetPartSize(int number, long total) => PartSize == 0 ? null : Math.Min(PartSize, total - ((number - 1) * PartSize));
}
