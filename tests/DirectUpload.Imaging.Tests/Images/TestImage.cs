using NetVips;

namespace DirectUpload.Imaging.Tests.Images;

/// <summary>Images that NetVips creates, with colors that a test can find again.</summary>
internal static class TestImage
{
    /// <summary>Creates an image whose left half is red and whose right half is blue.</summary>
    public static Image Create(int width, int height)
    {
        using var black = Image.Black(width - (width / 2), height, bands: 3);
        using var blue = black.Linear([1, 1, 1], [0, 0, 200], uchar: true);
        using var left = Image.Black(width / 2, height, bands: 3).Linear([1, 1, 1], [200, 0, 0], uchar: true);
        using var joined = left.Join(blue, Enums.Direction.Horizontal);
        return joined.Copy(interpretation: Enums.Interpretation.Srgb).CopyMemory();
    }

    /// <summary>Creates a file; the suffix may have options, such as <c>.jpg[Q=90]</c>.</summary>
    public static byte[] CreateFile(string suffix, int width = 640, int height = 400)
    {
        using var image = Create(width, height);
        return image.WriteToBuffer(suffix);
    }

    /// <summary>Creates a file whose size is that of its pixels, not of its header.</summary>
    public static byte[] CreateNoiseFile(string suffix, int width = 320, int height = 200)
    {
        using var noise = Image.Gaussnoise(width, height, mean: 128, sigma: 60, seed: 1);
        using var gray = noise.Cast(Enums.BandFormat.Uchar);
        using var color = gray.Bandjoin([gray, gray]);
        using var rgb = color.Copy(interpretation: Enums.Interpretation.Srgb);
        return rgb.WriteToBuffer(suffix);
    }

    /// <summary>Creates a JPEG file with a position, a comment in XMP, and an orientation.</summary>
    public static byte[] CreateJpegWithMetadata(int orientation = 1, int width = 640, int height = 400)
    {
        using var image = Create(width, height);
        using var tagged = image.Mutate(mutable =>
        {
            mutable.Set(GValue.GIntType, "orientation", orientation);
            mutable.Set(GValue.GStrType, "exif-ifd3-GPSLatitude", "48/1 51/1 30/1 (48, 51, 30, Rational, 3 components, 24 bytes)");
            mutable.Set(GValue.GStrType, "exif-ifd3-GPSLatitudeRef", "N (N, ASCII, 2 components, 2 bytes)");
            mutable.Set(GValue.BlobType, "xmp-data", "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">secret place</x:xmpmeta>"u8.ToArray());
        });
        return tagged.JpegsaveBuffer();
    }

    /// <summary>Creates an animation whose frames differ.</summary>
    public static byte[] CreateAnimation(string suffix, int frames, int width = 60, int height = 40)
    {
        var pages = Enumerable.Range(0, frames).Select(index =>
            Image.Black(width, height, bands: 3).Linear([1, 1, 1], [(index * 37) % 256, (index * 91) % 256, 90], uchar: true)
                .Copy(interpretation: Enums.Interpretation.Srgb)).ToArray();
        using var joined = Image.Arrayjoin(pages, across: 1);
        using var animated = joined.Mutate(mutable =>
        {
            mutable.Set(GValue.GIntType, "page-height", height);
            mutable.Set(GValue.ArrayIntType, "delay", Enumerable.Repeat(70, frames).ToArray());
            mutable.Set(GValue.GIntType, "loop", 3);
        });
        return animated.WriteToBuffer(suffix);
    }
}
