namespace DirectUpload.Uploads;

/// <summary>How an upload that travels in parts is cut: all parts but the last have the same size, the last has the rest.</summary>
/// <param name="Size">The size in bytes of each part but the last: 5 MiB to 5 GiB.</param>
/// <param name="MultipartId">Storage's own id of the multipart upload; null until storage has begun it.</param>
public sealed record UploadParts(long Size, string? MultipartId = null)
{
    /// <summary>How many parts a file of so many bytes has.</summary>
    public int CountOf(long total) => (int)((total + Size - 1) / Size);

    /// <summary>The exact size in bytes of one part, from 1, of a file of so many bytes.</summary>
    public long SizeOf(int number, long total) => Math.Min(Size, total - ((number - 1) * Size));
}
