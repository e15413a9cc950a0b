using NetVips;

namespace DirectUpload.Imaging.Decoding;

/// <summary>Writes an image without metadata.</summary>
internal static class Encoder
{
    public static byte[] Encode(Image image, ImageFormat format, int quality)
    {
        const Enums.ForeignKeep Nothing = Enums.ForeignKeep.None;
        switch (format)
        {
            case ImageFormat.Jpeg:
                using (var opaque = image.HasAlpha() ? image.Flatten(background: [255]) : image.Copy())
                    return opaque.JpegsaveBuffer(q: quality, optimizeCoding: true, keep: Nothing);
            case ImageFormat.Png:
                return image.PngsaveBuffer(keep: Nothing);
            case ImageFormat.Webp:
                return image.WebpsaveBuffer(q: quality, keep: Nothing);
            case ImageFormat.Gif:
                return image.GifsaveBuffer(keep: Nothing);
            default:
                return image.HeifsaveBuffer(q: quality, compression: Enums.ForeignHeifCompression.Av1, effort: 4, keep: Nothing);
        }
    }
}
