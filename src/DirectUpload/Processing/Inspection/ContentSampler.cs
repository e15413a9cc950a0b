namespace DirectUpload.Processing.Inspection;

/// <summary>Reads a range of the content that is inspected.</summary>
/// <param name="offset">The index of the first byte.</param>
/// <param name="length">The number of bytes, at least 1; the range is inside the content.</param>
/// <param name="cancellationToken">Cancels the read.</param>
/// <returns>All bytes of the range.</returns>
internal delegate Task<byte[]> ContentRangeReader(long offset, int length, CancellationToken cancellationToken);

/// <summary>Reads the parts of an object that decide its format: the beginning, and the ranges that its own structure refers to.</summary>
internal sealed class ContentSampler
{
    /// <summary>The number of further ranges that one inspection reads at most. Each of them is one request to storage.</summary>
    public const int MaxRanges = 32;

    // Two directories of the maximum size, because the end of the directory may be read twice.
    private const int MaxBytes = 2 * ZipContent.MaxDirectoryLength;

    private readonly byte[] _head;
    private readonly long _size;
    private readonly List<ContentRange> _ranges = [];

    private ContentSampler(byte[] head, long size)
    {
        _head = head;
        _size = size;
    }

    /// <summary>Reads the content until the detectors have every range that they need, or the limits are reached.</summary>
    /// <param name="head">The first bytes: <see cref="ContentInspector.HeadLength"/>, or all of smaller content.</param>
    /// <param name="size">The size of the whole content, in bytes.</param>
    /// <param name="reader">Reads further ranges.</param>
    /// <param name="cancellationToken">Cancels the reads.</param>
    /// <exception cref="IOException">A read returned fewer bytes than the range has.</exception>
    public static async Task<ContentSampler> ReadAsync(
        byte[] head, long size, ContentRangeReader reader, CancellationToken cancellationToken)
    {
        var sampler = new ContentSampler(head, size);
        var total = 0L;
        while (sampler.FindMissing() is { Length: > 0 } missing)
        {
            total += missing.Length;
            if (sampler._ranges.Count == MaxRanges || total > MaxBytes)
                break;
            var bytes = await ReadExactlyAsync(missing.Offset, missing.Length).ConfigureAwait(false);
            sampler._ranges.Add(new ContentRange(missing.Offset, bytes));
        }

        return sampler;

        async Task<byte[]> ReadExactlyAsync(long offset, int count)
        {
            var bytes = await reader(offset, count, cancellationToken).ConfigureAwait(false);
            return bytes.Length == count ? bytes
                : throw new IOException(
                    $"Storage returned {bytes.Length} of {count} bytes at offset {offset}; the content was not inspected.");
        }
    }

    /// <summary>Compares the content with its declared type; see <see cref="ContentInspector"/>.</summary>
    public InspectionResult Inspect(string? declaredType, bool allowEncrypted) =>
        ContentInspector.Inspect(declaredType, CreateSample(), allowEncrypted);

    private (long Offset, int Length) FindMissing()
    {
        var sample = CreateSample();
        FormatDetection.Detect(ref sample);
        return sample.Missing;
    }

    private ContentSample CreateSample() =>
        new(_head, default, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_ranges), _size);
}
