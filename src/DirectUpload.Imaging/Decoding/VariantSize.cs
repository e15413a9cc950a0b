using DirectUpload.Imaging.Protocol;

namespace DirectUpload.Imaging.Decoding;

/// <summary>Computes the size to which an image is reduced for a variant.</summary>
/// <param name="Width">The width of the reduced image, before it is cropped or padded.</param>
/// <param name="Height">The height of the reduced image, before it is cropped or padded.</param>
internal readonly record struct VariantSize(int Width, int Height)
{
    public static VariantSize Of(SourceImage image, VariantJob variant)
    {
        var horizontal = variant.Width is { } width ? (double)width / image.Width : 1;
        var vertical = variant.Height is { } height ? (double)height / image.Height : 1;
        var scale = Math.Min(1, variant.Fit == ImageFit.Cover ? Math.Max(horizontal, vertical) : Math.Min(horizontal, vertical));
        return new(Round(image.Width * scale), Round(image.Height * scale));

        static int Round(double value) => Math.Max(1, (int)Math.Round(value, MidpointRounding.AwayFromZero));
    }

    public long Pixels => (long)Width * Height;
}
