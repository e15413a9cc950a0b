namespace DirectUpload.Confirmation;

/// <summary>
/// Tells what is packed as a ZIP archive (PKWARE APPNOTE). Only the central directory is believed, because readers believe only it: the
/// entries that a file shows at its beginning need not be the ones that it has. A <c>mimetype</c> entry is the exception: it is defined
/// by its place in the file.
/// </summary>
internal static class ZipContent
{
    /// <summary>A first entry, an empty archive, or the first part of a split one (APPNOTE §4.3.7, §4.3.16, §8.5.4).</summary>
    public static bool Begins(ReadOnlySpan<byte> head) =>
        head.StartsWith("PK\x3\x4"u8) || head.StartsWith("PK\x5\x6"u8) || head.StartsWith("PK\x7\x8"u8);

    public static FileFormat Detect(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, long size)
    {
        if (ZipMimeType.Detect(head) is { } named)
            return named;
        var end = size <= head.Length ? head : tail;
        var listing = ZipDirectory.Locate(end, size, out var directory);
        if (listing != ZipListing.Complete)
            return listing == ZipListing.TooLong ? FileFormats.LongZip : FileFormats.UnreadableZip;

        var evidence = default(ZipEvidence);
        while (directory.TryReadName(out var name))
            evidence.Add(name);
        return directory.IsExhausted ? evidence.Verdict() : FileFormats.UnreadableZip;
    }
}
