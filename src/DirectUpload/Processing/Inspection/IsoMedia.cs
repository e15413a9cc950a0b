using System.Buffers.Binary;

namespace DirectUpload.Processing.Inspection;

/// <summary>Detects the formats of the ISO 14496-12 family, such as MP4, HEIF and AVIF, by the brands in the first box.</summary>
/// <remarks>
/// The box <c>ftyp</c> contains a major brand and compatible brands (registered at mp4ra.org; AVIF §8, ISO 23008-12 §10 for HEIF).
/// QuickTime is older and may begin without that box.
/// </remarks>
internal static class IsoMedia
{
    private const int MaxBoxes = 8;

    public static FileFormat? Detect(ReadOnlySpan<byte> head, long size)
    {
        // Padding can come first; what follows it decides. Without a file type box the file is QuickTime.
        FileFormat? found = null;
        for (var boxes = 0; boxes < MaxBoxes && head.Length >= 8; boxes++)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(head);
            var name = head.Slice(4, 4);
            if (name.SequenceEqual("ftyp"u8) || name.SequenceEqual("styp"u8))
                return DetectFileType(head, length) ?? found;
            if (!IsQuickTimeBox(name, length, size))
                return found;
            found = FileFormats.QuickTime;
            if (!IsPadding(name) || length < 8 || length >= head.Length)
                return found;
            head = head[(int)length..];
            size -= length;
        }

        return found;
    }

    private static FileFormat? DetectFileType(ReadOnlySpan<byte> head, uint boxLength)
    {
        if (head.Length < 16 || boxLength < 16 || boxLength % 4 != 0)
            return null;
        var major = head.Slice(8, 4);
        var compatible = head[16..(int)Math.Min(boxLength, head.Length)];
        // The major brands mif1 (image) and msf1 (image sequence) do not name a codec; the compatible brands do.
        if (major.SequenceEqual("mif1"u8) || major.SequenceEqual("msf1"u8))
            return DetectStillImage(compatible) ?? FileFormats.Heif;
        // A Canon raw image has brands of movies, too. It is an image, but none that is recognized.
        return major.SequenceEqual("crx "u8) ? null : DetectBrand(major) ?? DetectStillImage(compatible) ?? DetectAnyBrand(compatible);
    }

    private static bool IsPadding(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("free"u8) || name.SequenceEqual("skip"u8) || name.SequenceEqual("wide"u8) || name.SequenceEqual("pnot"u8);

    private static FileFormat? DetectBrand(ReadOnlySpan<byte> brand) =>
        brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8) ? FileFormats.Avif
        : IsHeic(brand) ? FileFormats.Heic
        : brand.SequenceEqual("qt  "u8) ? FileFormats.QuickTime
        : brand.StartsWith("M4A"u8) || brand.StartsWith("M4B"u8) || brand.StartsWith("M4P"u8)
            || brand.SequenceEqual("F4A "u8) || brand.SequenceEqual("F4B "u8) ? FileFormats.M4a
        : brand.StartsWith("3g"u8) ? FileFormats.ThreeGpp
        : brand.StartsWith("iso"u8) || brand.StartsWith("mp4"u8) || brand.StartsWith("M4V"u8) || brand.StartsWith("avc"u8)
            || brand.StartsWith("dash"u8) || brand.StartsWith("cmf"u8) || brand.StartsWith("MSNV"u8) || brand.StartsWith("f4v"u8)
            || brand.SequenceEqual("F4V "u8) || brand.SequenceEqual("msdh"u8) || brand.SequenceEqual("msix"u8)
            ? FileFormats.Mp4
        : null;

    private static bool IsHeic(ReadOnlySpan<byte> brand) =>
        (brand.StartsWith("hei"u8) && brand[3] is (byte)'c' or (byte)'x' or (byte)'m' or (byte)'s')
        || (brand.StartsWith("hev"u8) && brand[3] is (byte)'c' or (byte)'x' or (byte)'m' or (byte)'s');

    private static FileFormat? DetectStillImage(ReadOnlySpan<byte> brands)
    {
        for (; brands.Length >= 4; brands = brands[4..])
        {
            if (DetectBrand(brands[..4]) is { } format && (format == FileFormats.Avif || format == FileFormats.Heic))
                return format;
        }

        return null;
    }

    private static FileFormat? DetectAnyBrand(ReadOnlySpan<byte> brands)
    {
        for (; brands.Length >= 4; brands = brands[4..])
        {
            if (DetectBrand(brands[..4]) is { } format)
                return format;
        }

        return null;
    }

    // The four letters at offset 4 can also occur in plain text, so the length before them must be plausible. A length of 1 announces a
    // 64-bit length, and 0 means "to the end of the file" (QuickTime File Format, "Atoms").
    private static bool IsQuickTimeBox(ReadOnlySpan<byte> name, uint length, long size) =>
        name.SequenceEqual("wide"u8) ? length == 8
        : name.SequenceEqual("mdat"u8) ? length <= 1 || (length >= 8 && length <= size)
        : (name.SequenceEqual("moov"u8) || name.SequenceEqual("free"u8) || name.SequenceEqual("skip"u8) || name.SequenceEqual("pnot"u8))
            && length >= 8 && length <= size;
}
