namespace DirectUpload.Uploads;

/// <summary>How an upload that travels in parts is cut: all parts but the last have the same size, the last has the rest. One whose size is open is cut by its client, as it goes.</summary>
/// <param name="Size">The size in bytes of each part but the last: 5 MiB to 5 GiB; 0 when the client cuts.</param>
/// <param name="MultipartId">Storage's own id of the multipart upload; null until storage has begun it.</param>
/// <param name="Checksums">Whether each part is signed with the SHA-256 of its bytes, which storage holds them to.</param>
public sealed record UploadParts(long Size, string? MultipartId = null, bool Checksums = false)
{
    /// <summary>
    /// How many parts a file of so many bytes has; when its client cuts it, how many it has at most: all but the last have 5 MiB at least.
    /// </summary>
    public int CountOf(long total) => Size == 0 ? (int)Math.Clamp(Pieces(total, SizeLimits.SmallestPart), 1, SizeLimits.Parts) : (int)Pieces(total, Size);

    private static long Pieces(long total, long size) => (total / size) + (total % size == 0 ? 0 : 1);

    /// <summary>The exact size in bytes of one part, from 1, of a file of so many bytes; null when its client cuts it.</summary>
    public long? SizeOf(int number, long total) => Size == 0 ? null : Math.Min(Size, total - ((number - 1) * Size));
}
