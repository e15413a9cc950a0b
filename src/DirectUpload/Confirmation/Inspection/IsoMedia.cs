using System.Buffers.Binary;

namespace DirectUpload.Confirmation;

/// <summary>
/// The family of ISO 14496-12: a first box <c>ftyp</c> names a major brand and compatible ones (registered at mp4ra.org; AVIF §8,
/// ISO 23008-12 §10 for HEIF). QuickTime is its ancestor and may begin without that box.
/// </summary>
internal static class IsoMedia
{
    public static FileFormat? Detect(ReadOnlySpan<byte> head, long size)
    {
        if (head.Length < 8)
            return null;
        var boxLength = BinaryPrimitives.ReadUInt32BigEndian(head);
        if (!head[4..].StartsWith("ftyp"u8))
            return IsQuickTimeBox(head.Slice(4, 4), boxLength, size) ? FileFormats.QuickTime : null;
        if (head.Length < 16 || boxLength < 16 || boxLength % 4 != 0)
            return null;

        var major = head.Slice(8, 4);
        var compatible = head[16..(int)Math.Min(boxLength, head.Length)];
        // "Some image" (mif1) or "some sequence" (msf1): which codec is left to the compatible brands.
        if (major.SequenceEqual("mif1"u8) || major.SequenceEqual("msf1"u8))
            return StillImage(compatible) ?? FileFormats.Heif;
        return OfBrand(major) ?? StillImage(compatible) ?? Any(compatible);
    }

    private static FileFormat? OfBrand(ReadOnlySpan<byte> brand) =>
        brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8) ? FileFormats.Avif
        : IsHeic(brand) ? FileFormats.Heic
        : brand.SequenceEqual("qt  "u8) ? FileFormats.QuickTime
        : brand.StartsWith("M4A"u8) || brand.StartsWith("M4B"u8) || brand.StartsWith("M4P"u8) ? FileFormats.M4a
        : brand.StartsWith("3g"u8) ? FileFormats.ThreeGpp
        : brand.StartsWith("iso"u8) || brand.StartsWith("mp4"u8) || brand.StartsWith("M4V"u8) || brand.StartsWith("avc"u8)
            || brand.StartsWith("dash"u8) || brand.StartsWith("cmf"u8) || brand.StartsWith("MSNV"u8) || brand.StartsWith("f4v"u8)
            ? FileFormats.Mp4
        : null;

    private static bool IsHeic(ReadOnlySpan<byte> brand) =>
        (brand.StartsWith("hei"u8) && brand[3] is (byte)'c' or (byte)'x' or (byte)'m' or (byte)'s')
        || (brand.StartsWith("hev"u8) && brand[3] is (byte)'c' or (byte)'x' or (byte)'m' or (byte)'s');

    private static FileFormat? StillImage(ReadOnlySpan<byte> brands)
    {
        for (; brands.Length >= 4; brands = brands[4..])
        {
            if (OfBrand(brands[..4]) is { } format && (format == FileFormats.Avif || format == FileFormats.Heic))
                return format;
        }

        return null;
    }

    private static FileFormat? Any(ReadOnlySpan<byte> brands)
    {
        for (; brands.Length >= 4; brands = brands[4..])
        {
            if (OfBrand(brands[..4]) is { } format)
                return format;
        }

        return null;
    }

    // Four letters at offset 4 are also the second word of a sentence: the length before them has to make sense.
    // 1 announces a 64-bit length and 0 "to the end of the file" (QuickTime File Format, "Atoms").
    private static bool IsQuickTimeBox(ReadOnlySpan<byte> name, uint length, long size) =>
        name.SequenceEqual("wide"u8) ? length == 8
        : name.SequenceEqual("mdat"u8) ? length <= 1 || (length >= 8 && length <= size)
        : (name.SequenceEqual("moov"u8) || name.SequenceEqual("free"u8) || name.SequenceEqual("skip"u8) || name.SequenceEqual("pnot"u8))
            && length >= 8 && length <= size;
}
