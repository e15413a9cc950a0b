using System.Runtime.InteropServices;

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

    /// <param name="head">The first bytes: <see cref="ContentInspector.HeadLength"/>, or all of smaller content.</param>
    /// <param name="size">The size of the whole content, in bytes.</param>
    public ContentSampler(byte[] head, long size)
    {
        _head = head;
        _size = size;
    }

    /// <summary>
    /// Whether the only open question is whether content that no format matches ends with an archive. The answer takes a further call to
    /// storage, and in most cases changes nothing.
    /// </summary>
    public bool MissesOnlyEnd => FindMissing(null).Length > 0 && FindMissing(endsWithArchive: false).Length == 0;

    /// <summary>Reads the content until the detectors have every range that they need, or the limits are reached.</summary>
    /// <param name="reader">Reads further ranges.</param>
    /// <param name="cancellationToken">Cancels the reads.</param>
    /// <exception cref="IOException">A read returned fewer bytes than the range has.</exception>
    public async Task ReadAsync(ContentRangeReader reader, CancellationToken cancellationToken)
    {
        var total = 0L;
        while (FindMissing(null) is { Length: > 0 } missing)
        {
            total += missing.Length;
            if (_ranges.Count == MaxRanges || total > MaxBytes)
                break;
            var bytes = await ReadExactlyAsync(missing.Offset, missing.Length).ConfigureAwait(false);
            _ranges.Add(new ContentRange(missing.Offset, bytes));
        }

        async Task<byte[]> ReadExactlyAsync(long offset, int count)
        {
            var bytes = await reader(offset, count, cancellationToken).ConfigureAwait(false);
            return bytes.Length == count ? bytes
                : throw new IOException(
                    $"Storage returned {bytes.Length} of {count} bytes at offset {offset}; the content was not inspected.");
        }
    }

    /// <summary>Compares the content with its declared type; see <see cref="ContentInspector"/>.</summary>
    /// <param name="declaredType">The declared content type.</param>
    /// <param name="allowEncrypted">Whether a password-protected document is accepted.</param>
    /// <param name="endsWithArchive"><inheritdoc cref="ContentSample.EndsWithArchive" path="/summary"/></param>
    public InspectionResult Inspect(string? declaredType, bool allowEncrypted, bool? endsWithArchive = null) =>
        ContentInspector.Inspect(declaredType, CreateSample(endsWithArchive), allowEncrypted);

    private (long Offset, int Length) FindMissing(bool? endsWithArchive)
    {
        var sample = CreateSample(endsWithArchive);
        FormatDetection.Detect(ref sample);
        return sample.Missing;
    }

    private ContentSample CreateSample(bool? endsWithArchive) =>
        new(_head, default, CollectionsMarshal.AsSpan(_ranges), _size) { EndsWithArchive = endsWithArchive };
}
